package dev.waybill.blobs;

import dev.waybill.buckets.FieldType;
import dev.waybill.platform.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** Properties of the content of an ingested blob; null for what is unknown or does not apply. */
record BlobFacts(
        @Nullable ObjectKey key,
        @Nullable Object inline,
        @Nullable String filename,
        @Nullable Long size,
        @Nullable String mediaType,
        @Nullable String etag,
        @Nullable String storedEtag,
        @Nullable String sha256,
        @Nullable String md5,
        @Nullable String charset) {

    static BlobFacts of(
            byte[] bytes,
            @Nullable Object inline,
            @Nullable String filename,
            String mediaType,
            @Nullable String charset) {
        String sha256 = DigestUtils.sha256Hex(bytes);
        String md5 = DigestUtils.md5Hex(bytes);
        return new BlobFacts(null, inline, filename, (long) bytes.length, mediaType, null, null, sha256, md5, charset);
    }

    /** Only text has bytes; null is content that stays at its URL. */
    static BlobFacts ofInline(BlobDraft draft, @Nullable Object value) {
        return value instanceof String text && draft.type() == FieldType.TEXT
                ? of(text.getBytes(StandardCharsets.UTF_8), text, null, "text/plain", StandardCharsets.UTF_8.name())
                : new BlobFacts(null, value, null, null, null, null, null, null, null, null);
    }

    BlobFacts(Blob blob) {
        this(
                blob.key(),
                blob.inline(),
                blob.filename(),
                blob.sizeBytes(),
                blob.mimeType(),
                blob.etag(),
                blob.storedEtag(),
                blob.sha256(),
                blob.md5(),
                blob.charset());
    }

    Blob blob(String id, BlobDraft draft, @Nullable String url) {
        return new Blob(
                id,
                draft.property(),
                draft.type(),
                draft.keyPrefix(),
                key,
                inline,
                filename,
                size,
                mediaType,
                etag,
                storedEtag,
                sha256,
                md5,
                url,
                draft.metadata(),
                charset);
    }
}
