package dev.waybill.extraction;

/** Removes from a text what parsers leave of a layout: blanks at the ends of lines, and many empty lines. */
final class LayoutCleanup {

    private static final int MAX_LINE_ENDS = 2;

    private LayoutCleanup() {}

    /**
     * The text without blanks around it and at the ends of its lines, and with one empty line where there were more.
     * Each character is read a bounded number of times, whatever the text: searching with a pattern starts over at
     * every blank of a long row of them.
     */
    static String tidy(String text) {
        StringBuilder tidy = new StringBuilder(text.length());
        int position = 0;
        while (position < text.length()) {
            int gap = end(text, position, false);
            tidy.append(text, position, gap);
            position = end(text, gap, true);
            close(text, gap, position, tidy);
        }
        return tidy.toString().strip();
    }

    private static int end(String text, int from, boolean ofGap) {
        int end = from;
        while (end < text.length() && isGap(text.charAt(end)) == ofGap) {
            end++;
        }
        return end;
    }

    private static void close(String text, int from, int to, StringBuilder tidy) {
        int lineEnds = 0;
        int lastLineEnd = from;
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '\n') {
                lineEnds++;
                lastLineEnd = i;
            }
        }
        if (lineEnds > MAX_LINE_ENDS) {
            tidy.append("\n\n").append(text, lastLineEnd + 1, to);
            return;
        }
        int blanks = tidy.length();
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                tidy.setLength(blanks);
            }
            tidy.append(c);
            blanks = isBlank(c) ? blanks : tidy.length();
        }
    }

    private static boolean isGap(char c) {
        return isBlank(c) || c == '\n' || c == '\r' || c == '\f' || c == '\u000B';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
