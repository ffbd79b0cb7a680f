package dev.waybill.connectors.azure;

import dev.waybill.connectors.SourceFile;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A blob in a List Blobs response.
 *
 * @param elements by their paths, such as {@code Name} and {@code Properties/Etag}
 */
record AzureBlob(Map<String, String> elements) {

    SourceFile file(String container) {
        String etag = bare(text("Properties/Etag"));
        return new SourceFile(
                container + "/" + name(),
                name(),
                bytes(),
                modifiedAt(),
                etag,
                Map.of("etag", etag),
                orNull("Properties/Content-Type"),
                orNull("Properties/AccessTier"),
                kind());
    }

    /** An ETag without quotes: listings have none, headers have. */
    static String bare(String etag) {
        return etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }

    private String name() {
        return text("Name");
    }

    private long bytes() {
        String length = text("Properties/Content-Length");
        return length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }

    private SourceFile.Kind kind() {
        if (bytes() == 0 && isFolder()) {
            return SourceFile.Kind.FOLDER_MARKER;
        }
        return text("Properties/AccessTier").equals("Archive") ? SourceFile.Kind.ARCHIVED : SourceFile.Kind.FILE;
    }

    /** A hierarchical namespace lists its directories among the blobs, and tools create placeholders for folders. */
    private boolean isFolder() {
        return name().endsWith("/")
                || name().endsWith("_$folder$")
                || text("Metadata/hdi_isfolder").equalsIgnoreCase("true")
                || text("Properties/ResourceType").equals("directory");
    }

    private @Nullable Instant modifiedAt() {
        try {
            return ZonedDateTime.parse(text("Properties/Last-Modified"), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private String text(String path) {
        return elements.getOrDefault(path, "");
    }

    private @Nullable String orNull(String path) {
        String text = text(path);
        return text.isEmpty() ? null : text;
    }
}
