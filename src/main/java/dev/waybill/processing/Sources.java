package dev.waybill.processing;

import static java.util.Objects.requireNonNullElse;

import dev.waybill.blobs.Blob;
import dev.waybill.collections.ExtractedDocument;
import dev.waybill.extraction.ExtractionSource;
import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Opens blobs and documents as sources for extractors. */
@Component
class Sources {

    private static final String TEXT = "text/plain";
    private static final String JSON = "application/json";
    private static final String UNKNOWN = "application/octet-stream";

    /**
     * A blob or document to read.
     *
     * @param id of the blob or document
     * @param stored null when its bytes are not in storage
     */
    record Source(
            String id, ExtractionSource content, @Nullable SourceBytes stored) {}

    private final ObjectStorage storage;
    private final JsonMapper json;

    Sources(ObjectStorage storage, JsonMapper json) {
        this.storage = storage;
        this.json = json;
    }

    /** A blob's content; empty when it has none that could be read. */
    Optional<Source> of(Blob blob) {
        ObjectKey key = blob.key();
        String name = blob.filename();
        if (key != null) {
            SourceBytes bytes = new SourceBytes(storage, key, blob.pin() == null ? null : ETag.of(blob.pin(), true));
            String type = requireNonNullElse(blob.mimeType(), UNKNOWN);
            String declaredType = blob.charset() == null ? type : type + "; charset=" + blob.charset();
            return Optional.of(new Source(
                    blob.id(),
                    new ExtractionSource(
                            requireNonNullElse(name, key.filename()),
                            declaredType,
                            requireNonNullElse(blob.sizeBytes(), 0L),
                            new UnpackedBytes(bytes, type)),
                    bytes));
        }
        Object inline = blob.inline();
        if (inline == null || !blob.type().isBlob()) {
            return Optional.empty();
        }
        if (inline instanceof String text) {
            String named = requireNonNullElse(name, blob.property() + ".txt");
            return Optional.of(inline(blob.id(), named, requireNonNullElse(blob.mimeType(), TEXT), text));
        }
        String named = requireNonNullElse(name, blob.property() + ".json");
        return Optional.of(inline(blob.id(), named, JSON, json.writeValueAsString(inline)));
    }

    /** A document's text; empty when it has none. */
    Optional<Source> of(ExtractedDocument extractedDocument) {
        return extractedDocument.fields().get("text") instanceof String text
                ? Optional.of(inline(extractedDocument.id().value(), extractedDocument.id() + ".txt", TEXT, text))
                : Optional.empty();
    }

    private static Source inline(String id, String filename, String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Source(
                id, new ExtractionSource(filename, type, bytes.length, () -> new ByteArrayInputStream(bytes)), null);
    }
}
