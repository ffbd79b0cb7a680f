package dev.waybill.syncs.mapping;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Compiles regular expressions that other people wrote, in the syntax of Python. They run in steps that grow with the text,
 * whatever they say; what they may grow to themselves is bounded here, as repetitions of repetitions are written out.
 */
final class RegexReader {

    static final int MAX_LENGTH = 1024;
    private static final long MAX_SIZE = 10_000;
    private static final java.util.regex.Pattern WITHOUT_MINIMUM = java.util.regex.Pattern.compile("\\{,[0-9]+}");

    private RegexReader() {}

    /** @throws IllegalArgumentException saying what is wrong with the expression */
    static Pattern read(String regex) {
        if (regex.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("has more than %d characters".formatted(MAX_LENGTH));
        }
        if (regex.contains("\\Q")) { // would hide brackets from the reckoning below
            throw new IllegalArgumentException("quotes by '\\Q'; escape each character by '\\' instead");
        }
        if (WITHOUT_MINIMUM.matcher(regex).find()) { // to others than Python, these are characters
            throw new IllegalArgumentException("has a repetition without a minimum; write '{0,n}' for '{,n}'");
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

    /** To Python, words and digits are those of every script; to the engine, they are those of English. */
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

    /** How many characters it comes to, about, when its counted repetitions are written out. */
    private static long size(String regex) {
        Deque<Long> outer = new ArrayDeque<>();
        long sum = 0;
        long last = 0;
        int at = 0;
        while (at < regex.length()) {
            switch (regex.charAt(at)) {
                case '(' -> {
                    outer.push(sum + last);
                    sum = 0;
                    last = 0;
                    at++;
                }
                case ')' -> {
                    last += sum;
                    sum = outer.isEmpty() ? 0 : outer.pop();
                    at++;
                }
                case '{' -> {
                    int end = regex.indexOf('}', at);
                    long times = end < 0 ? 0 : count(regex.substring(at + 1, end));
                    if (times > 0) {
                        last *= times;
                        at = end + 1;
                    } else {
                        sum += last;
                        last = 1;
                        at++;
                    }
                }
                case '[' -> {
                    sum += last;
                    last = 1;
                    at = endOfSet(regex, at);
                }
                default -> {
                    sum += last;
                    last = 1;
                    at += regex.charAt(at) == '\\' ? 2 : 1;
                }
            }
            if (sum + last > MAX_SIZE) {
                return sum + last;
            }
        }
        return sum + last;
    }

    /** The larger number of a repetition's bounds; 0 when it is none. */
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
