package dev.waybill.platform.formats;

import org.jspecify.annotations.Nullable;

/** Pictures whose marks are so small that the fields behind them must make sense too. */
final class Pictures {

    static final Format TGA = Format.of("image/x-tga", "TGA", "a TGA image");

    static final Format MOTION_JPEG = Format.of("video/x-motion-jpeg", "MJPEG", "a Motion JPEG video");

    private static final Format BMP = Format.of("image/bmp", "BMP", "a BMP image");
    private static final Format ICON = Format.of("image/x-icon", "ICO", "an icon");
    private static final Format PBM =
            Format.of("image/x-portable-bitmap", "PBM", "a portable bitmap", "image/x-portable-anymap");
    private static final Format PGM =
            Format.of("image/x-portable-graymap", "PGM", "a portable graymap", "image/x-portable-anymap");
    private static final Format PPM =
            Format.of("image/x-portable-pixmap", "PPM", "a portable pixmap", "image/x-portable-anymap");
    private static final int MAX_ICONS = 256;

    private Pictures() {}

    /** ITU-T T.81 B.1.1: a picture's end, and the next one's start. */
    static boolean isMotionJpeg(FileBytes bytes) {
        if (bytes.u16(0) != 0xFFD8) {
            return false;
        }
        byte[] head = bytes.head();
        for (int at = 2; at + 4 <= bytes.headLength(); at++) {
            if (head[at] == (byte) 0xFF && bytes.u32(at) == 0xFFD9FFD8L) {
                return true;
            }
        }
        return false;
    }

    /** Null when it is none of them. */
    static @Nullable Format of(FileBytes bytes) {
        return switch (bytes.u8(0)) {
            case 'B' -> isBmp(bytes) ? BMP : null;
            case 'P' -> ofPortable(bytes);
            case 0 -> isIcon(bytes) ? ICON : null;
            default -> null;
        };
    }

    /** Microsoft BITMAPFILEHEADER: the pixels lie behind the headers and within the file; then one of its headers' sizes. */
    private static boolean isBmp(FileBytes bytes) {
        long pixels = bytes.u32le(10);
        long header = bytes.u32le(14);
        boolean isHeader = header == 12
                || header == 16
                || header == 40
                || header == 52
                || header == 56
                || header == 64
                || header == 108
                || header == 124;
        return bytes.u8(1) == 'M' && isHeader && pixels >= 14 + header && pixels <= Math.max(bytes.size(), 26);
    }

    /** Netpbm's pbm(5), pgm(5), ppm(5): the mark, white space or a comment, and a number for the width. */
    static @Nullable Format ofPortable(FileBytes bytes) {
        int digit = bytes.u8(1);
        if (bytes.u8(0) != 'P' || digit < '1' || digit > '6' || !isSpace(bytes.u8(2))) {
            return null;
        }
        int numbers = digit == '1' || digit == '4' ? 2 : 3;
        long at = 2;
        for (int i = 0; i < numbers; i++) {
            at = afterNumber(bytes, at);
            if (at < 0) {
                return null;
            }
        }
        return switch (digit) {
            case '1', '4' -> PBM;
            case '2', '5' -> PGM;
            default -> PPM;
        };
    }

    /** Whether so many bytes follow a portable picture's header as its numbers say: no text does that by chance. */
    static boolean isWholeRaster(FileBytes bytes) {
        int digit = bytes.u8(1);
        if (bytes.u8(0) != 'P' || digit < '4' || digit > '6') {
            return false;
        }
        long[] numbers = new long[digit == '4' ? 2 : 3];
        long at = 2;
        for (int i = 0; i < numbers.length && at > 0; i++) {
            at = afterNumber(bytes, at);
            numbers[i] = at < 0 ? 0 : number(bytes, at);
        }
        if (at < 0) {
            return false;
        }
        long raster = digit == '4'
                ? (numbers[0] + 7) / 8 * numbers[1]
                : numbers[0] * numbers[1] * (digit == '6' ? 3 : 1) * (numbers[2] > 0xff ? 2 : 1);
        return raster > 0 && bytes.size() == at + 1 + raster;
    }

    /** The one that ends there. */
    private static long number(FileBytes bytes, long end) {
        long value = 0;
        long start = end;
        while (start > 0 && bytes.u8(start - 1) >= '0' && bytes.u8(start - 1) <= '9') {
            start--;
        }
        for (long at = start; at < end; at++) {
            value = 10 * value + bytes.u8(at) - '0';
        }
        return value;
    }

    private static long afterNumber(FileBytes bytes, long from) {
        long at = from;
        while (isSpace(bytes.u8(at)) || bytes.u8(at) == '#') {
            if (bytes.u8(at) == '#') {
                while (bytes.u8(at) >= 0 && bytes.u8(at) != '\n') {
                    at++;
                }
            } else {
                at++;
            }
        }
        long start = at;
        while (bytes.u8(at) >= '0' && bytes.u8(at) <= '9') {
            at++;
        }
        return at > start && at - start < 8 && (isSpace(bytes.u8(at)) || at >= bytes.size()) ? at : -1;
    }

    private static boolean isSpace(int character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    /** ICONDIR of Microsoft: icons or cursors, how many, and the first one's planes and place. */
    private static boolean isIcon(FileBytes bytes) {
        int type = bytes.u16le(2);
        int count = bytes.u16le(4);
        long place = bytes.u32le(18);
        return bytes.u16le(0) == 0
                && (type == 1 || type == 2)
                && count > 0
                && count <= MAX_ICONS
                && bytes.u8(9) == 0
                && place >= 6 + 16L * count
                && place < bytes.size();
    }

    /**
     * Truevision TGA 2.0: no mark at its beginning, and one at its end that old ones have not. So every field of the header
     * must make sense, and whoever asks must have reason to.
     */
    static boolean isTga(FileBytes bytes) {
        int map = bytes.u8(1);
        int type = bytes.u8(2);
        int depth = bytes.u8(16);
        boolean isMapped = type == 1 || type == 9;
        boolean isType = isMapped ? map == 1 : (type == 2 || type == 3 || type == 10 || type == 11) && map <= 1;
        boolean isDepth = type == 3 || type == 11
                ? depth == 8 || depth == 16
                : depth == 8 || depth == 15 || depth == 16 || depth == 24 || depth == 32;
        boolean isMap = map == 1
                ? bytes.u16le(5) > 0 && bytes.u8(7) >= 15 && bytes.u8(7) <= 32
                : bytes.u32(3) == 0 && bytes.u8(7) == 0;
        return isType
                && isDepth
                && isMap
                && bytes.u16le(12) > 0
                && bytes.u16le(14) > 0
                && (bytes.u8(17) & 0xc0) == 0
                && bytes.size() > 18;
    }
}
