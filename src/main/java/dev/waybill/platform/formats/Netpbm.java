package dev.waybill.platform.formats;

import org.jspecify.annotations.Nullable;

/**
 * Detects portable images: Netpbm's pbm(5), pgm(5), ppm(5) and pam(5), and the pictures of real numbers that others
 * write in their manner (PFM by https://www.pauldebevec.com/Research/HDR/PFM, PHM by FFmpeg with halves of the width).
 */
final class Netpbm {

    private static final String ANYMAP = "image/x-portable-anymap";
    private static final Format PBM = Format.of("image/x-portable-bitmap", "PBM", "a portable bitmap", ANYMAP);
    private static final Format PGM = Format.of("image/x-portable-graymap", "PGM", "a portable graymap", ANYMAP);
    private static final Format PPM = Format.of("image/x-portable-pixmap", "PPM", "a portable pixmap", ANYMAP);
    private static final Format PAM =
            Format.of("image/x-portable-arbitrarymap", "PAM", "a portable arbitrary map", ANYMAP);
    private static final Format PFM = Format.of("image/x-portable-floatmap", "PFM", "a portable float map");
    private static final Format PHM = Format.of("image/x-portable-halfmap", "PHM", "a portable half float map");
    private static final String END_OF_PAM = "\nENDHDR\n";
    private static final int MAX_HEADER = 1024;

    private Netpbm() {}

    /** Null when it is none of them: the mark, white space or a comment, and the numbers that come first. */
    static @Nullable Format of(FileBytes bytes) {
        return switch (bytes.u8(0) == 'P' ? bytes.u8(1) : -1) {
            case '1', '4' -> has(bytes, 2) ? PBM : null;
            case '2', '5' -> has(bytes, 3) ? PGM : null;
            case '3', '6' -> has(bytes, 3) ? PPM : null;
            case '7' -> isArbitrary(bytes) ? PAM : null;
            case 'F', 'f' -> floats(bytes) > 0 ? PFM : null;
            case 'H', 'h' -> floats(bytes) > 0 ? PHM : null;
            default -> null;
        };
    }

    /** Whether it is one whose pixels are written as words. */
    static boolean isPlain(FileBytes bytes) {
        int digit = bytes.u8(1);
        return bytes.u8(0) == 'P' && digit >= '1' && digit <= '3' && of(bytes) != null;
    }

    /** Whether so many bytes follow the header as its numbers say: no text does that by chance. */
    static boolean isWhole(FileBytes bytes) {
        return switch (bytes.u8(0) == 'P' ? bytes.u8(1) : -1) {
            case '4', '5', '6' -> isWholeRaster(bytes, bytes.u8(1));
            case '7' -> isArbitrary(bytes);
            case 'F', 'f' -> isWholeFloats(bytes, bytes.u8(1) == 'F' ? 12 : 4);
            case 'H', 'h' -> isWholeFloats(bytes, bytes.u8(1) == 'H' ? 6 : 2);
            default -> false;
        };
    }

    private static boolean has(FileBytes bytes, int numbers) {
        if (!isSpace(bytes.u8(2))) {
            return false;
        }
        long at = 2;
        for (int i = 0; i < numbers && at > 0; i++) {
            at = afterNumber(bytes, at);
        }
        return at > 0;
    }

    private static boolean isWholeRaster(FileBytes bytes, int digit) {
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

    /** pam(5): lines of a word and a value, to the line that ends them. */
    private static boolean isArbitrary(FileBytes bytes) {
        if (bytes.u8(2) != '\n') {
            return false;
        }
        int last = Math.min(MAX_HEADER, bytes.headLength()) - END_OF_PAM.length();
        for (int at = 2; at <= last; at++) {
            if (bytes.is(at, END_OF_PAM)) {
                return finds(bytes, "\nWIDTH ", at) && finds(bytes, "\nHEIGHT ", at);
            }
        }
        return false;
    }

    private static boolean finds(FileBytes bytes, String words, int before) {
        for (int at = 2; at < before; at++) {
            if (bytes.is(at, words)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where the pixels of one of real numbers begin: behind width, height, and a scale that is no whole number of
     * lines.
     */
    private static long floats(FileBytes bytes) {
        long width = bytes.u8(2) == '\n' ? afterNumber(bytes, 2) : -1;
        long height = width < 0 ? -1 : afterNumber(bytes, width);
        if (height < 0 || bytes.u8(height) != '\n') {
            return -1;
        }
        long at = height + 1;
        at += bytes.u8(at) == '-' || bytes.u8(at) == '+' ? 1 : 0;
        long start = at;
        while (at - start < 16 && isOfReal(bytes.u8(at))) {
            at++;
        }
        return at > start && bytes.u8(at) == '\n' ? at + 1 : -1;
    }

    private static boolean isOfReal(int character) {
        return (character >= '0' && character <= '9')
                || character == '.'
                || character == 'e'
                || character == 'E'
                || character == '-'
                || character == '+';
    }

    private static boolean isWholeFloats(FileBytes bytes, int bytesEach) {
        long pixels = floats(bytes);
        if (pixels < 0) {
            return false;
        }
        long width = afterNumber(bytes, 2);
        long height = afterNumber(bytes, width);
        long raster = number(bytes, width) * number(bytes, height) * bytesEach;
        return raster > 0 && bytes.size() == pixels + raster;
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
}
