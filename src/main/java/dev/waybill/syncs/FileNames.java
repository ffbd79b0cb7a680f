package dev.waybill.syncs;

import dev.waybill.connectors.SourceFile;

/** What copied files are called. */
final class FileNames {

    private static final int MAX = 120;

    private FileNames() {}

    /** What a file of a source is called, without its folders; may be anything, also empty. */
    static String of(SourceFile file) {
        return file.key().substring(file.key().lastIndexOf('/') + 1);
    }

    /** A name that can stand in a key and on a disk. */
    static String safe(String name) {
        String plain = name.replaceAll("[\\p{Cntrl}/\\\\\\x{2028}\\x{2029}]|\\p{Cs}", "_")
                .strip();
        String cut =
                plain.length() <= MAX ? plain : plain.substring(plain.offsetByCodePoints(plain.length(), -MAX / 2));
        return cut.isBlank() || cut.equals(".") || cut.equals("..") ? "file" : cut;
    }
}
