package dev.waybill.platform.query;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Regular expressions in the syntax of RE2, as far as they can be written so that RE2 and PCRE, which MongoDB runs,
 * find the same: both read what {@link #portable} gives alike, as far as their tables of Unicode are of the same age.
 * Groups capture nothing, as a filter only needs to know whether there is a match. What RE2 knows and PCRE reads in
 * another way is rewritten ({@code $} stands at the very end, {@code \s} takes no vertical tab), or refused with what
 * to write instead.
 *
 * @see <a href="https://github.com/google/re2/wiki/Syntax">RE2's syntax</a>
 * @see <a href="https://www.pcre.org/current/doc/html/pcre2pattern.html">PCRE2's patterns</a>
 */
final class Re2Regex {

    /**
     * In characters and sets, with counted repetitions written out: as many steps may be taken for each letter of a
     * text.
     */
    static final int MAX_SIZE = 1000;

    private static final java.util.regex.Pattern COUNT =
            java.util.regex.Pattern.compile("\\{([0-9]{1,4})(,([0-9]{0,4}))?}");
    private static final java.util.regex.Pattern NAME =
            java.util.regex.Pattern.compile("\\?P?<[A-Za-z_][A-Za-z0-9_]*>");
    private static final java.util.regex.Pattern FLAGS = java.util.regex.Pattern.compile("\\?[is]*(-[is]+)?[:)]");

    private final String regex;
    private final StringBuilder portable = new StringBuilder();
    private int at;

    private Re2Regex(String regex) {
        this.regex = regex;
    }

    /**
     * The expression as both engines read it alike.
     *
     * @throws IllegalArgumentException whose message says what is wrong with it, as the end of a sentence
     */
    static String portable(String regex) {
        Re2Regex reader = new Re2Regex(regex);
        reader.alternatives();
        if (reader.at < regex.length()) {
            throw new IllegalArgumentException("has a ')' without its '('");
        }
        try {
            Pattern.compile(regex);
            return reader.portable.toString();
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "is no expression in RE2's syntax: %s '%s'".formatted(e.getDescription(), e.getPattern()), e);
        }
    }

    /** Reads up to the end or a closing bracket. @return its size */
    private int alternatives() {
        int size = 0;
        while (at < regex.length() && regex.charAt(at) != ')') {
            if (regex.charAt(at) == '|') {
                portable.append(regex.charAt(at++));
            } else {
                size = bounded((long) size + repeated());
            }
        }
        return size;
    }

    /** One atom with its repetition. */
    private int repeated() {
        int size = atom();
        int times = repetition();
        if (times < 0) {
            return size;
        }
        if (size == 0) {
            throw new IllegalArgumentException("repeats an anchor or flags, which take no characters");
        }
        return bounded((long) size * Math.max(1, times));
    }

    /** @return its size; 0 for anchors and flags */
    private int atom() {
        char c = regex.charAt(at);
        switch (c) {
            case '(' -> {
                return group();
            }
            case '[' -> at = RegexSet.read(regex, at, portable);
            case '\\' -> {
                return escape();
            }
            case '^', '$' -> {
                portable.append(c == '$' ? "\\z" : "^");
                at++;
                return 0;
            }
            case '*', '+', '?', '{' ->
                throw new IllegalArgumentException(
                        "has a '%c' where there is nothing to repeat; escape it as '\\%c'".formatted(c, c));
            case ']', '}' -> {
                portable.append('\\').append(c);
                at++;
            }
            default -> {
                int letter = regex.codePointAt(at);
                RegexEscape.requireFoldable(letter, letter);
                portable.appendCodePoint(letter);
                at += Character.charCount(letter);
            }
        }
        return 1;
    }

    private int group() {
        at++;
        if (regex.startsWith("?", at)) {
            java.util.regex.Matcher name = NAME.matcher(regex).region(at, regex.length());
            java.util.regex.Matcher flags = FLAGS.matcher(regex).region(at, regex.length());
            if (flags.lookingAt()) {
                portable.append('(').append(flags.group());
                at = flags.end();
                if (flags.group().endsWith(")")) {
                    return 0;
                }
            } else if (name.lookingAt()) {
                portable.append("(?:");
                at = name.end();
            } else {
                throw new IllegalArgumentException(
                        "has a '(?' that is not taken: neither look-around nor flags but 'i' and"
                                + " 's'; a group is '(...)' or '(?:...)', and a line begins after '(?:^|\\n)'");
            }
        } else {
            portable.append("(?:");
        }
        int size = alternatives();
        if (at == regex.length()) {
            throw new IllegalArgumentException("has a '(' without its ')'");
        }
        portable.append(regex.charAt(at++));
        return Math.max(1, size);
    }

    private int escape() {
        if (regex.startsWith("\\A", at) || regex.startsWith("\\z", at) || regex.regionMatches(true, at, "\\b", 0, 2)) {
            portable.append(regex, at, at + 2);
            at += 2;
            return 0;
        }
        RegexEscape escape = RegexEscape.read(regex, at);
        RegexEscape.requireFoldable(escape.letter(), escape.letter());
        portable.append(escape.alone());
        at = escape.end();
        return 1;
    }

    /** @return the most times; -1 when it is not repeated */
    private int repetition() {
        if (at == regex.length() || "*+?{".indexOf(regex.charAt(at)) < 0) {
            return -1;
        }
        int times = 1;
        if (regex.charAt(at) == '{') {
            java.util.regex.Matcher count = COUNT.matcher(regex).region(at, regex.length());
            if (!count.lookingAt()) {
                throw new IllegalArgumentException(
                        "has a '{' that is no repetition; write '{n}', '{n,}' or '{n,m}', or escape it as '\\{'");
            }
            String most = count.group(3) == null || count.group(3).isEmpty() ? count.group(1) : count.group(3);
            times = Integer.parseInt(most);
            portable.append(count.group());
            at = count.end();
        } else {
            portable.append(regex.charAt(at++));
        }
        if (regex.startsWith("?", at)) { // how much is taken does not change whether there is a match
            at++;
        }
        if (at < regex.length() && "*+?{".indexOf(regex.charAt(at)) >= 0) {
            throw new IllegalArgumentException("repeats a repetition; put what is repeated into '(?:...)'");
        }
        return times;
    }

    private static int bounded(long size) {
        if (size > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "has more than %d characters when its counted repetitions are written out".formatted(MAX_SIZE));
        }
        return (int) size;
    }
}
