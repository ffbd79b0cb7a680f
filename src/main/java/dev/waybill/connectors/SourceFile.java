package dev.waybill.connectors;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file as a listing shows it.
 *
 * @param id what it is known by for ever: {@code bucket/key} for bucket-like stores
 * @param key as it is shown to people, opaque: never trimmed, decoded or folded; may hold anything
 * @param sizeBytes 0 or more
 * @param modifiedAt by the provider, at the provider's precision; for a multipart object on S3 the start of its upload
 * @param version what changes if and only if its content does, as far as the provider tells; never empty
 * @param facts what {@code version} was made of, for people: {@code etag}, {@code version_id}, ...
 * @param contentType null when listings do not tell it
 * @param storageClass null when there is none
 * @param metadata what users put beside it, as far as listings tell it; names in lower case
 * @param note why its bytes cannot be read now, a sentence; null for those that can, and where the kind says it all
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
        /** No file: it stands for a folder. */
        FOLDER_MARKER,
        /** Its bytes must be restored from an archive first. */
        ARCHIVED,
        /** The provider is still preparing it; how large it will be is not known. */
        PENDING,
        /** Its bytes are not to be had, for a reason that somebody has to mend at the provider. */
        UNAVAILABLE
    }

    public SourceFile {
        facts = Map.copyOf(facts);
        metadata = Map.copyOf(metadata);
    }

    /** One of which the listing tells no more. */
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

    /** What comes behind the last slash of its key; may be anything, also empty. */
    public String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
