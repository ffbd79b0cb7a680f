package dev.waybill.platform.formats;

/** Detects Flash. SWF File Format Specification 19, "The SWF header": as it is, packed by zlib, packed by LZMA. */
final class Flash {

    static final Format FORMAT =
            Format.of("application/x-shockwave-flash", "SWF", "a Flash animation", "application/vnd.adobe.flash.movie");

    private static final int MOST_VERSION = 50;
    private static final int SHORTEST = 21;

    private Flash() {}

    /** A text may begin with the letters, so version, length and what follows must make sense. */
    static boolean is(FileBytes bytes) {
        int version = bytes.u8(3);
        long length = bytes.u32le(4);
        if (bytes.u8(1) != 'W' || bytes.u8(2) != 'S' || version < 1 || version > MOST_VERSION || length < SHORTEST) {
            return false;
        }
        return switch (bytes.u8(0)) {
            case 'F' -> length == bytes.size();
            case 'C' -> version >= 6 && (bytes.u8(8) & 0x0f) == 8 && bytes.u16(8) % 31 == 0;
            case 'Z' -> version >= 13 && bytes.u8(12) == 0x5D;
            default -> false;
        };
    }
}
