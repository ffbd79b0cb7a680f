package dev.waybill.uploads.verification;

import dev.waybill.platform.storage.ETag;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of a verification: what was checked against the bytes in storage, and how; stored with the upload.
 *
 * @param sizeBytes as reported by storage
 * @param sizeMatch whether it is the size that the client declared; null when it declared none
 * @param etagMatch whether it is the ETag that the client sent; null when it sent none
 * @param checksum null when there was no hash to verify
 * @param detectedType the media type that the first bytes show
 * @param charset what text is encoded in, as the first bytes show; null when it is no text
 * @param contentEncoding how the bytes are compressed, stored as their Content-Encoding; null when they are not
 * @param versionId null where the bucket keeps no versions
 */
public record VerificationEvidence(
        long sizeBytes,
        @Nullable Boolean sizeMatch,
        ETag.Kind etagKind,
        @Nullable Boolean etagMatch,
        @Nullable Checksum checksum,
        String detectedType,
        @Nullable String charset,
        @Nullable String contentEncoding,
        @Nullable String versionId) {

    /** A hash of all the bytes, and who computed it. */
    public record Checksum(String algorithm, Source source, boolean match) {}

    /** Where a checksum comes from. */
    public enum Source {
        /** Storage computed and stored it when the bytes were PUT. */
        STORAGE,
        /** The service read the bytes back and computed it. */
        COMPUTED
    }

    /** As JSON values, which {@link #of} reads back. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("size_bytes", sizeBytes);
        put(map, "size_match", sizeMatch);
        map.put("etag_kind", etagKind.name());
        put(map, "etag_match", etagMatch);
        if (checksum != null) {
            map.put("algorithm", checksum.algorithm());
            map.put("source", checksum.source().name());
            map.put("match", checksum.match());
        }
        map.put("detected_type", detectedType);
        put(map, "charset", charset);
        put(map, "content_encoding", contentEncoding);
        put(map, "version_id", versionId);
        return map;
    }

    /** Null when the bytes were never verified. */
    public static @Nullable VerificationEvidence of(Map<String, Object> map) {
        if (!(map.get("size_bytes") instanceof Number size)) {
            return null;
        }
        String algorithm = (String) map.get("algorithm");
        return new VerificationEvidence(
                size.longValue(),
                (Boolean) map.get("size_match"),
                ETag.Kind.valueOf(String.valueOf(map.get("etag_kind"))),
                (Boolean) map.get("etag_match"),
                algorithm == null
                        ? null
                        : new Checksum(
                                algorithm,
                                Source.valueOf(String.valueOf(map.get("source"))),
                                Boolean.TRUE.equals(map.get("match"))),
                String.valueOf(map.get("detected_type")),
                (String) map.get("charset"),
                (String) map.get("content_encoding"),
                (String) map.get("version_id"));
    }

    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }

    VerificationEvidence withChecksum(Checksum verified) {
        return new VerificationEvidence(
                sizeBytes, sizeMatch, etagKind, etagMatch, verified, detectedType, charset, contentEncoding, versionId);
    }
}
