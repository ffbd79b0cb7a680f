package dev.waybill.projects;

import dev.waybill.platform.formats.DetectionInput;
import dev.waybill.platform.formats.DetectionResult;
import dev.waybill.platform.formats.FileKind;
import dev.waybill.platform.formats.Formats;
import dev.waybill.platform.formats.MediaTypes;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One of the media types that a project accepts, checked as a property of a bucket is: {@code image/*} is whatever an
 * image property accepts.
 *
 * @param written such as {@code image/png} or {@code image/*}, or any type
 * @param kind the kind of property that corresponds to it, or to its tree; null when none does
 */
public record AcceptedType(String written, @Nullable FileKind kind) {

    private static final String ANY = "*/*";

    static AcceptedType of(String written) {
        return new AcceptedType(written, kind(written));
    }

    private static @Nullable FileKind kind(String written) {
        String type = written.endsWith("/*") ? written : MediaTypes.canonical(written);
        return switch (type.substring(0, type.indexOf('/'))) {
            case "image" -> FileKind.IMAGE;
            case "video" -> FileKind.VIDEO;
            case "audio" -> FileKind.AUDIO;
            case "text" -> FileKind.TEXT;
            default ->
                type.equals("application/json") ? FileKind.JSON : type.equals("application/pdf") ? FileKind.PDF : null;
        };
    }

    /**
     * Whether a file whose bytes are not yet known may be accepted.
     *
     * @param declared its media type as it was sent
     */
    boolean mayAccept(String declared, String filename) {
        List<String> expected = Formats.expected(declared, filename);
        if (expected.isEmpty()) {
            return true;
        }
        if (isWhole()) {
            return kind == null ? isInTree(declared, expected) : kind.mayTake(expected);
        }
        return MediaTypes.canonical(declared).equals(MediaTypes.canonical(written))
                || expected.stream()
                        .anyMatch(type -> type.equals(MediaTypes.canonical(written)) || Formats.mayHold(type, written));
    }

    /** Detects the type of the bytes; {@link #accepts} decides by it. */
    public DetectionResult detect(DetectionInput file) {
        DetectionInput input = file.of(kind);
        return Formats.answer(isWhole() ? input : input.declaredAs(written));
    }

    /** Whether bytes with this detection result are accepted. */
    public boolean accepts(DetectionResult result, String declared) {
        boolean fits = result instanceof DetectionResult.Fits && result.isAsDeclared();
        return fits && (!isWhole() || kind != null || isInTree(declared, List.of(result.mediaType())));
    }

    /** Whether it is a tree of types, or all that a kind of property accepts: JSON Lines is JSON line by line. */
    private boolean isWhole() {
        return written.endsWith("/*") || kind == FileKind.JSON || kind == FileKind.PDF;
    }

    /** By any of the type's aliases. */
    private boolean isInTree(String declared, List<String> types) {
        String tree = written.substring(0, written.length() - 1);
        return written.equals(ANY)
                || declared.toLowerCase(Locale.ROOT).startsWith(tree)
                || types.stream().anyMatch(type -> type.startsWith(tree));
    }
}
