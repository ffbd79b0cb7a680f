package dev.waybill.buckets;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.Tika;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/** Media types: which the bytes show, and which a property of a schema takes. */
public final class FileFormat {

    /** How many of the first bytes tell the type; Tika's registry looks no further than this. */
    public static final int HEAD_BYTES = 8192;

    public static final String UNKNOWN = "application/octet-stream";

    private static final MediaTypeRegistry REGISTRY = MediaTypeRegistry.getDefaultRegistry();
    private static final Tika TIKA = new Tika();
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

    /** The type and subtype in lower case without parameters, or empty when it is no media type that can be signed. */
    public static Optional<String> normalize(String contentType) {
        try {
            MimeType parsed = MimeTypeUtils.parseMimeType(contentType);
            boolean plain = contentType.chars().allMatch(c -> c >= 0x20 && c < 0x7f) && !contentType.contains("*");
            return plain
                    ? Optional.of((parsed.getType() + "/" + parsed.getSubtype()).toLowerCase(Locale.ROOT))
                    : Optional.empty();
        } catch (InvalidMimeTypeException malformed) {
            return Optional.empty();
        }
    }

    /** The type that a name suggests, {@link #UNKNOWN} when it suggests none. */
    public static String ofName(String filename) {
        return TIKA.detect(filename);
    }

    /**
     * The type that the bytes show. The name only refines what the bytes leave open (a ZIP that is an Office file, text
     * that is CSV); it never overrules them, and bytes that show nothing stay unknown.
     */
    public static String detect(byte[] head, String filename) {
        if (head.length == 0) {
            return "application/x-empty";
        }
        MediaType shown = MediaType.parse(TIKA.detect(head));
        return shown == null ? UNKNOWN : refine(shown, filename).getBaseType().toString();
    }

    /**
     * The type of bytes that are to fill a property. Plain text that its sender calls JSON is taken at its word: the first
     * bytes cannot tell them apart.
     *
     * @param told the media type that came along; null when none did
     */
    public static String detect(byte[] head, String filename, @Nullable FieldType property, @Nullable String told) {
        String detected = detect(head, filename);
        boolean json = property == FieldType.JSON
                && detected.equals("text/plain")
                && told != null
                && normalize(told).filter(type -> fits(FieldType.JSON, type)).isPresent();
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
            case UNKNOWN -> "unrecognized bytes";
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

    private static MediaType refine(MediaType shown, String filename) {
        if (shown.equals(MediaType.OCTET_STREAM)) {
            return shown;
        }
        MediaType named = MediaType.parse(ofName(filename));
        if (named == null || named.equals(MediaType.OCTET_STREAM)) {
            return shown;
        }
        return REGISTRY.isSpecializationOf(named, shown) ? named : shown;
    }
}
