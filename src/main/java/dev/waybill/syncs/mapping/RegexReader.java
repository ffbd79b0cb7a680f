package dev.waybill.syncs.mapping;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Compiles untrusted regular expressions in the syntax of Python. RE2/J matches in time linear in the text; the size of
 * the compiled program is bounded here, as nested repetitions are expanded.
 */
final class RegexReader {

    static final int MAX_LENGTH = 1024;
    private static final long MAX_SIZE = 10_000;
    /** Letters, or ranges that may hold them, for which the case folding of RE2/J does not terminate: its issue 168. */
    private static final java.util.regex.Pattern ENDLESS_FOLDING = java.util.regex.Pattern.compile(
            "(?s)\\(\\?[a-zA-Z]*i.*(?:[\\x{1c80}-\\x{1c88}]|\\\\x\\{0*1[cC]8[0-8]}|-(?:[\\x{1c80}-\\x{10ffff}]|\\\\x\\{))");

    private static final java.util.regex.Pattern WITHOUT_MINIMUM = java.util.regex.Pattern.compile("\\{,[0-9]+}");

    private RegexReader() {}

    /** @throws IllegalArgumentException with the error in the expression */
    static Pattern read(String regex) {
        if (regex.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("has more than %d characters".formatted(MAX_LENGTH));
        }
        if (regex.contains("\\Q")) { // would hide brackets from the size estimate below
            throw new IllegalArgumentException("quotes by '\\Q'; escape each character by '\\' instead");
        }
        if (WITHOUT_MINIMUM.matcher(regex).find()) { // to others than Python, these are characters
            throw new IllegalArgumentException("has a repetition without a minimum; write '{0,n}' for '{,n}'");
        }
        if (ENDLESS_FOLDING.matcher(regex).find()) {
            throw new IllegalArgumentException("ignores case with '(?i)' over letters of U+1C80 to U+1C88, which is not"
                    + " supported; leave '(?i)' out, or let no range end beyond U+1C7F");
        }
        if (size(regex) > MAX_SIZE) {
            throw new IllegalArgumentException("repeats repetitions so often that it would grow too large");
        }
        try {
            Pattern pattern = Pattern.compile(ofAllScripts(regex));
            if (pattern.groupCount() != 1) {
                throw new IllegalArgumentException(
                        "has %d capturing groups; write exactly one around what is wanted, and (?:...) for all others"
                                .formatted(pattern.groupCount()));
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    ("is no regular expression that can be used: %s '%s'; look-around and back-references are not"
                                    + " supported")
                            .formatted(e.getDescription(), e.getPattern()),
                    e);
        }
    }

    /** In Python, word characters and digits are those of every script; in RE2/J, only ASCII. */
    private static String ofAllScripts(String regex) {
        StringBuilder all = new StringBuilder();
        int endOfSet = 0;
        for (int at = 0; at < regex.length(); at++) {
            char c = regex.charAt(at);
            if (c == '[' && at >= endOfSet) {
                endOfSet = endOfSet(regex, at);
            }
            if (c != '\\' || at + 1 == regex.length()) {
                all.append(c);
                continue;
            }
            char escaped = regex.charAt(++at);
            boolean isInSet = at < endOfSet;
            switch (escaped) {
                case 'd' -> all.append("\\p{Nd}");
                case 'D' -> all.append("\\P{Nd}");
                case 'w' -> all.append(isInSet ? "_\\pL\\pN" : "[_\\pL\\pN]");
                case 'W' -> all.append(isInSet ? "\\W" : "[^_\\pL\\pN]");
                default -> all.append('\\').append(escaped);
            }
        }
        return all.toString();
    }

    /** Estimates the number of characters when counted repetitions are expanded. */
    private static long size(String regex) {
        Reckoning size = new Reckoning();
        int at = 0;
        while (at < regex.length() && size.sum() <= MAX_SIZE) {
            char c = regex.charAt(at);
            int end = c == '{' ? regex.indexOf('}', at) : -1;
            long times = end < 0 ? 0 : count(regex.substring(at + 1, end));
            switch (c) {
                case '(' -> size.open();
                case ')' -> size.close();
                case '{' -> size.brace(times);
                default -> size.one();
            }
            at = switch (c) {
                case '[' -> endOfSet(regex, at);
                case '\\' -> at + 2;
                default -> times > 0 ? end + 1 : at + 1;
            };
        }
        return size.sum();
    }

    /** The size of an expression as far as it was parsed. */
    private static final class Reckoning {

        private final Deque<Long> outer = new ArrayDeque<>();
        private long before;

        /** The size that a following repetition would repeat. */
        private long last;

        private void one() {
            before += last;
            last = 1;
        }

        private void open() {
            outer.push(before + last);
            before = 0;
            last = 0;
        }

        private void close() {
            last += before;
            before = outer.isEmpty() ? 0 : outer.pop();
        }

        /** @param times 0 when the brace is a literal */
        private void brace(long times) {
            if (times > 0) {
                last *= times;
            } else {
                one();
            }
        }

        private long sum() {
            return before + last;
        }
    }

    /** The upper bound of a repetition; 0 when it is none. */
    private static long count(String inside) {
        if (!inside.matches("[0-9]{1,4}(?:,[0-9]{0,4})?")) {
            return 0;
        }
        long largest = 0;
        for (String bound : inside.split(",")) {
            largest = Math.max(largest, bound.isEmpty() ? 0 : Long.parseLong(bound));
        }
        return largest;
    }

    private static int endOfSet(String regex, int from) {
        int at = from + 1;
        if (regex.startsWith("^", at)) {
            at++;
        }
        if (regex.startsWith("]", at)) {
            at++;
        }
        while (at < regex.length() && regex.charAt(at) != ']') {
            if (regex.startsWith("[:", at) && regex.indexOf(":]", at) > 0) {
                at = regex.indexOf(":]", at) + 1;
            } else if (regex.charAt(at) == '\\') {
                at++;
            }
            at++;
        }
        return at + 1;
    }
}
