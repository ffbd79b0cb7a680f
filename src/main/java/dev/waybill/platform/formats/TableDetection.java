package dev.waybill.platform.formats;

import org.jspecify.annotations.Nullable;

/**
 * Detects whether text is a table: by its rows, or as Excel and others write theirs into markup and call it
 * {@code .xls}.
 */
final class TableDetection {

    /** Each is known by one of these: SpreadsheetML 2003's name space, Excel's own, and HTML's table. */
    private static final String[] MARKS = {
        "urn:schemas-microsoft-com:office:spreadsheet", "urn:schemas-microsoft-com:office:excel", "<table", "<TABLE"
    };

    private static final String SEPARATORS = "\t;,|";
    private static final int MAX_ROWS = 20;

    private TableDetection() {}

    /** @param bytes of markup in a charset that ASCII is part of */
    static boolean isMarkup(FileBytes bytes) {
        byte[] head = bytes.head();
        for (int at = 0; at < bytes.headLength(); at++) {
            if (head[at] == '<' || head[at] == 'u') {
                for (String mark : MARKS) {
                    if (bytes.is(at, mark)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The type of two rows and more, with as many separators in each, and one at least; null when it is no table. */
    static @Nullable String ofRows(FileBytes bytes) {
        for (int i = 0; i < SEPARATORS.length(); i++) {
            if (isRows(bytes, SEPARATORS.charAt(i))) {
                return i == 0 ? "text/tab-separated-values" : "text/csv";
            }
        }
        return null;
    }

    private static boolean isRows(FileBytes bytes, char separator) {
        int end = bytes.headLength();
        int rows = 0;
        int wanted = 0;
        int seen = 0;
        boolean isQuoted = false;
        for (int at = 0; at < end && rows < MAX_ROWS; at++) {
            int character = bytes.head()[at];
            isQuoted ^= character == '"';
            if (character == separator && !isQuoted) {
                seen++;
            }
            boolean isLast = at + 1 == end && bytes.isWhole() && character != '\n';
            if ((character == '\n' && !isQuoted) || isLast) {
                wanted = rows == 0 ? seen : wanted;
                if (seen == 0 || seen != wanted) {
                    return false;
                }
                rows++;
                seen = 0;
            }
        }
        return rows > 1;
    }
}
