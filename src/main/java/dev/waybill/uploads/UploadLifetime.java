package dev.waybill.uploads;

import dev.waybill.uploads.verification.UploadProperties;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Expiry rules of uploads: until when their URLs work and can be renewed. */
@Component
class UploadLifetime {

    /** From its creation to the end of its last grace: before staged bytes are removed for their age. */
    private static final Duration MAX_LIFETIME = Duration.ofDays(7);

    /**
     * No fresh URL is issued this long before the grace ends: instances whose clocks differ by less never expire an
     * upload that just got one, and its client has this long at least to confirm.
     */
    private static final Duration RENEWAL_MARGIN = Duration.ofMinutes(5);

    private final UploadProperties properties;
    private final InstantSource clock;

    UploadLifetime(UploadProperties properties, InstantSource clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** Whether its presigned URL has expired. */
    boolean isExpired(UploadEntity upload) {
        return !upload.expiresAt().isAfter(clock.instant());
    }

    /** Whether its URL could be renewed now, were it PENDING. */
    boolean isRenewable(UploadEntity upload) {
        return !clock.instant().isAfter(renewableUntil(upload));
    }

    /** Until when its URL can be renewed. */
    Instant renewableUntil(UploadEntity upload) {
        Instant graceEnds = upload.expiresAt().plus(properties.expiryGrace()).minus(RENEWAL_MARGIN);
        Instant lifeEnds = latestEnd(upload).minusSeconds(CreateUploadRequest.MIN_URL_SECONDS);
        return graceEnds.isBefore(lifeEnds) ? graceEnds : lifeEnds;
    }

    /** When a fresh URL that is requested for so many seconds expires: sooner only where the upload's life ends. */
    Instant end(UploadEntity upload, int seconds) {
        Instant requested = clock.instant().plusSeconds(seconds);
        Instant latest = latestEnd(upload);
        return requested.isBefore(latest) ? requested : latest;
    }

    /** The earliest expiry of an upload whose URL can be renewed now. */
    Instant expiredSince() {
        return clock.instant().minus(properties.expiryGrace()).plus(RENEWAL_MARGIN);
    }

    private Instant latestEnd(UploadEntity upload) {
        return upload.createdAt().plus(MAX_LIFETIME).minus(properties.expiryGrace());
    }
}
