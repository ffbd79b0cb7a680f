package dev.waybill.platform.query;

import java.util.Map;

/** Reads sets of characters, such as {@code [a-z\d]}, of regular expressions in RE2's syntax. */
final class RegexSet {

    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("alnum", "0-9A-Za-z"),
            Map.entry("alpha", "A-Za-z"),
            Map.entry("ascii", "\\x{0}-\\x{7f}"),
            Map.entry("blank", "\\t "),
            Map.entry("cntrl", "\\x{0}-\\x{1f}\\x{7f}"),
            Map.entry("digit", "0-9"),
            Map.entry("graph", "!-\\~"),
            Map.entry("lower", "a-z"),
            Map.entry("print", " -\\~"),
            Map.entry("punct", "!-\\/\\:-@\\[-`\\{-\\~"),
            Map.entry("space", "\\t\\n\\x{b}\\f\\r "),
            Map.entry("upper", "A-Z"),
            Map.entry("word", "0-9A-Za-z_"),
            Map.entry("xdigit", "0-9A-Fa-f"));

    /** What means something in a set, to one engine or another. */
    private static final String MEANINGFUL = "[]^-&~|.=:";

    private final String regex;
    private final StringBuilder portable;
    private int at;

    private RegexSet(String regex, int at, StringBuilder portable) {
        this.regex = regex;
        this.at = at;
        this.portable = portable;
    }

    /**
     * Reads one.
     *
     * @param from where its bracket opens
     * @param portable takes the set as every engine reads it
     * @return where the expression goes on
     * @throws IllegalArgumentException whose message says what is wrong, as the end of a sentence
     */
    static int read(String regex, int from, StringBuilder portable) {
        RegexSet set = new RegexSet(regex, from + 1, portable);
        portable.append('[');
        if (regex.startsWith("^", set.at)) {
            portable.append('^');
            set.at++;
        }
        boolean isFirst = true;
        while (isFirst || set.letter() != ']') {
            set.member();
            isFirst = false;
        }
        portable.append(']');
        return set.at + 1;
    }

    /** The character at hand. */
    private char letter() {
        if (at >= regex.length()) {
            throw new IllegalArgumentException("has a '[' without its ']'");
        }
        return regex.charAt(at);
    }

    /** A character, a range, or all characters of a kind. */
    private void member() {
        if (regex.startsWith("[:", at) && regex.indexOf(":]", at) > 0) {
            named();
            return;
        }
        int from = single();
        if (from < 0 || !regex.startsWith("-", at) || regex.startsWith("-]", at)) {
            RegexEscape.requireFoldable(from, from);
            return;
        }
        portable.append('-');
        at++;
        letter();
        int to = single();
        if (to < 0) {
            throw new IllegalArgumentException("has a range without an end; escape its '-' as '\\-'");
        }
        RegexEscape.requireFoldable(from, to);
    }

    private void named() {
        int end = regex.indexOf(":]", at);
        String name = regex.substring(at + 2, end);
        String members = NAMED.get(name);
        if (members == null) {
            throw new IllegalArgumentException(
                    "has a '[:%s:]' that is not taken; write the characters, or escape its first '['".formatted(name));
        }
        portable.append(members);
        at = end + 2;
    }

    /** @return the character; -1 where it stands for several */
    private int single() {
        if (letter() != '\\') {
            int letter = regex.codePointAt(at);
            portable.append(MEANINGFUL.indexOf(letter) < 0 ? "" : "\\").appendCodePoint(letter);
            at += Character.charCount(letter);
            return letter;
        }
        RegexEscape escape = RegexEscape.read(regex, at);
        if (escape.inSet().isEmpty()) {
            throw new IllegalArgumentException(
                    "has '%s' inside of '[...]'; put it beside, as in '(?:[...]|%s)', or list what is wanted"
                            .formatted(regex.substring(at, escape.end()), regex.substring(at, escape.end())));
        }
        portable.append(escape.inSet());
        at = escape.end();
        return escape.letter();
    }
}
