package dev.waybill.connectors;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file at a source, as a listing shows it.
 *
 * @param id its stable id: {@code bucket/key} for bucket-like stores
 * @param key as it is shown to people, opaque: never trimmed, decoded or folded; may contain anything
 * @param sizeBytes 0 or more
 * @param modifiedAt by the provider, at the provider's precision; for a multipart object on S3 the start of its upload
 * @param version changes if and only if its content does, as far as the provider reports; never empty
 * @param facts what {@code version} is derived from, for people: {@code etag}, {@code version_id}, ...
 * @param contentType null when listings do not contain it
 * @param storageClass null when there is none
 * @param metadata user metadata, as far as listings contain it; names in lower case
 * @param note why its bytes cannot be read now, a sentence; null for those that can, and where the kind says enough
 */
public record SourceFile(
        String id,
        String key,
        long sizeBytes,
        @Nullable Instant modifiedAt,
        String version,
        Map<String, String> facts,
        @Nullable String contentType,
        @Nullable String storageClass,
        Kind kind,
        Map<String, String> metadata,
        @Nullable String note) {

    /** What can be done with it. */
    public enum Kind {
        /** Its bytes can be read. */
        FILE,
        /** A placeholder object for a folder. */
        FOLDER_MARKER,
        /** Its bytes must be restored from an archive first. */
        ARCHIVED,
        /** The provider is still preparing it; its size is not known. */
        PENDING,
        /** Its bytes are not available, for a reason that has to be fixed at the provider. */
        UNAVAILABLE
    }

    public SourceFile {
        facts = Map.copyOf(facts);
        metadata = Map.copyOf(metadata);
    }

    /** Without metadata and note. */
    public SourceFile(
            String id,
            String key,
            long sizeBytes,
            @Nullable Instant modifiedAt,
            String version,
            Map<String, String> facts,
            @Nullable String contentType,
            @Nullable String storageClass,
            Kind kind) {
        this(id, key, sizeBytes, modifiedAt, version, facts, contentType, storageClass, kind, Map.of(), null);
    }

    /** The part of its key after the last slash; may be anything, also empty. */
    public String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
