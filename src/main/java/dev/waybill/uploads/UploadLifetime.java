package dev.waybill.uploads;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** How long an upload waits for its bytes, and can be given fresh URLs to PUT them to. */
@Component
class UploadLifetime {

    /** From its creation to the end of its last grace: before staged bytes are removed for their age. */
    private static final Duration LONGEST = Duration.ofDays(7);

    /**
     * Nobody gives a fresh URL this long before the grace ends: instances whose clocks differ by less never expire an
     * upload that was just given one, and whoever was given one has this long at least to confirm.
     */
    private static final Duration LAST_CALL = Duration.ofMinutes(5);

    private final UploadProperties properties;
    private final InstantSource clock;

    UploadLifetime(UploadProperties properties, InstantSource clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** Whether its presigned URL works no more. */
    boolean isExpired(UploadEntity upload) {
        return !upload.expiresAt().isAfter(clock.instant());
    }

    /** Whether it could be given a fresh URL now, were it PENDING. */
    boolean isRenewable(UploadEntity upload) {
        return !clock.instant().isAfter(renewableUntil(upload));
    }

    /** Until when it can be given a fresh URL. */
    Instant renewableUntil(UploadEntity upload) {
        Instant graceEnds = upload.expiresAt().plus(properties.expiryGrace()).minus(LAST_CALL);
        Instant lifeEnds = latestEnd(upload).minusSeconds(CreateUploadRequest.SHORTEST_URL);
        return graceEnds.isBefore(lifeEnds) ? graceEnds : lifeEnds;
    }

    /** When a fresh URL that is wanted for so many seconds ends: sooner only where the upload's life ends. */
    Instant end(UploadEntity upload, int seconds) {
        Instant wanted = clock.instant().plusSeconds(seconds);
        Instant latest = latestEnd(upload);
        return wanted.isBefore(latest) ? wanted : latest;
    }

    /** Since when an upload that can be given a fresh URL now may have been expired. */
    Instant expiredSince() {
        return clock.instant().minus(properties.expiryGrace()).plus(LAST_CALL);
    }

    private Instant latestEnd(UploadEntity upload) {
        return upload.createdAt().plus(LONGEST).minus(properties.expiryGrace());
    }
}
