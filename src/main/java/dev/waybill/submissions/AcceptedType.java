package dev.waybill.submissions;

import dev.waybill.platform.formats.DetectionInput;
import dev.waybill.platform.formats.DetectionResult;
import dev.waybill.platform.formats.FileKind;
import dev.waybill.platform.formats.Formats;
import dev.waybill.platform.formats.MediaTypes;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One of the types that a project takes, asked what a property of a bucket would be asked: {@code image/*} is whatever an
 * image property takes.
 *
 * @param written such as {@code image/png} or {@code image/*}, or any type
 * @param kind what stands for it among properties, or for its tree; null when nothing does
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
     * Whether a file that nobody has seen yet may be taken.
     *
     * @param declared its media type as it was sent
     */
    boolean mayTake(String declared, String filename) {
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

    /** What is to be said of the bytes, and by {@link #takes} whether they are taken. */
    public DetectionResult answer(DetectionInput question) {
        DetectionInput ours = question.of(kind);
        return Formats.answer(isWhole() ? ours : ours.declaredAs(written));
    }

    /** Whether the bytes are taken that this was answered of. */
    public boolean takes(DetectionResult answer, String declared) {
        boolean fits = answer instanceof DetectionResult.Fits && answer.isAsDeclared();
        return fits && (!isWhole() || kind != null || isInTree(declared, List.of(answer.mediaType())));
    }

    /** Whether it is a tree of types, or all that a kind of property takes: JSON Lines is JSON line by line. */
    private boolean isWhole() {
        return written.endsWith("/*") || kind == FileKind.JSON || kind == FileKind.PDF;
    }

    /** By any of the names that types have. */
    private boolean isInTree(String declared, List<String> types) {
        String tree = written.substring(0, written.length() - 1);
        return written.equals(ANY)
                || declared.toLowerCase(Locale.ROOT).startsWith(tree)
                || types.stream().anyMatch(type -> type.startsWith(tree));
    }
}
