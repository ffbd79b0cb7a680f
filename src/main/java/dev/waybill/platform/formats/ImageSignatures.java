package dev.waybill.platform.formats;

import org.jspecify.annotations.Nullable;

/** Detects images whose signatures are so small that the fields behind them must make sense too. */
final class ImageSignatures {

    static final Format TGA = Format.of("image/x-tga", "TGA", "a TGA image");

    static final Format MOTION_JPEG = Format.of("video/x-motion-jpeg", "MJPEG", "a Motion JPEG video");

    static final Format SVGZ = Format.of("image/svg+xml-compressed", "SVGZ", "a packed SVG image", "application/gzip");

    private static final Format BMP = Format.of("image/bmp", "BMP", "a BMP image");
    private static final Format ICON = Format.of("image/x-icon", "ICO", "an icon");
    private static final Format XWD = Format.of("image/x-xwindowdump", "XWD", "an X window dump");
    private static final Format HDR = Format.of("image/vnd.radiance", "HDR", "a Radiance image");
    private static final Format IM = Format.of("image/x-im", "IM", "an IM image");
    private static final Format MSP = Format.of("image/x-msp", "MSP", "a Microsoft Paint image");
    private static final int MAX_ICONS = 256;

    /** Of the header of 512 bytes that IFUNC's and Pillow's IM has. */
    private static final int IM_END = 0x1A;

    /** Names of windows are no longer than that. */
    private static final int MAX_DUMP_HEADER = 4096;

    private static final int HEADER = 512;

    private ImageSignatures() {}

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
            case 'P' -> Netpbm.of(bytes);
            case 0 -> isIcon(bytes) ? ICON : isDump(bytes) ? XWD : null;
            case '#' -> isRadiance(bytes) ? HDR : null;
            case 'I' -> bytes.is(0, "Image type: ") && bytes.u8(511) == IM_END ? IM : null;
            case 'D', 'L' -> isPaint(bytes) ? MSP : null;
            default -> null;
        };
    }

    /**
     * Microsoft BITMAPFILEHEADER: the pixels lie behind the headers and within the file; then one of its headers'
     * sizes.
     */
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

    /** Whether a header of words says all that a picture needs to be one. */
    static boolean hasWholeHeader(FileBytes bytes) {
        return switch (bytes.u8(0)) {
            case '#' -> isRadiance(bytes) && finds(bytes, "\nFORMAT=32-bit_");
            case 'Y' -> bytes.is(0, "YUV4MPEG2 ") && finds(bytes, "\nFRAME");
            case 'I' -> bytes.is(0, "Image type: ") && bytes.u8(511) == IM_END;
            default -> false;
        };
    }

    /** Radiance file formats, "picture files": the first line. */
    private static boolean isRadiance(FileBytes bytes) {
        return bytes.is(0, "#?RADIANCE\n") || bytes.is(0, "#?RGBE\n");
    }

    private static boolean finds(FileBytes bytes, String words) {
        int last = Math.min(HEADER, bytes.headLength()) - words.length();
        for (int at = 0; at <= last; at++) {
            if (bytes.is(at, words)) {
                return true;
            }
        }
        return false;
    }

    /** X11's XWDFile.h: the header's length, version 7, a format, and the depth and width of what was on the screen. */
    private static boolean isDump(FileBytes bytes) {
        long depth = bytes.u32(12);
        return bytes.u32(0) >= 100
                && bytes.u32(0) <= MAX_DUMP_HEADER
                && bytes.u32(4) == 7
                && bytes.u32(8) <= 2
                && depth >= 1
                && depth <= 32
                && bytes.u32(16) > 0
                && bytes.u32(20) > 0;
    }

    /** Windows Paint, .MSP format of Microsoft: sixteen words that come to nothing when they are combined. */
    private static boolean isPaint(FileBytes bytes) {
        if (!bytes.is(0, "DanM") && !bytes.is(0, "LinS")) {
            return false;
        }
        int sum = bytes.u16le(30) < 0 ? 1 : 0;
        for (int at = 0; at < 32; at += 2) {
            sum ^= bytes.u16le(at);
        }
        return sum == 0 && bytes.u16le(4) > 0 && bytes.u16le(6) > 0;
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

    /** One that is as long as its header says, or has the mark at its end that TGA 2.0 has. */
    static boolean isWholeTga(FileBytes bytes) {
        int map = bytes.u8(1) == 1 ? bytes.u16le(5) * ((bytes.u8(7) + 7) / 8) : 0;
        long pixels = (long) bytes.u16le(12) * bytes.u16le(14) * ((bytes.u8(16) + 7) / 8);
        long whole = 18 + bytes.u8(0) + map + pixels;
        boolean isPlain = bytes.u8(2) < 9;
        return (isPlain && bytes.size() == whole) || bytes.is(bytes.size() - 18, "TRUEVISION-XFILE.");
    }

    /**
     * Truevision TGA 2.0: no mark at its beginning, and one at its end that old ones have not. So every field of the
     * header must make sense, and callers must have reason to expect one.
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
