package dev.waybill.uploads;

import dev.waybill.auth.Grants;
import dev.waybill.platform.storage.PresignedUrl;
import dev.waybill.platform.storage.UrlSigner;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.verification.UploadProperties;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Signs presigned URLs for uploads: PUT while pending, GET once completed. */
@Component
class UploadUrls {

    private final UrlSigner signer;
    private final UploadProperties properties;
    private final InstantSource clock;

    UploadUrls(UrlSigner signer, UploadProperties properties, InstantSource clock) {
        this.signer = signer;
        this.properties = properties;
        this.clock = clock;
    }

    /** The URL to PUT a new upload to. */
    PresignedUrl put(UploadEntity upload) {
        return signer.put(upload.putTerms(Duration.ofSeconds(upload.file().urlSeconds())));
    }

    /**
     * The URL for its current status: to PUT a pending upload for as long as it has left, to GET a completed one. Null
     * when there is none, or only one to PUT to for a caller who may not write; a duplicate's bytes belong to the
     * object of the upload that they came by, and those of an upload skipped for its unique key were not stored.
     */
    @Nullable
    PresignedUrl current(UploadEntity upload, Grants grants) {
        if (upload.status() == TaskStatus.COMPLETED
                && !upload.isDuplicate()
                && !upload.outcome().skippedUniqueKey()) {
            return signer.get(
                    upload.file().key(),
                    properties.downloadLifetime(),
                    upload.file().filename());
        }
        Duration left = Duration.between(clock.instant(), upload.expiresAt());
        if (upload.status() != TaskStatus.PENDING || !left.isPositive() || !grants.writes()) {
            return null;
        }
        return signer.put(upload.putTerms(left.plusMillis(999).truncatedTo(ChronoUnit.SECONDS)));
    }
}
