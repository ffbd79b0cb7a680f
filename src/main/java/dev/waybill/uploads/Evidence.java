package dev.waybill.uploads;

import dev.waybill.platform.storage.ETag;
import org.jspecify.annotations.Nullable;

/**
 * What was checked against the bytes in storage, and how; kept with the upload.
 *
 * @param sizeBytes as storage told it
 * @param sizeMatch whether it is the size that the client gave; null when the client gave none
 * @param etagMatch whether it is the ETag that the client gave; null when the client gave none
 * @param checksum null when there was no hash to prove
 * @param detectedType the media type that the first bytes show
 * @param versionId null where the bucket keeps no versions
 */
record Evidence(
        long sizeBytes,
        @Nullable Boolean sizeMatch,
        ETag.Kind etagKind,
        @Nullable Boolean etagMatch,
        @Nullable Checksum checksum,
        String detectedType,
        @Nullable String versionId) {

    /** A hash of all the bytes, and who computed it. */
    record Checksum(String algorithm, Source source, boolean match) {}

    /** Where a checksum comes from. */
    enum Source {
        /** Storage computed and kept it when the bytes came in. */
        STORAGE,
        /** The service read the bytes back and computed it. */
        COMPUTED
    }

    Evidence withChecksum(Checksum proven) {
        return new Evidence(sizeBytes, sizeMatch, etagKind, etagMatch, proven, detectedType, versionId);
    }
}
