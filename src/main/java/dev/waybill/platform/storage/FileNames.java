package dev.waybill.platform.storage;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Names of files: which are taken from clients, what becomes of those that others gave, and how they stand in keys. Nothing
 * in a name may turn the direction of writing: with U+202E in it, {@code annexe.exe} can be shown as {@code annex.exe.jpg}.
 */
public final class FileNames {

    /** One thing wrong with a name: what would be right, and a stable word for it. */
    public record Problem(String message, String type) {}

    /** Longer names would make URLs longer than the 2083 characters that clients take. */
    private static final int MAX_ENCODED = 600;

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
        if (filename.codePoints().anyMatch(FileNames::controls)) {
            problems.add(new Problem("must not hold control characters", "value_error"));
        }
        String turning = filename.codePoints()
                .filter(FileNames::turns)
                .distinct()
                .mapToObj("U+%04X"::formatted)
                .collect(Collectors.joining(", "));
        if (!turning.isEmpty()) {
            problems.add(new Problem(
                    "must not hold %s, which changes the direction of writing; remove it".formatted(turning),
                    "value_error"));
        }
        if (filename.isBlank()) {
            problems.add(new Problem("must not be blank", "string_too_short"));
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(filename)) {
            problems.add(new Problem("must be valid Unicode: it holds half of a surrogate pair", "value_error"));
        }
        return problems;
    }

    /**
     * What a file is called whose name nobody can be asked to change, because a URL or a provider gave it: as it is called
     * there, with {@code _} in place of what no client may send, and no more than the last 120 characters of it.
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
        return letter != '/'
                && letter != '\\'
                && !controls(letter)
                && !turns(letter)
                && Character.getType(letter) != Character.SURROGATE;
    }

    private static boolean controls(int letter) {
        return Character.isISOControl(letter) || letter == 0x2028 || letter == 0x2029;
    }

    /** Unicode's <a href="https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters">Bidi_Control</a>. */
    private static boolean turns(int letter) {
        return letter == 0x061C
                || letter == 0x200E
                || letter == 0x200F
                || (letter >= 0x202A && letter <= 0x202E)
                || (letter >= 0x2066 && letter <= 0x2069);
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
