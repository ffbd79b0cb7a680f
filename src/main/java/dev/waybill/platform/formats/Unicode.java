package dev.waybill.platform.formats;

import org.jspecify.annotations.Nullable;

/** UTF-16 and UTF-32, with their mark and without. The Unicode Standard, 23.8 and D98 to D101. */
final class Unicode {

    private static final int MARKED = -1;

    private Unicode() {}

    /** By the byte order mark; null when there is none, or what follows is not what it says. */
    static @Nullable String ofMark(byte[] head, int length, boolean isWhole) {
        if (length < 2) {
            return null;
        }
        int first = head[0] & 0xff;
        int second = head[1] & 0xff;
        if (first == 0xFF && second == 0xFE) {
            boolean isWide = length >= 4 && head[2] == 0 && head[3] == 0 && isUtf32(head, length, isWhole, false);
            return isWide ? "UTF-32LE" : isUtf16(head, length, isWhole, false, MARKED) ? "UTF-16LE" : null;
        }
        if (first == 0xFE && second == 0xFF) {
            return isUtf16(head, length, isWhole, true, MARKED) ? "UTF-16BE" : null;
        }
        boolean isWide =
                length >= 4 && first == 0 && second == 0 && (head[2] & 0xff) == 0xFE && (head[3] & 0xff) == 0xFF;
        return isWide && isUtf32(head, length, isWhole, true) ? "UTF-32BE" : null;
    }

    /**
     * By what the bytes come to without a mark; null when that is no text.
     *
     * @param isStrict whether some of it must be ASCII, a space or a line end at least; all text that is not short has it
     */
    static @Nullable String ofShape(byte[] head, int length, boolean isWhole, boolean isStrict) {
        if (length < 4) {
            return null;
        }
        if (isUtf32(head, length, isWhole, false)) {
            return "UTF-32LE";
        }
        if (isUtf32(head, length, isWhole, true)) {
            return "UTF-32BE";
        }
        int least = isStrict ? 1 : 0;
        if (isUtf16(head, length, isWhole, false, least)) {
            return "UTF-16LE";
        }
        return isUtf16(head, length, isWhole, true, least) ? "UTF-16BE" : null;
    }

    private static boolean isUtf32(byte[] head, int length, boolean isWhole, boolean isBig) {
        if (isWhole && length % 4 != 0) {
            return false;
        }
        int letters = 0;
        for (int i = 0; i + 4 <= length; i += 4) {
            int point = isBig
                    ? head[i] << 24 | (head[i + 1] & 0xff) << 16 | (head[i + 2] & 0xff) << 8 | head[i + 3] & 0xff
                    : head[i + 3] << 24 | (head[i + 2] & 0xff) << 16 | (head[i + 1] & 0xff) << 8 | head[i] & 0xff;
            boolean isText = point > 0
                    && point <= Character.MAX_CODE_POINT
                    && !TextBytes.isControl(point)
                    && Character.isDefined(point)
                    && Character.getType(point) != Character.SURROGATE;
            if (!isText) {
                return false;
            }
            letters++;
        }
        return letters > 0;
    }

    /** Without a mark it takes more: characters of few scripts, as text has, and something that is common in all text. */
    private static boolean isUtf16(byte[] head, int length, boolean isWhole, boolean isBig, int leastLatin) {
        if (isWhole && length % 2 != 0) {
            return false;
        }
        int units = length / 2;
        int controls = 0;
        int latin = 0;
        int rare = 0;
        boolean isPair = false;
        for (int i = 0; i < units; i++) {
            char unit = (char)
                    (isBig
                            ? (head[2 * i] & 0xff) << 8 | head[2 * i + 1] & 0xff
                            : (head[2 * i + 1] & 0xff) << 8 | head[2 * i] & 0xff);
            if (isPair != Character.isLowSurrogate(unit)) {
                return false;
            }
            isPair = Character.isHighSurrogate(unit);
            if (TextBytes.isControl(unit)) {
                controls++;
            } else if (unit < 0x80) {
                latin++;
            } else if (!isPair && !Character.isDefined(unit)) {
                return false;
            } else if (!isCommon(unit)) {
                rare++;
            }
        }
        boolean isEnded = !isPair || !isWhole;
        if (!isEnded || !TextBytes.isFew(controls, units)) {
            return false;
        }
        return leastLatin == MARKED || (units >= 2 && rare * 8 <= units && latin >= leastLatin);
    }

    /** Letters and marks of the scripts that most text is written in. */
    private static boolean isCommon(char unit) {
        return (unit >= 0xA0 && unit < 0x250)
                || (unit >= 0x370 && unit < 0x700)
                || (unit >= 0x900 && unit < 0x0E80)
                || (unit >= 0x2010 && unit < 0x2040)
                || (unit >= 0x3000 && unit < 0x3100)
                || (unit >= 0x4E00 && unit < 0xA000)
                || (unit >= 0xAC00 && unit < 0xD7A4)
                || (unit >= 0xFF00 && unit < 0xFFF0);
    }
}
