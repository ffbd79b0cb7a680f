package dev.waybill.syncs.filters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A glob pattern for names or paths: {@code *} is any characters, {@code /} too; {@code ?} is one; {@code [a-z]} one of
 * a set, {@code [!a-z]} one that is not in it; {@code **}{@code /} at the start of a part also stands for no folder at
 * all. Case-sensitive. Matching takes time proportional to text length times pattern length at most.
 */
final class Glob {

    private static final int STAR = -1;
    private static final int ANY = -2;
    private static final int FIRST_SET = -3;

    private final String pattern;
    private final boolean isOfPaths;
    private final int[] tokens;
    private final boolean[] skippable;
    private final List<CharacterSet> sets;

    private Glob(String pattern, boolean isOfPaths, int[] tokens, boolean[] skippable, List<CharacterSet> sets) {
        this.pattern = pattern;
        this.isOfPaths = isOfPaths;
        this.tokens = tokens;
        this.skippable = skippable;
        this.sets = sets;
    }

    /** @throws IllegalArgumentException with the error in the pattern */
    static Glob of(String pattern) {
        return new Reader(pattern.startsWith("/") ? pattern.substring(1) : pattern).read(pattern);
    }

    /**
     * A pattern without a slash is matched against the name, any other against the path below the source path and the
     * whole key.
     */
    boolean takes(String name, String below, String key) {
        return isOfPaths ? matches(below) || (!below.equals(key) && matches(key)) : matches(name);
    }

    /** Whether it matches a whole text. All alternatives are followed in parallel. */
    boolean matches(String text) {
        Places now = new Places(tokens.length + 1);
        reach(0, now);
        for (int i = 0; i < text.length() && !now.isEmpty(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            Places next = new Places(tokens.length + 1);
            for (int position = now.next(0);
                    position >= 0 && position < tokens.length;
                    position = now.next(position + 1)) {
                if (tokens[position] == STAR) { // has matched a character, and so can no longer be skipped
                    next.add(position);
                    reach(position + 1, next);
                } else if (takes(tokens[position], c)) {
                    reach(position + 1, next);
                }
            }
            now = next;
        }
        return now.has(tokens.length);
    }

    private void reach(int position, Places positions) {
        positions.add(position);
        if (position < tokens.length && tokens[position] == STAR) {
            reach(position + 1, positions);
            if (skippable[position]) {
                reach(position + 2, positions);
            }
        }
    }

    private boolean takes(int token, int c) {
        return token == ANY
                || token == c
                || (token <= FIRST_SET && sets.get(FIRST_SET - token).has(c));
    }

    /** The original pattern. */
    @Override
    public String toString() {
        return pattern;
    }

    /** A character set, as ranges. */
    private record CharacterSet(boolean isNegated, List<int[]> ranges) {

        boolean has(int c) {
            return ranges.stream().anyMatch(range -> range[0] <= c && c <= range[1]) != isNegated;
        }
    }

    /** Positions within the tokens, as a bit set. */
    private static final class Places {

        private final long[] words;

        private Places(int count) {
            words = new long[(count + Long.SIZE - 1) / Long.SIZE];
        }

        void add(int position) {
            words[position / Long.SIZE] |= 1L << position;
        }

        boolean has(int position) {
            return (words[position / Long.SIZE] & 1L << position) != 0;
        }

        boolean isEmpty() {
            return Arrays.stream(words).allMatch(word -> word == 0);
        }

        /** The first position at or after; -1 when there is none. */
        int next(int from) {
            int word = from / Long.SIZE;
            if (word >= words.length) {
                return -1;
            }
            long left = words[word] & -1L << from;
            while (left == 0) {
                if (++word == words.length) {
                    return -1;
                }
                left = words[word];
            }
            return word * Long.SIZE + Long.numberOfTrailingZeros(left);
        }
    }

    private static final class Reader {

        private final int[] text;
        private final List<Integer> tokens = new ArrayList<>();
        private final List<Boolean> skippable = new ArrayList<>();
        private final List<CharacterSet> sets = new ArrayList<>();
        private int at;

        private Reader(String text) {
            this.text = text.codePoints().toArray();
        }

        Glob read(String pattern) {
            while (at < text.length) {
                switch (text[at]) {
                    case '*' -> stars();
                    case '?' -> token(ANY, false);
                    case '[' -> set();
                    default -> token(text[at], false);
                }
                at++;
            }
            boolean[] skips = new boolean[tokens.size()];
            for (int i = 0; i < skips.length; i++) {
                skips[i] = skippable.get(i);
            }
            return new Glob(
                    pattern,
                    pattern.indexOf('/') >= 0,
                    tokens.stream().mapToInt(Integer::intValue).toArray(),
                    skips,
                    sets);
        }

        private void token(int token, boolean skips) {
            tokens.add(token);
            skippable.add(skips);
        }

        /** Consecutive stars are one; exactly two before a slash, at the start of a part, are skippable with it. */
        private void stars() {
            int from = at;
            while (at + 1 < text.length && text[at + 1] == '*') {
                at++;
            }
            boolean beginsPart = from == 0 || text[from - 1] == '/';
            boolean endsPart = at + 1 < text.length && text[at + 1] == '/';
            token(STAR, at == from + 1 && beginsPart && endsPart);
        }

        private void set() {
            int from = at++;
            boolean isNegated = at < text.length && (text[at] == '!' || text[at] == '^');
            if (isNegated) {
                at++;
            }
            List<int[]> ranges = new ArrayList<>();
            // A bracket right at the start is a member of the set, as in every shell.
            while (at < text.length && (text[at] != ']' || ranges.isEmpty())) {
                boolean isRange = at + 2 < text.length && text[at + 1] == '-' && text[at + 2] != ']';
                int last = isRange ? text[at + 2] : text[at];
                if (last < text[at]) {
                    throw new IllegalArgumentException(
                            "has the range '%s' in a set, which is empty".formatted(new String(text, at, 3)));
                }
                ranges.add(new int[] {text[at], last});
                at += isRange ? 3 : 1;
            }
            if (at >= text.length) {
                throw new IllegalArgumentException(
                        "has a '[' without its ']' at character %d; write '[[]' for the bracket itself"
                                .formatted(from + 1));
            }
            token(FIRST_SET - sets.size(), false);
            sets.add(new CharacterSet(isNegated, List.copyOf(ranges)));
        }
    }
}
