package dev.waybill.platform.charsets;

import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Guesses which of the charsets from before Unicode text is written in. juniversalchardet counts how often characters
 * follow each other, which needs some text; of a line or two it knows nothing or the wrong thing. So each charset's
 * reading is weighed by whether it makes sense, and what juniversalchardet says weighs with it.
 */
final class LegacyCharsets {

    /** A column of them is tried in this order, and the first of equals is taken. */
    private static final List<String> DOUBLE = List.of("Shift_JIS", "GB18030", "EUC-KR", "Big5", "EUC-JP", "Johab");

    private static final List<String> SINGLE = List.of(
            "windows-1252",
            "windows-1251",
            "KOI8-R",
            "windows-1250",
            "windows-1254",
            "windows-1253",
            "windows-1255",
            "windows-1256",
            "windows-1257",
            "windows-1258",
            "windows-874",
            "ISO-8859-2",
            "ISO-8859-5",
            "ISO-8859-6",
            "ISO-8859-7",
            "ISO-8859-13",
            "ISO-8859-15",
            "KOI8-U",
            "macintosh",
            "IBM866",
            "IBM850",
            "IBM852",
            "IBM857",
            "IBM437",
            "IBM737",
            "IBM775",
            "IBM855",
            "IBM862",
            "x-mac-cyrillic",
            "x-MacCentralEurope");

    private static final int MAX_READ = 2048;

    /** Bytes beyond ASCII. */
    private static final int MOST_COUNTED = 256;

    private static final double COUNTED = 0.6;
    private static final int COUNTS_FROM = 16;

    /** With the vote of the counting, more than a reading of single bytes could have. */
    private static final double SURE = 2.2;

    /** Below this no reading makes sense. */
    private static final double LEAST = 0.2;

    private static final int MOST_JUMPS = 4;
    private static final int OTHER = 1;
    private static final int LETTER = 3;

    private LegacyCharsets() {}

    /**
     * A charset, and how much sense the bytes make in it, however rare it is: 0 and less is none, above 2 is much.
     *
     * @param name null when they make sense in none
     */
    record Guess(@Nullable String name, double sense) {}

    static Guess guess(byte[] head, int length, boolean isWhole) {
        int scanned = enough(head, Math.min(length, MAX_READ));
        boolean isAll = isWhole && scanned == length;
        String counted = scanned >= COUNTS_FROM ? counted(head, scanned) : null;
        String best = null;
        double most = LEAST;
        for (String name : DOUBLE) {
            double sense = CharsetReading.ofPairs(name, read(name, head, scanned, isAll), head, scanned);
            double weight = sense + (name.equals(counted) ? COUNTED : 0);
            if (weight > most) {
                most = weight;
                best = name;
            }
        }
        if (best != null && best.equals(counted) && most > SURE) {
            return new Guess(best, most);
        }
        for (String name : SINGLE) {
            double sense = CharsetReading.ofLetters(name, read(name, head, scanned, isAll));
            double weight = sense + (name.equals(counted) ? COUNTED : 0);
            if (weight > most) {
                most = weight;
                best = name;
            }
        }
        return new Guess(best, best == null ? most : most + CharsetReading.rareness(best) / beyond(head, scanned));
    }

    private static int beyond(byte[] head, int length) {
        int beyond = 0;
        for (int i = 0; i < length; i++) {
            beyond += head[i] < 0 ? 1 : 0;
        }
        return Math.max(1, beyond);
    }

    /** Each reading costs: of a long text its beginning shows as much. */
    private static int enough(byte[] head, int length) {
        int others = 0;
        for (int i = 0; i < length; i++) {
            others += head[i] < 0 ? 1 : 0;
            if (others == MOST_COUNTED) {
                return i + 1;
            }
        }
        return length;
    }

    /**
     * Whether one kind of character follows another as it does in no text: letters, digits, signs and what is not
     * ASCII. Of bytes that make little sense this distinguishes text in an unknown charset from no text.
     */
    static boolean isJumpy(byte[] head, int length) {
        int others = beyond(head, length);
        // Where these are few they are letters among Latin ones.
        int other = others * 3 <= length ? LETTER : OTHER;
        int jumps = 0;
        int before = 0;
        for (int i = 0; i < length; i++) {
            int kind = head[i] < 0 ? other : kind(head[i]);
            jumps += kind != before && kind > 0 && before > 0 ? 1 : 0;
            before = kind;
        }
        return jumps * MOST_JUMPS > length;
    }

    /** 0 is what stands between any two. */
    private static int kind(byte character) {
        if (character >= '0' && character <= '9') {
            return 2;
        }
        boolean isSmall = character >= 'a' && character <= 'z';
        boolean isLetter = isSmall || character >= 'A' && character <= 'Z';
        return isLetter ? LETTER : character <= ' ' || character == ',' || character == '.' ? 0 : 4;
    }

    private static @Nullable CharBuffer read(String name, byte[] head, int length, boolean isAll) {
        Charset charset = TextEncodings.charset(name);
        return TextEncodings.decode(charset, head, length, isAll);
    }

    private static @Nullable String counted(byte[] head, int length) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(head, 0, length);
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        if (name == null) {
            return null;
        }
        return switch (name) {
            case "SHIFT_JIS" -> "Shift_JIS";
            case "BIG5" -> "Big5";
            case "EUC-JP", "EUC-KR", "GB18030" -> name;
            case "TIS620" -> "windows-874";
            default -> null; // what it says of one byte a letter is wrong as often as not
        };
    }
}
