package dev.waybill.platform.charsets;

import org.jspecify.annotations.Nullable;

/**
 * Detects ISO 2022 charsets, text of seven bits whose escape sequences say what is meant: RFC 1468 (Japanese), RFC 1557
 * (Korean), RFC 1922 (Chinese), and RFC 1843, where a tilde and a brace begin Chinese.
 */
final class Iso2022 {

    private static final int ESCAPE = 0x1B;

    private Iso2022() {}

    /** Null when no such sequence is there. */
    static @Nullable String name(byte[] bytes, int length) {
        for (int i = 0; i + 2 < length; i++) {
            if (bytes[i] == ESCAPE) {
                String name = after(bytes[i + 1], bytes[i + 2], i + 3 < length ? bytes[i + 3] : 0);
                if (name != null) {
                    return name;
                }
            } else if (bytes[i] == '~' && bytes[i + 1] == '{' && isChinese(bytes, i + 2, length)) {
                return HzCharset.NAME;
            }
        }
        return null;
    }

    /** Pairs of letters to the closing tilde, of which at least half are characters that are used much. */
    private static boolean isChinese(byte[] bytes, int from, int length) {
        int usual = 0;
        int at = from;
        while (at + 1 < length && bytes[at] != '~' && bytes[at] > ' ' && bytes[at] < 0x78 && bytes[at + 1] > ' ') {
            usual += CharsetReading.isFrequent(HzCharset.character(bytes[at], bytes[at + 1])) ? 1 : 0;
            at += 2;
        }
        boolean isEnded = at + 1 < length && bytes[at] == '~' && bytes[at + 1] == '}';
        return isEnded && at > from && usual * 4 >= at - from;
    }

    private static @Nullable String after(byte first, byte second, byte third) {
        if (first == '(' && second == 'J') {
            return "ISO-2022-JP";
        }
        if (first != '$') {
            return null;
        }
        return switch (second) {
            case '@', 'B' -> "ISO-2022-JP";
            case '(' -> third == 'D' ? "ISO-2022-JP" : null;
            case ')' -> third == 'C' ? "ISO-2022-KR" : third == 'A' || third == 'G' ? "ISO-2022-CN" : null;
            default -> null;
        };
    }
}
