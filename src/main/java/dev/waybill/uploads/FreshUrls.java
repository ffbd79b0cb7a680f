package dev.waybill.uploads;

import dev.waybill.auth.Grants;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.ObjectWriter;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Renews presigned URLs: extends the expiry of pending uploads and signs a fresh URL. */
@Component
class FreshUrls {

    /** A caller who requests a fresh URL may write: the request needs that permission. */
    private static final Grants WRITER = new Grants(true);

    private final Uploads uploads;
    private final UploadStore store;
    private final ObjectWriter writer;
    private final UploadLifetime life;
    private final UploadUrls urls;
    private final InstantSource clock;

    FreshUrls(
            Uploads uploads,
            UploadStore store,
            ObjectWriter writer,
            UploadLifetime life,
            UploadUrls urls,
            InstantSource clock) {
        this.uploads = uploads;
        this.store = store;
        this.writer = writer;
        this.life = life;
        this.urls = urls;
        this.clock = clock;
    }

    /**
     * Returns the upload with at least so much time left, and its URL; an upload that has more keeps it.
     *
     * @param seconds 60 to 86 400; null for as long as the last URL
     * @throws WaybillException when it is not PENDING, expired too long ago, or is too old
     */
    UploadResponse renew(Bucket bucket, UploadId id, @Nullable Integer seconds) {
        UploadEntity renewed = renewed(bucket, id, seconds);
        return UploadResponse.of(renewed, urls.current(renewed, WRITER));
    }

    private UploadEntity renewed(Bucket bucket, UploadId id, @Nullable Integer seconds) {
        Buckets.requireOpen(bucket);
        UploadEntity upload = uploads.require(bucket, id);
        requirePending(upload);
        if (!life.isRenewable(upload)) {
            throw tooLate(upload);
        }
        requireUndecided(upload);
        Instant end = life.end(upload, seconds == null ? upload.file().urlSeconds() : seconds);
        if (!end.isAfter(upload.expiresAt())) {
            return upload;
        }
        int granted =
                (int) Duration.between(clock.instant(), end).plusMillis(999).toSeconds();
        UploadEntity now = store.renew(upload.renewed(end, granted), life.expiredSince())
                .orElseThrow(() -> WaybillException.notFound("upload", id.value()));
        requirePending(now);
        if (now.expiresAt().isBefore(end)) {
            throw tooLate(now);
        }
        return now;
    }

    /** Bytes that arrive after the outcome was decided, though the upload does not show it yet, would be lost. */
    private void requireUndecided(UploadEntity upload) {
        if (!writer.decided(upload.scope(), upload.bucket(), List.of(upload.id().objectId()))
                .isEmpty()) {
            throw notPending(
                    upload, "What becomes of upload '%s' is decided already. Confirm it again to be told what it was.");
        }
    }

    private static void requirePending(UploadEntity upload) {
        switch (upload.status()) {
            case PENDING -> {}
            case PROCESSING ->
                throw notPending(
                        upload,
                        "Upload '%s' is PROCESSING: a task confirms it now. When the task does not find its file, the"
                                + " upload is PENDING again and can be given a fresh URL.");
            case COMPLETED -> throw notPending(upload, "Upload '%s' is COMPLETED: its file is there already.");
            default ->
                throw notPending(
                        upload, "Upload '%s' is " + upload.status() + " and takes no file. Create a new upload.");
        }
    }

    private static WaybillException notPending(UploadEntity upload, String message) {
        return new WaybillException(
                ErrorCode.UPLOAD_NOT_PENDING,
                message.formatted(upload.id()),
                Map.of(
                        "upload_id",
                        upload.id().value(),
                        "status",
                        upload.status().name()));
    }

    private WaybillException tooLate(UploadEntity upload) {
        Instant until = life.renewableUntil(upload);
        return new WaybillException(
                ErrorCode.UPLOAD_EXPIRED,
                ("Upload '%s' could be given a fresh URL until %s: soon after its last one ended, and within 7 days of its"
                                + " creation. Create a new upload.")
                        .formatted(upload.id(), until),
                Map.of(
                        "upload_id",
                        upload.id().value(),
                        "expires_at",
                        upload.expiresAt().toString(),
                        "renewable_until",
                        until.toString()));
    }
}
