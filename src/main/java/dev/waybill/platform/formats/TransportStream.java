package dev.waybill.platform.formats;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects MPEG transport streams: ISO/IEC 13818-1, packets of 188 bytes that begin with 0x47 (2.4.3.2); with a time
 * before each on cameras (192), with parity after each (204). What is in them is listed in two tables (2.4.4.3,
 * 2.4.4.8). Who records from the air begins anywhere in a packet.
 */
final class TransportStream {

    private static final Format EITHER = Format.of("video/mp2t", "MPEG-TS", "an MPEG transport stream", "audio/mp2t");
    private static final Format VIDEO =
            Tracks.video("video/mp2t", "MPEG-TS", "an MPEG transport stream with", Set.of());
    private static final Format AUDIO = Tracks.audio("audio/mp2t", "MPEG-TS", "an MPEG transport stream", Set.of());

    private static final int[] PACKETS = {188, 192, 204};
    private static final int LONGEST = 204;
    private static final int SYNC = 0x47;
    private static final int WANTED = 4;

    /** In the middle of anything it takes more, for there are many places to try. */
    private static final int WANTED_WITHIN = 6;

    /** Table 2-34 and what ATSC A/53, HDMV and AVS registered: pictures, and sound. */
    private static final Set<Integer> PICTURES =
            Set.of(0x01, 0x02, 0x10, 0x1B, 0x1E, 0x1F, 0x20, 0x21, 0x24, 0x25, 0x33, 0x42, 0xD1, 0xD2, 0xEA);

    private static final Set<Integer> SOUNDS =
            Set.of(0x03, 0x04, 0x0F, 0x11, 0x1C, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0xA1, 0xA2, 0xC1);

    /** EN 300 468 6.1: descriptors of AC-3, enhanced AC-3, DTS and AAC beside private data. */
    private static final Set<Integer> SOUND_DESCRIPTORS = Set.of(0x6A, 0x7A, 0x7B, 0x7C);

    private static final int PRIVATE = 0x06;
    private static final int NONE = -1;

    private final FileBytes bytes;
    private final int start;
    private final int packet;

    private TransportStream(FileBytes bytes, int start, int packet) {
        this.bytes = bytes;
        this.start = start;
        this.packet = packet;
    }

    /** Null when the first packet does not begin where the file does. */
    static @Nullable Format of(FileBytes bytes) {
        for (int packet : PACKETS) {
            int start = packet == 192 ? 4 : 0;
            if (bytes.u8(start) == SYNC && bytes.size() >= packet) {
                int seen = syncs(bytes, start, packet, WANTED);
                boolean isAll = start + (long) seen * packet >= bytes.size();
                if (seen == WANTED || (isAll && seen > 1)) {
                    return new TransportStream(bytes, start, packet).format();
                }
            }
        }
        return null;
    }

    /** One whose first packet's header no text has, whatever the rest of it could be read as. */
    static @Nullable Format ofMarked(FileBytes bytes) {
        return bytes.u8(0) == SYNC && isNoLetter(bytes.u8(1)) ? of(bytes) : null;
    }

    /** One whose first packet is cut; null when there is no rhythm to be found. */
    static @Nullable Format ofCut(FileBytes bytes) {
        int last = Math.min(LONGEST, bytes.headLength() - WANTED_WITHIN * PACKETS[0]);
        for (int at = 1; at < last; at++) {
            if (bytes.head()[at] == SYNC) {
                for (int packet : PACKETS) {
                    if (at < packet + 4 && syncs(bytes, at, packet, WANTED_WITHIN) == WANTED_WITHIN) {
                        return new TransportStream(bytes, at, packet).format();
                    }
                }
            }
        }
        return null;
    }

    private static boolean isNoLetter(int character) {
        return character >= 0 && character < ' ' && (character < '\t' || character > '\r');
    }

    private static int syncs(FileBytes bytes, int start, int packet, int wanted) {
        int seen = 1;
        while (seen < wanted && bytes.u8(start + (long) seen * packet) == SYNC) {
            seen++;
        }
        return seen;
    }

    private Format format() {
        int program = program(section(0));
        int table = program == NONE ? NONE : section(program);
        if (table == NONE || bytes.u8(table) != 2) {
            return EITHER;
        }
        int end = end(table);
        int at = table + 12 + (bytes.u16(table + 10) & 0xfff);
        boolean hasSound = false;
        while (at + 5 <= end) {
            int kind = bytes.u8(at);
            int length = bytes.u16(at + 3);
            if (kind < 0 || length < 0) {
                return EITHER;
            }
            if (PICTURES.contains(kind)) {
                return VIDEO;
            }
            length &= 0xfff;
            hasSound |= SOUNDS.contains(kind) || (kind == PRIVATE && isSound(at + 5, at + 5 + length));
            at += 5 + length;
        }
        return hasSound && at == end ? AUDIO : EITHER;
    }

    private boolean isSound(int from, int end) {
        for (int at = from; at + 2 <= end; at += 2 + Math.max(0, bytes.u8(at + 1))) {
            // RFC 6381's registration of "Opus" in a registration descriptor
            boolean isOpus = bytes.u8(at) == 5 && bytes.is(at + 2, "Opus");
            if (isOpus || SOUND_DESCRIPTORS.contains(bytes.u8(at))) {
                return true;
            }
        }
        return false;
    }

    /** The first program's table's packets, out of the association table; -1 when there is none. */
    private int program(int table) {
        if (table == NONE || bytes.u8(table) != 0) {
            return NONE;
        }
        int end = end(table);
        for (int at = table + 8; at + 4 <= end; at += 4) {
            if (bytes.u16(at) > 0) {
                return bytes.u16(at + 2) & 0x1fff;
            }
        }
        return NONE;
    }

    /** Of a section without its checksum. */
    private int end(int table) {
        int length = bytes.u16(table + 1);
        return length < 0 ? table : table + 3 + (length & 0xfff) - 4;
    }

    /** Where the first section of packets of that number begins, within what was read; -1 when it is out of sight. */
    private int section(int pid) {
        for (int at = start; at + 188 <= bytes.headLength(); at += packet) {
            int number = bytes.u16(at + 1);
            boolean isBegin = (number & 0x4000) != 0;
            int control = bytes.u8(at + 3) >> 4 & 3;
            if (isBegin && (number & 0x1fff) == pid && (control & 1) != 0) {
                int payload = at + 4 + ((control & 2) == 0 ? 0 : 1 + bytes.u8(at + 4));
                int table = payload + 1 + bytes.u8(payload);
                return table + 12 < at + 188 ? table : NONE;
            }
        }
        return NONE;
    }
}
