package dev.waybill.platform.query;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an escape in a regular expression stands for.
 *
 * @param alone how it is written outside of a set
 * @param inSet how it is written inside of one
 * @param letter the character, which may begin or end a range; -1 where it is one of several
 * @param end where the expression goes on
 */
record RegexEscape(String alone, String inSet, int letter, int end) {

    private static final int SEVERAL = -1;

    /** Each of them stands before all letters. */
    private static final int CONTROL = 0x1f;

    private static final String WORD = "0-9A-Za-z_";
    private static final String SPACE = "\\t\\n\\f\\r ";
    private static final Map<Character, String> LETTERS =
            Map.of('a', "\\x{7}", 'f', "\\f", 'n', "\\n", 'r', "\\r", 't', "\\t", 'v', "\\x{b}");
    private static final Pattern CODE = Pattern.compile("\\\\x(?:([0-9A-Fa-f]{2})|\\{([0-9A-Fa-f]{1,6})})");

    /** Categories that know no case: engines differ in what {@code \p{Lu}} takes in any case. */
    private static final Pattern CATEGORY =
            Pattern.compile("\\\\[pP](?:([LMNPSZ])|\\{(\\^?)(L[mo]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)})");

    /**
     * Reads one.
     *
     * @param at where its backslash is
     * @throws IllegalArgumentException whose message says what is wrong, as the end of a sentence
     */
    static RegexEscape read(String regex, int at) {
        if (at + 1 == regex.length()) {
            throw new IllegalArgumentException("ends with a lone '\\'");
        }
        char c = regex.charAt(at + 1);
        int end = at + 2;
        String letter = LETTERS.get(c);
        if (letter != null) {
            return new RegexEscape(letter, letter, CONTROL, end);
        }
        return switch (c) {
            case 'd' -> set("0-9", end);
            case 'w' -> set(WORD, end);
            case 's' -> set(SPACE, end);
            case 'D' -> new RegexEscape("[^0-9]", "\\x{0}-\\/\\:-\\x{10ffff}", SEVERAL, end);
            case 'S' ->
                new RegexEscape("[^" + SPACE + "]", "\\x{0}-\\x{8}\\x{b}\\x{e}-\\x{1f}!-\\x{10ffff}", SEVERAL, end);
            case 'W' -> new RegexEscape("[^" + WORD + "]", "", SEVERAL, end);
            case 'x' -> code(regex, at);
            case 'p', 'P' -> category(regex, at);
            default -> {
                if (c >= '0' && c <= '9') {
                    throw new IllegalArgumentException(
                            "has '\\%c': groups cannot be referred back to; a character by its code is '\\x{...}'"
                                    .formatted(c));
                }
                if (c <= ' ' || c >= 127 || Character.isLetterOrDigit(c)) {
                    throw new IllegalArgumentException(
                            "has an unknown escape '\\%c'; characters by themselves need none".formatted(c));
                }
                yield new RegexEscape("\\" + c, "\\" + c, c, end);
            }
        };
    }

    /**
     * RE2/J has no end when it looks for the other cases of some old letters of Cyrillic.
     *
     * @see <a href="https://github.com/google/re2j/issues/168">Its issue</a>
     * @throws IllegalArgumentException when one of them is among these, both included, and not all of Unicode is
     */
    static void requireFoldable(int from, int to) {
        boolean isAll = from <= 'A' && to == Character.MAX_CODE_POINT;
        if (from <= 0x1C88 && to >= 0x1C80 && !isAll) {
            throw new IllegalArgumentException(
                    "has a letter of U+1C80 to U+1C88, which are not taken; a range around them is"
                            + " '[...-\\x{1c7f}\\x{1c89}-...]'");
        }
    }

    private static RegexEscape set(String members, int end) {
        return new RegexEscape("[" + members + "]", members, SEVERAL, end);
    }

    private static RegexEscape code(String regex, int at) {
        Matcher code = CODE.matcher(regex).region(at, regex.length());
        if (!code.lookingAt()) {
            throw new IllegalArgumentException("has a '\\x' without its code; write '\\x{...}' in hexadecimal");
        }
        int point = Integer.parseInt(code.group(1) == null ? code.group(2) : code.group(1), 16);
        if (point > Character.MAX_CODE_POINT || Character.getType(point) == Character.SURROGATE) {
            throw new IllegalArgumentException("has '%s', which is no character".formatted(code.group()));
        }
        String text = "\\x{%x}".formatted(point);
        return new RegexEscape(text, text, point, code.end());
    }

    private static RegexEscape category(String regex, int at) {
        Matcher category = CATEGORY.matcher(regex).region(at, regex.length());
        if (!category.lookingAt()) {
            throw new IllegalArgumentException(
                    "has a '\\p' that is not taken: general categories without case are, such as"
                            + " '\\p{L}', '\\p{Nd}' and '\\p{P}'; write scripts as ranges such as '[\\x{400}-\\x{4ff}]'");
        }
        String name = category.group(1) == null ? category.group(3) : category.group(1);
        boolean isTurned = category.group(2) != null && !category.group(2).isEmpty();
        boolean isNegative = (regex.charAt(at + 1) == 'P') != isTurned;
        String text = "\\%c{%s}".formatted(isNegative ? 'P' : 'p', name);
        return new RegexEscape(text, isNegative ? "" : text, SEVERAL, category.end());
    }
}
