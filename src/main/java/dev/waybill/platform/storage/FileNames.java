package dev.waybill.platform.storage;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Names of files as clients give them: which are taken, and how they stand in keys. */
public final class FileNames {

    /** One thing wrong with a name: what would be right, and a stable word for it. */
    public record Problem(String message, String type) {}

    /** Longer names would make URLs longer than the 2083 characters that clients take. */
    private static final int MAX_ENCODED = 600;

    private FileNames() {}

    /** What is wrong with a name; empty when it is a bare file name. */
    public static List<Problem> problems(String filename) {
        List<Problem> problems = new ArrayList<>();
        boolean path =
                filename.contains("/") || filename.contains("\\") || filename.equals(".") || filename.equals("..");
        if (path) {
            problems.add(new Problem("must be a bare file name, without / or \\", "value_error"));
        }
        if (filename.chars().anyMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029')) {
            problems.add(new Problem("must not hold control characters", "value_error"));
        }
        if (filename.isBlank()) {
            problems.add(new Problem("must not be blank", "string_too_short"));
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(filename)) {
            problems.add(new Problem("must be valid Unicode: it holds half of a surrogate pair", "value_error"));
        }
        return problems;
    }

    /** The name as the end of a key: as it is, unless it would make the URL too long; then its start and its extension. */
    public static String inKey(String filename) {
        if (encodedLength(filename) <= MAX_ENCODED) {
            return filename;
        }
        int dot = filename.lastIndexOf('.');
        String extension = dot > 0 && filename.length() - dot <= 16 ? filename.substring(dot) : "";
        int end = filename.length() - extension.length();
        while (encodedLength(filename.substring(0, end) + extension) > MAX_ENCODED) {
            end = filename.offsetByCodePoints(end, -1);
        }
        return filename.substring(0, end) + extension;
    }

    private static int encodedLength(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).length();
    }
}
