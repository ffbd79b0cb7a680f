package dev.waybill.platform.formats;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects MXF whose header partition lists sound alone among what it holds: SMPTE ST 377-1 (7.1, the partition pack),
 * labels of essence containers by SMPTE RP 224.
 */
final class Mxf {

    private static final Format AUDIO = Tracks.audio("audio/mxf", "MXF", "an MXF", Set.of());

    private static final int KEY = 16;

    /** Of the fields before the list of labels. */
    private static final int FIELDS = 80;

    private static final int LABEL = 16;
    private static final int MAX_LABELS = 64;
    private static final long CONTAINER = 0x0D010301L;
    private static final int AES3 = 0x06;
    private static final int A_LAW = 0x0A;
    private static final int MANY = 0x7F;

    private Mxf() {}

    /** Null when it is none, or what it holds is not sound alone as far as can be seen. */
    static @Nullable Format ofSound(FileBytes bytes) {
        if (bytes.u32(0) != 0x060E2B34L || bytes.u32(4) != 0x02050101L || bytes.u32(8) != 0x0D010201L) {
            return null;
        }
        int length = bytes.u8(KEY);
        long from = KEY + 1 + (length > 0x80 ? length - 0x80 : 0);
        long count = bytes.u32(from + FIELDS);
        boolean hasSound = false;
        for (int i = 0; i < Math.min(count, MAX_LABELS); i++) {
            long label = from + FIELDS + 8 + (long) LABEL * i;
            int kind = bytes.u32(label + 8) == CONTAINER && bytes.u8(label + 12) == 2 ? bytes.u8(label + 13) : -1;
            if (kind != AES3 && kind != A_LAW && kind != MANY) {
                return null;
            }
            hasSound |= kind != MANY;
        }
        return hasSound ? AUDIO : null;
    }
}
