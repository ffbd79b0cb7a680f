package dev.waybill.platform.query;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Tells regular expressions that are safe to run over other people's data from those that may never end. Only what every
 * engine reads the same way is let through: characters, classes, anchors, groups, alternatives and repetitions. A group
 * that is repeated must not hold repetitions or alternatives of its own, and the ways to match the whole are counted: a
 * finite choice multiplies them, an unbounded repetition weighs more and may stand twice: three in a row take a number
 * of steps that grows with the fourth power of the text.
 */
final class SafeRegex {

    private static final int MAX_CHOICES = 1000;
    private static final int MAX_UNBOUNDED = 2;
    private static final int UNBOUNDED_WEIGHT = 10;
    private static final int MAX_COUNT = 100;
    private static final int WIDE = 10;
    private static final int MAX_DEPTH = 10;
    private static final String CLASS_ESCAPES = "dDwWsS";
    private static final String OTHER_ESCAPES = "bBtnrf";

    private final String regex;
    private int at;
    private long choices = 1;
    private int unbounded;

    private SafeRegex(String regex) {
        this.regex = regex;
    }

    /** What is wrong with the expression, in a sentence for its author; empty when it is safe. */
    static Optional<String> complaint(String regex) {
        try {
            SafeRegex reader = new SafeRegex(regex);
            reader.alternatives(0);
            if (reader.at < regex.length()) {
                return Optional.of("has a ')' without its '('");
            }
            Pattern.compile(regex);
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e.complaint);
        } catch (PatternSyntaxException e) {
            return Optional.of("is no valid regular expression");
        }
    }

    /** Reads up to the end or a closing bracket; tells whether there was anything that a repetition may not hold. */
    private boolean alternatives(int depth) {
        if (depth > MAX_DEPTH) {
            throw new Refused("nests its groups too deep");
        }
        boolean complex = false;
        int branches = 1;
        while (at < regex.length() && regex.charAt(at) != ')') {
            char c = regex.charAt(at);
            if (c == '|') {
                at++;
                branches++;
            } else {
                complex |= piece(depth);
            }
        }
        if (depth > 0) {
            choose(branches); // outside of groups the branches are tried one after the other, which is no product
        }
        return complex || branches > 1;
    }

    private void choose(int ways) {
        choices *= ways;
        if (choices > MAX_CHOICES) {
            throw new Refused("holds too many choices in a row, which would take too long");
        }
    }

    /** One atom with its repetition. */
    private boolean piece(int depth) {
        char c = regex.charAt(at);
        boolean complex = false;
        boolean repeatable = true;
        switch (c) {
            case '(' -> complex = group(depth);
            case '[' -> characterClass();
            case '\\' -> repeatable = escape();
            case '^', '$' -> {
                at++;
                repeatable = false;
            }
            case '*', '+', '?', '{', '}', ']' ->
                throw new Refused(
                        "has a '%c' where there is nothing to apply it to; escape it as '\\%c'".formatted(c, c));
            default -> at++;
        }
        return repetition(complex, repeatable) || complex;
    }

    private boolean group(int depth) {
        at++;
        if (at < regex.length() && regex.charAt(at) == '?') {
            if (!regex.startsWith("?:", at)) {
                throw new Refused("may hold groups '(...)' and '(?:...)', but no look-around, flags or names");
            }
            at += 2;
        }
        boolean complex = alternatives(depth + 1);
        if (at == regex.length()) {
            throw new Refused("has a '(' without its ')'");
        }
        at++;
        return complex;
    }

    private void characterClass() {
        at++;
        if (at < regex.length() && regex.charAt(at) == '^') {
            at++;
        }
        int from = at;
        while (at < regex.length() && regex.charAt(at) != ']') {
            char c = regex.charAt(at);
            if (c == '[' || regex.startsWith("&&", at)) {
                throw new Refused("has '%c' inside a class; escape it as '\\%c'".formatted(c, c));
            }
            if (c == '\\') {
                at++;
                if (at == regex.length() || !isClassEscape(regex.charAt(at))) {
                    throw new Refused("has an unknown escape inside a class");
                }
            }
            at++;
        }
        if (at == regex.length() || at == from) {
            throw new Refused("has a '[' without its ']'");
        }
        at++;
    }

    /** Tells whether what was escaped may be repeated. */
    private boolean escape() {
        at++;
        if (at == regex.length()) {
            throw new Refused("ends with a lone '\\'");
        }
        char c = regex.charAt(at++);
        if (c >= '0' && c <= '9') {
            throw new Refused("may not refer back to a group");
        }
        if (!isClassEscape(c) && OTHER_ESCAPES.indexOf(c) < 0) {
            throw new Refused("has an unknown escape '\\%c'".formatted(c));
        }
        return c != 'b' && c != 'B';
    }

    private static boolean isClassEscape(char c) {
        return CLASS_ESCAPES.indexOf(c) >= 0
                || "tnrf".indexOf(c) >= 0
                || (c > ' ' && c < 127 && !Character.isLetterOrDigit(c));
    }

    /** How often an atom may stand. */
    private record Times(int min, int max) {

        private static final int UNBOUNDED = Integer.MAX_VALUE;
    }

    private boolean repetition(boolean complex, boolean repeatable) {
        Times times = times();
        if (times == null) {
            return false;
        }
        if (!repeatable) {
            throw new Refused("repeats an anchor");
        }
        if (complex) {
            throw new Refused("repeats a group that holds repetitions or alternatives of its own, which may never end");
        }
        if (at < regex.length() && regex.charAt(at) == '?') {
            at++;
        }
        if (at < regex.length() && "*+?{".indexOf(regex.charAt(at)) >= 0) {
            throw new Refused("repeats a repetition, which may never end");
        }
        if (times.max() - times.min() <= WIDE) {
            choose(times.max() - times.min() + 1);
        } else if (++unbounded > MAX_UNBOUNDED) {
            throw new Refused("may hold at most %d repetitions without a narrow bound".formatted(MAX_UNBOUNDED));
        } else {
            // Every choice is tried again for each length that the repetition can take.
            choose(UNBOUNDED_WEIGHT);
        }
        return true;
    }

    private @Nullable Times times() {
        if (at == regex.length()) {
            return null;
        }
        return switch (regex.charAt(at)) {
            case '?' -> times(1, 0, 1);
            case '*' -> times(1, 0, Times.UNBOUNDED);
            case '+' -> times(1, 1, Times.UNBOUNDED);
            case '{' -> count();
            default -> null;
        };
    }

    private Times times(int length, int min, int max) {
        at += length;
        return new Times(min, max);
    }

    /** Reads <code>{n}</code>, <code>{n,}</code> or <code>{n,m}</code>. */
    private Times count() {
        int end = regex.indexOf('}', at);
        String inside = end < 0 ? "" : regex.substring(at + 1, end);
        if (!inside.matches("[0-9]{1,3}(,[0-9]{0,3})?")) {
            throw new Refused("has a '{' that is no repetition; escape it as '\\{'");
        }
        int comma = inside.indexOf(',');
        int min = Integer.parseInt(comma < 0 ? inside : inside.substring(0, comma));
        String upper = comma < 0 ? inside : inside.substring(comma + 1);
        int max = upper.isEmpty() ? Times.UNBOUNDED : Integer.parseInt(upper);
        if (min > MAX_COUNT || (max != Times.UNBOUNDED && max > MAX_COUNT) || max < min) {
            throw new Refused("repeats more than %d times, or fewer than its own minimum".formatted(MAX_COUNT));
        }
        return times(end - at + 1, min, max);
    }

    /** Leaves the recursion with a complaint; costs no stack trace. */
    private static final class Refused extends RuntimeException {

        private final String complaint;

        private Refused(String complaint) {
            super(complaint, null, false, false);
            this.complaint = complaint;
        }
    }
}
