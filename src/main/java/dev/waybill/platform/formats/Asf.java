package dev.waybill.platform.formats;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects Windows Media (ASF): what there is to see and hear is in the objects of the header (Advanced Systems Format
 * 1.20.05: 3.1 the header object, 3.3 stream properties, 10.4 the kinds of streams).
 */
final class Asf {

    private static final Format VIDEO = Tracks.video("video/x-ms-asf", "ASF", "a Windows Media", Set.of("x-ms-wmv"));
    private static final Format AUDIO = Tracks.audio("audio/x-ms-wma", "ASF", "a Windows Media", Set.of());
    private static final Format EITHER =
            Tracks.either("video/x-ms-asf", "audio/x-ms-wma", "ASF", "a Windows Media", Set.of("x-ms-wmv"), Set.of());

    private static final String HEADER = "3026b2758e66cf11a6d900aa0062ce6c";
    private static final String STREAM = "9107dcb7b7a9cf118ee600c00c205365";
    private static final String SOUND = "409e69f84d5bcf11a8fd00805f5c442b";
    private static final String PICTURES = "c0ef19bc4d5bcf11a8fd00805f5c442b";
    private static final int FIRST_OBJECT = 30;
    private static final int KIND_OF_STREAM = 24;
    private static final int MAX_OBJECTS = 64;

    private Asf() {}

    /** Null when it is none. */
    static @Nullable Format of(FileBytes bytes) {
        if (bytes.u32(0) != 0x3026B275L || !isGuid(bytes, 0, HEADER)) {
            return null;
        }
        long end = Math.min(bytes.u32le(16), bytes.size());
        boolean hasSound = false;
        long at = FIRST_OBJECT;
        for (int i = 0; i < MAX_OBJECTS && at < end; i++) {
            if (isGuid(bytes, at, STREAM)) {
                if (isGuid(bytes, at + KIND_OF_STREAM, PICTURES)) {
                    return VIDEO;
                }
                hasSound |= isGuid(bytes, at + KIND_OF_STREAM, SOUND);
            }
            long length = bytes.u32le(at + 16);
            if (length < KIND_OF_STREAM || bytes.u32le(at + 20) != 0) {
                return EITHER;
            }
            at += length;
        }
        return hasSound && at >= end ? AUDIO : EITHER;
    }

    /** As its bytes stand in the file. */
    private static boolean isGuid(FileBytes bytes, long at, String digits) {
        for (int i = 0; i < digits.length(); i += 2) {
            int wanted = Character.digit(digits.charAt(i), 16) << 4 | Character.digit(digits.charAt(i + 1), 16);
            if (bytes.u8(at + i / 2) != wanted) {
                return false;
            }
        }
        return true;
    }
}
