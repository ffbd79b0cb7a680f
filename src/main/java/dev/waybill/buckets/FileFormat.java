package dev.waybill.buckets;

import dev.waybill.platform.storage.MediaTypes;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Media types: which the bytes show, and which a property of a schema takes. */
public final class FileFormat {

    private static final Set<String> VIDEO =
            Set.of("application/mp4", "application/x-matroska", "application/vnd.rn-realmedia");
    private static final Set<String> AUDIO = Set.of("application/ogg");
    private static final Set<String> SHEETS = Set.of(
            "application/vnd.ms-excel",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/x-tika-msoffice",
            "application/x-tika-ooxml",
            "text/csv");
    private static final Set<String> DOCUMENTS = Set.of(
            "application/pdf",
            "application/rtf",
            "application/epub+zip",
            "application/msword",
            "application/vnd.ms-powerpoint",
            "application/xhtml+xml",
            "application/xml",
            "application/x-tika-msoffice",
            "application/x-tika-ooxml");
    private static final Set<String> TEXTUAL = Set.of(
            "application/json",
            "application/xml",
            "application/xhtml+xml",
            "application/javascript",
            "application/x-ndjson",
            "application/yaml",
            "application/x-yaml",
            "application/x-sh",
            "application/sql",
            "application/x-subrip");

    private FileFormat() {}

    /**
     * The type of bytes that are to fill a property. Plain text that its sender calls JSON is taken at its word: the first
     * bytes cannot tell them apart.
     *
     * @param told the media type that came along; null when none did
     */
    public static String detect(byte[] head, String filename, @Nullable FieldType property, @Nullable String told) {
        String detected = MediaTypes.detect(head, filename);
        boolean json = property == FieldType.JSON
                && detected.equals("text/plain")
                && told != null
                && MediaTypes.normalize(told)
                        .filter(type -> fits(FieldType.JSON, type))
                        .isPresent();
        return json ? "application/json" : detected;
    }

    /** Whether a property of that type takes bytes of that media type. */
    public static boolean fits(FieldType type, String mediaType) {
        return switch (type) {
            case IMAGE -> mediaType.startsWith("image/");
            case AUDIO -> mediaType.startsWith("audio/") || AUDIO.contains(mediaType);
            case VIDEO -> mediaType.startsWith("video/") || VIDEO.contains(mediaType);
            case PDF -> mediaType.equals("application/pdf");
            case EXCEL ->
                SHEETS.contains(mediaType)
                        || mediaType.startsWith("application/vnd.ms-excel")
                        || mediaType.startsWith("application/vnd.openxmlformats-officedocument.spreadsheetml");
            case TEXT -> isText(mediaType);
            case JSON ->
                mediaType.equals("application/json")
                        || mediaType.equals("application/x-ndjson")
                        || mediaType.endsWith("+json");
            case DOCUMENT ->
                isText(mediaType)
                        || DOCUMENTS.contains(mediaType)
                        || mediaType.startsWith("application/vnd.openxmlformats-officedocument")
                        || mediaType.startsWith("application/vnd.oasis.opendocument")
                        || mediaType.startsWith("application/vnd.ms-word");
            case BINARY -> true;
            case STRING, NUMBER, INTEGER, FLOAT, BOOLEAN, OBJECT, ARRAY, DATE, DATETIME -> false;
        };
    }

    /** What people call a media type: {@code PNG} for {@code image/png}. */
    public static String label(String mediaType) {
        return switch (mediaType) {
            case MediaTypes.UNKNOWN -> "unrecognized bytes";
            case "application/x-empty" -> "an empty file";
            case "text/plain" -> "TEXT";
            default -> {
                String subtype = mediaType.substring(mediaType.indexOf('/') + 1);
                yield (subtype.startsWith("x-") ? subtype.substring(2) : subtype).toUpperCase(Locale.ROOT);
            }
        };
    }

    private static boolean isText(String mediaType) {
        return mediaType.startsWith("text/")
                || TEXTUAL.contains(mediaType)
                || mediaType.endsWith("+json")
                || (mediaType.endsWith("+xml") && !mediaType.startsWith("image/"));
    }
}
