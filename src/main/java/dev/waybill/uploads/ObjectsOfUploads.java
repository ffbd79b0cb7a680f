package dev.waybill.uploads;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.Blob;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ObjectDeleted;
import dev.waybill.objects.Objects;
import dev.waybill.objects.UniqueKeys;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.tasks.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The objects that uploads become: each under an id of its own, or a part of the one that has its unique key. */
@Component
class ObjectsOfUploads {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final int LOOKS = 100;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final UploadStore uploads;
    private final Objects objects;
    private final UniqueKeys uniqueKeys;
    private final Buckets buckets;
    private final ObjectStorage storage;
    private final ApplicationEventPublisher news;
    private final InstantSource clock;
    private final FaultPoints faults;

    ObjectsOfUploads(
            UploadStore uploads,
            Objects objects,
            UniqueKeys uniqueKeys,
            Buckets buckets,
            ObjectStorage storage,
            ApplicationEventPublisher news,
            InstantSource clock,
            FaultPoints faults) {
        this.uploads = uploads;
        this.objects = objects;
        this.uniqueKeys = uniqueKeys;
        this.buckets = buckets;
        this.storage = storage;
        this.news = news;
        this.clock = clock;
        this.faults = faults;
    }

    /** The object that an upload is to become. */
    BucketObject wanted(Upload upload, Verdict.Good good) {
        Instant now = clock.instant();
        Upload.Target target = upload.target();
        if (target.property() == null || target.type() == null) {
            throw new IllegalStateException("an upload that makes an object has a property");
        }
        Blob blob = new Blob(
                upload.id().blobId(),
                target.property(),
                target.type(),
                null,
                upload.file().key(),
                null,
                upload.file().filename(),
                good.sizeBytes(),
                good.mediaType(),
                good.etag().value(),
                good.sha256(),
                Map.of());
        return new BucketObject(
                upload.id().objectId(),
                upload.scope(),
                upload.bucket(),
                null,
                List.of(blob),
                target.objectMetadata(),
                TaskStatus.DRAFT,
                null,
                now,
                now);
    }

    /**
     * Writes it, unless another object has its unique key. Repeatable.
     *
     * @return empty when the upload was settled meanwhile
     * @throws WaybillException 404 when it could only change an object that is not there; 409 when another object of its
     *     key, or this one, is just being made
     */
    Optional<UniqueKeys.Place> place(Upload upload, BucketObject wanted) {
        String key = upload.target().uniqueKey();
        if (key == null) {
            write(wanted);
            return Optional.of(new UniqueKeys.Free(false));
        }
        String by = UUID.randomUUID().toString();
        if (!startPlacing(upload, by)) {
            return Optional.empty();
        }
        try {
            return Optional.of(place(upload, wanted, key, by));
        } catch (WaybillException refused) {
            if (!isTaken(upload)) {
                uploads.stopPlacing(upload.scope(), upload.id(), by);
            }
            throw refused;
        }
    }

    private UniqueKeys.Place place(Upload upload, BucketObject wanted, String key, String by) {
        Bucket bucket = buckets.require(upload.scope(), upload.bucket().value());
        UniqueKeys.Place place = uniqueKeys.place(bucket, key, wanted, () -> isStillOn(upload, by));
        faults.reach("confirm.key-claimed");
        if (place instanceof UniqueKeys.Free free && !free.written()) {
            if (!isStillOn(upload, by)) {
                throw new WaybillException(
                        ErrorCode.CONFLICT, "The file was settled in another way at the same time; look again");
            }
            if (write(wanted) && !uniqueKeys.holds(bucket, key, wanted.id())) {
                objects.withdraw(wanted.scope(), wanted.bucket(), wanted.id());
                throw new WaybillException(
                        ErrorCode.CONFLICT,
                        "Another object of this unique key was made at the same time; confirm again");
            }
        }
        return place;
    }

