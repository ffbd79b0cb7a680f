package dev.waybill.platform.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The Unicode characters that a name may hold: none that cannot be seen, and none that turns the direction of writing,
 * with which {@code annexe.exe} can be shown as {@code annex.exe.jpg}.
 */
public final class Letters {

    /** What is wrong with a text that is not {@link #isWhole}. */
    public static final String HALF = "must be valid Unicode: it holds half of a surrogate pair";

    private Letters() {}

    /** What is wrong with the letters of a name, each as the end of a sentence; empty when nothing is. */
    public static List<String> problems(String name) {
        List<String> problems = new ArrayList<>();
        if (name.codePoints().anyMatch(Letters::controls)) {
            problems.add("must not hold control characters");
        }
        String turning = name.codePoints()
                .filter(Letters::turns)
                .distinct()
                .mapToObj("U+%04X"::formatted)
                .collect(Collectors.joining(", "));
        if (!turning.isEmpty()) {
            problems.add("must not hold %s, which changes the direction of writing; remove it".formatted(turning));
        }
        if (name.codePoints().anyMatch(Letters::isNone)) {
            problems.add("must not hold U+FFFE, U+FFFF and the like, which are no characters");
        }
        if (!isWhole(name)) {
            problems.add(HALF);
        }
        return problems;
    }

    /** Whether a letter may stand in a name. */
    public static boolean stands(int letter) {
        return !controls(letter)
                && !turns(letter)
                && !isNone(letter)
                && Character.getType(letter) != Character.SURROGATE;
    }

    /** Whether every surrogate has its other half. */
    public static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return StandardCharsets.UTF_8.newEncoder().canEncode(text);
            }
        }
        return true;
    }

    private static boolean controls(int letter) {
        return Character.isISOControl(letter) || letter == 0x2028 || letter == 0x2029;
    }

    /**
     * Unicode's <a href="https://www.unicode.org/faq/private_use.html#noncharacters">noncharacters</a>: no XML holds
     * U+FFFE, and so no listing of a bucket.
     */
    private static boolean isNone(int letter) {
        return (letter & 0xFFFE) == 0xFFFE || (letter >= 0xFDD0 && letter <= 0xFDEF);
    }

    /** Unicode's <a href="https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters">Bidi_Control</a>. */
    private static boolean turns(int letter) {
        return letter == 0x061C
                || letter == 0x200E
                || letter == 0x200F
                || (letter >= 0x202A && letter <= 0x202E)
                || (letter >= 0x2066 && letter <= 0x2069);
    }
}
