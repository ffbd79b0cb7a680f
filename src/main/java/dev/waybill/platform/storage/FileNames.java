package dev.waybill.platform.storage;

import dev.waybill.platform.text.Letters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The rules for file names: which are accepted from clients, how those that others gave are sanitized, and how names
 * stand in keys. Nothing in a name may turn the direction of writing: with U+202E in it, {@code annexe.exe} can be
 * shown as {@code annex.exe.jpg}.
 */
public final class FileNames {

    /** One thing wrong with a name: what would be right, and a stable word for it. */
    public record Problem(String message, String type) {}

    /** Longer names would make URLs longer than the 2083 characters that clients take. */
    private static final int MAX_ENCODED = 600;

    /** File systems take 255 bytes, of which servers that store in one, such as S3Proxy, need some for their own. */
    private static final int MAX_BYTES = 200;

    private static final int MAX_SAFE = 120;

    private FileNames() {}

    /** What is wrong with a name; empty when it is a bare file name. */
    public static List<Problem> problems(String filename) {
        List<Problem> problems = new ArrayList<>();
        boolean path =
                filename.contains("/") || filename.contains("\\") || filename.equals(".") || filename.equals("..");
        if (path) {
            problems.add(new Problem("must be a bare file name, without / or \\", "value_error"));
        }
        Letters.problems(filename).forEach(problem -> problems.add(new Problem(problem, "value_error")));
        if (filename.isBlank()) {
            problems.add(new Problem("must not be blank", "string_too_short"));
        }
        return problems;
    }

    /**
     * What a file is called whose name nobody can be asked to change, because a URL or a provider gave it: as it is
     * called there, with {@code _} in place of what no client may send, and no more than the last 120 characters of it.
     */
    public static String safe(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        name.codePoints().map(letter -> stands(letter) ? letter : '_').forEach(letters::appendCodePoint);
        String plain = letters.toString().strip();
        int begin = Math.max(0, plain.length() - MAX_SAFE);
        boolean isWithinLetter = begin > 0 && Character.isLowSurrogate(plain.charAt(begin));
        String cut = plain.substring(isWithinLetter ? begin + 1 : begin).strip();
        return cut.isBlank() || cut.equals(".") || cut.equals("..") ? "file" : cut;
    }

    private static boolean stands(int letter) {
        return letter != '/' && letter != '\\' && Letters.stands(letter);
    }

    /**
     * The name as the end of a key: as it is, unless that would be too long for URLs or file systems; then its start
     * and its extension.
     */
    public static String inKey(String filename) {
        return isShort(filename) ? filename : shortened(filename, FileNames::isShort);
    }

    /** As much of a name's start, in whole letters, as fits with its extension; empty when not even one letter does. */
    public static String shortened(String filename, Predicate<String> fits) {
        int dot = filename.lastIndexOf('.');
        String extension = dot > 0 && filename.length() - dot <= 16 ? filename.substring(dot) : "";
        int end = filename.length() - extension.length();
        while (end > 0 && !fits.test(filename.substring(0, end) + extension)) {
            end = filename.offsetByCodePoints(end, -1);
        }
        return end == 0 ? "" : filename.substring(0, end) + extension;
    }

    private static boolean isShort(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).length() <= MAX_ENCODED
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }
}
