package dev.waybill.platform.charsets;

import java.lang.Character.UnicodeScript;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Detects UTF-16 and UTF-32, with their byte order mark and without. The Unicode Standard, 23.8 and D98 to D101. */
final class Unicode {

    private static final int MARKED = -1;
    private static final int DECLARED = -2;
    private static final int MAX_USUAL = 400;
    private static final int DECLARED_BUT_ASCII = -3;

    private static final int FEW_ARE_RARE = 6;
    private static final int ENOUGH_TO_TELL = 8;

    /** In fewer characters anything may happen. */
    private static final int LEAST_WORDS = 4;

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
     * What its sender says it is, without a mark; null when that is nothing of Unicode's wide forms, or the bytes are
     * not that.
     */
    static @Nullable String ofDeclared(byte[] head, int length, boolean isWhole, String declared) {
        return switch (declared.toUpperCase(Locale.ROOT)) {
            case "UTF-16LE" -> isDeclaredUtf16(head, length, isWhole, false) ? "UTF-16LE" : null;
            case "UTF-16BE" -> isDeclaredUtf16(head, length, isWhole, true) ? "UTF-16BE" : null;
            case "UTF-16", "UNICODE", "UCS-2", "ISO-10646-UCS-2" -> {
                // RFC 2781 4.3 has the high byte first where there is no mark; Windows writes the low one.
                boolean isBig = isDeclaredUtf16(head, length, isWhole, true);
                boolean isLittle = isDeclaredUtf16(head, length, isWhole, false);
                boolean isRatherLittle = isLittle && (!isBig || usual(head, length, false) > usual(head, length, true));
                yield isRatherLittle ? "UTF-16LE" : isBig ? "UTF-16BE" : null;
            }
            case "UTF-32LE" -> isUtf32(head, length, isWhole, false) ? "UTF-32LE" : null;
            case "UTF-32BE", "UTF-32" -> isUtf32(head, length, isWhole, true) ? "UTF-32BE" : null;
            default -> null;
        };
    }

    private static boolean isDeclaredUtf16(byte[] head, int length, boolean isWhole, boolean isBig) {
        int least = TextBytes.isUtf8(head, length, isWhole) ? DECLARED_BUT_ASCII : DECLARED;
        return length >= 2 && isUtf16(head, length, isWhole, isBig, least);
    }

    /** How many of the first characters are those that most text is made of. */
    private static int usual(byte[] head, int length, boolean isBig) {
        int usual = 0;
        for (int at = 0; at + 2 <= Math.min(length, MAX_USUAL); at += 2) {
            usual += CharsetReading.isFrequent(unit(head, at, isBig)) ? 1 : 0;
        }
        return usual;
    }

    /**
     * By what the bytes come to without a mark, with some ASCII, a space or a line end at least; null when that is no
     * text.
     */
    static @Nullable String ofShape(byte[] head, int length, boolean isWhole) {
        if (length < 4) {
            return null;
        }
        if (isUtf32(head, length, isWhole, false)) {
            return "UTF-32LE";
        }
        if (isUtf32(head, length, isWhole, true)) {
            return "UTF-32BE";
        }
        if (isUtf16(head, length, isWhole, false, 1)) {
            return "UTF-16LE";
        }
        return isUtf16(head, length, isWhole, true, 1) ? "UTF-16BE" : null;
    }

    /**
     * UTF-16 of letters of one language with nothing of ASCII between them; null when it is none.
     *
     * @param each one of how many has to be one that is used much
     */
    static @Nullable String ofWords(byte[] head, int length, boolean isWhole, int each) {
        if (length < 2 * LEAST_WORDS || (isWhole && length % 2 != 0)) {
            return null;
        }
        int little = words(head, length, false);
        int big = words(head, length, true);
        boolean isEnough = Math.max(little, big) * each >= Math.min(length, MAX_USUAL) / 2;
        return isEnough ? (little >= big ? "UTF-16LE" : "UTF-16BE") : null;
    }

    /** How many of the characters are used much; none where letters of several scripts stand side by side. */
    private static int words(byte[] head, int length, boolean isBig) {
        UnicodeScript script = null;
        int frequent = 0;
        for (int at = 0; at + 2 <= Math.min(length, MAX_USUAL); at += 2) {
            char unit = unit(head, at, isBig);
            if (!isCommon(unit) && unit != '\r' && unit != '\n' && unit != '\t' && (unit < ' ' || unit > '~')) {
                return 0;
            }
            UnicodeScript its = UnicodeScript.of(unit);
            boolean isKana = its == UnicodeScript.HIRAGANA || its == UnicodeScript.KATAKANA;
            if (its != UnicodeScript.COMMON) {
                its = isKana ? UnicodeScript.HAN : its;
                if (script != null && script != its) {
                    return 0;
                }
                script = its;
            }
            boolean isOfMany = its == UnicodeScript.HAN || its == UnicodeScript.HANGUL;
            frequent += isKana || !isOfMany || CharsetReading.isFrequent(unit) ? 1 : 0;
        }
        return frequent;
    }

    private static char unit(byte[] head, int at, boolean isBig) {
        int high = head[isBig ? at : at + 1] & 0xff;
        return (char) (high << 8 | head[isBig ? at + 1 : at] & 0xff);
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

    /**
     * Without a mark it takes more: characters of few scripts, as text has, and something that is common in all text.
     */
    private static boolean isUtf16(byte[] head, int length, boolean isWhole, boolean isBig, int leastLatin) {
        if (isWhole && length % 2 != 0) {
            return false;
        }
        int units = length / 2;
        int controls = 0;
        int latin = 0;
        int rare = 0;
        int ofMany = 0;
        int usual = 0;
        boolean isPair = false;
        for (int i = 0; i < units; i++) {
            char unit = unit(head, 2 * i, isBig);
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
            } else if (unit >= 0x4E00 && unit < 0xD7A4) {
                ofMany++;
                usual += CharsetReading.isFrequent(unit) ? 1 : 0;
            }
        }
        boolean isEnded = !isPair || !isWhole;
        if (!isEnded || !TextBytes.isFew(controls, units)) {
            return false;
        }
        if (leastLatin == DECLARED || leastLatin == DECLARED_BUT_ASCII) {
            // Words of ASCII would be Chinese characters, but for the spaces between them.
            return controls == 0 && (leastLatin == DECLARED ? rare * 8 <= units : rare == 0);
        }
        // Bytes that are none come to Chinese characters, but not to those that are used.
        boolean isUsual = ofMany < ENOUGH_TO_TELL || usual * FEW_ARE_RARE >= ofMany;
        return leastLatin == MARKED || (units >= 2 && rare * 8 <= units && latin >= leastLatin && isUsual);
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
