package dev.waybill.platform.formats;

/**
 * Detects JSON texts that are one string, number or literal. RFC 8259 section 2: any value is a JSON text, not only an
 * object or an array.
 */
final class JsonScalar {

    private static final int MAX_NUMBER = 400;

    private JsonScalar() {}

    /** Whether all of the file is one that begins there, white space left out. */
    static boolean is(FileBytes bytes, int from) {
        long end = bytes.size();
        if (!bytes.isWhole()) {
            return false;
        }
        while (end > from && isSpace(bytes.u8(end - 1))) {
            end--;
        }
        int length = (int) (end - from);
        return switch (bytes.u8(from)) {
            case '"' -> isString(bytes, from, end);
            case 't' -> length == 4 && bytes.is(from, "true");
            case 'n' -> length == 4 && bytes.is(from, "null");
            case 'f' -> length == 5 && bytes.is(from, "false");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> isNumber(bytes, from, end);
            default -> false;
        };
    }

    private static boolean isString(FileBytes bytes, long from, long end) {
        for (long at = from + 1; at < end; at++) {
            int character = bytes.u8(at);
            if (character == '"') {
                return at + 1 == end;
            }
            if (character < ' ') {
                return false;
            }
            at += character == '\\' ? 1 : 0;
        }
        return false;
    }

    /** Section 6. */
    private static boolean isNumber(FileBytes bytes, long from, long end) {
        if (end - from > MAX_NUMBER) {
            return false;
        }
        StringBuilder number = new StringBuilder();
        for (long at = from; at < end; at++) {
            number.append((char) bytes.u8(at));
        }
        return number.toString().matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    }

    private static boolean isSpace(int character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }
}