    /**
     * Whether this confirm still has the mark, and the file is there: since it was looked at, an earlier confirm's object
     * may have been given another file, or been deleted.
     *
     * @throws WaybillException 404 when the file is gone
     */
    private boolean isStillOn(Upload upload, String by) {
        if (!uploads.isPlacing(upload.scope(), upload.id(), by)) {
            return false;
        }
        if (storage.head(upload.file().key()).isEmpty()) {
            throw Confirmations.notInStorage(upload);
        }
        return true;
    }

    /**
     * Only one confirm of an upload at a time: a slow one would bring back a file that was replaced since.
     *
     * @return false when the upload was settled meanwhile
     */
    private boolean startPlacing(Upload upload, String by) {
        for (int look = 0; look < LOOKS; look++) {
            Instant now = clock.instant();
            if (uploads.startPlacing(upload.scope(), upload.id(), by, now, now.minus(LEASE))) {
                return true;
            }
            if (uploads.find(upload.scope(), upload.id()).filter(Upload::isOpen).isEmpty()) {
                return false;
            }
            pause();
        }
        throw new WaybillException(
                ErrorCode.CONFLICT, "Upload '%s' is just being confirmed; try again".formatted(upload.id()));
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new WaybillException(ErrorCode.SERVICE_UNAVAILABLE, "The service is stopping; try again");
        }
    }

    /** @return false when it was written before */
    private boolean write(BucketObject wanted) {
        boolean written = objects.insert(wanted);
        faults.reach("confirm.object-written");
        return written;
    }

    /** Whether an object has the upload's bytes. */
    boolean isTaken(Upload upload) {
        return uniqueKeys.isTaken(upload.scope(), upload.file().key());
    }

    /** Whether a confirm is just looking for its place. */
    boolean isBeingPlaced(Upload upload) {
        Instant since = upload.outcome().placingAt();
        return since != null && since.plus(LEASE).isAfter(clock.instant());
    }

    /** Fails an upload whose confirm died while it looked for its place. What it placed stays, as others may rely on it. */
    void failPlaced(Upload upload, String why, Instant sweepAt) {
        Instant now = clock.instant();
        if (uploads.failPlaced(upload.scope(), upload.id(), why, now, now.minus(LEASE), sweepAt)) {
            uniqueKeys.removeUntaken(upload.scope(), upload.file().key());
        }
    }

    /** Takes back what a confirm wrote that then stopped. An object that was told of already is told to be gone. */
    void withdraw(Upload upload) {
        if (isWritten(upload)) {
            // Before it goes: whoever repeats this after a crash tells it again, under the same id.
            news.publishEvent(new ObjectDeleted(
                    upload.scope(), upload.bucket(), upload.id().objectId(), null, clock.instant()));
            objects.withdraw(upload.scope(), upload.bucket(), upload.id().objectId());
        }
        String key = upload.target().uniqueKey();
        if (key != null) {
            bucket(upload)
                    .ifPresent(bucket ->
                            uniqueKeys.release(bucket, key, upload.id().objectId()));
        }
    }

    /** Whether a confirm wrote the object, or looked for its place, and then stopped. */
    boolean isHalfDone(Upload upload) {
        return upload.outcome().placingAt() != null || isWritten(upload);
    }

    private boolean isWritten(Upload upload) {
        return upload.target().createObject()
                && objects.find(upload.scope(), upload.id().objectId()).isPresent();
    }

    /**
     * Whether what a settled upload left can stand in for what another one would make of the same bytes. The object may
     * have been deleted, or been given other files, and the bytes went with that.
     */
    boolean serves(Upload first, Upload other) {
        if (!first.target().createObject()) {
            return !other.target().createObject();
        }
        UploadId original = first.outcome().duplicateOf();
        ObjectKey bytes = (original == null ? Optional.of(first) : uploads.find(first.scope(), original))
                .map(upload -> upload.file().key())
                .orElse(first.file().key());
        return first.outcome().object() != null
                && objects.find(first.scope(), first.outcome().object())
                        .filter(object -> object.blobs().stream().anyMatch(blob -> bytes.equals(blob.key())))
                        .isPresent();
    }

    private Optional<Bucket> bucket(Upload upload) {
        return buckets.find(upload.scope(), upload.bucket().value());
    }
}
