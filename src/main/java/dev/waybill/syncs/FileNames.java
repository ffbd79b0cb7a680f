package dev.waybill.syncs;

/** What copied files are called. */
final class FileNames {

    private static final int MAX = 120;

    private FileNames() {}

    /** A name that can stand in a key and on a disk. */
    static String safe(String name) {
        StringBuilder letters = new StringBuilder();
        name.codePoints().map(letter -> stands(letter) ? letter : '_').forEach(letters::appendCodePoint);
        String plain = letters.toString().strip();
        String cut =
                plain.length() <= MAX ? plain : plain.substring(plain.offsetByCodePoints(plain.length(), -MAX / 2));
        return cut.isBlank() || cut.equals(".") || cut.equals("..") ? "file" : cut;
    }

    private static boolean stands(int letter) {
        boolean breaks = letter == '/' || letter == '\\' || letter == 0x2028 || letter == 0x2029;
        return !breaks && !Character.isISOControl(letter) && Character.getType(letter) != Character.SURROGATE;
    }
}
