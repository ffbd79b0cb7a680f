package dev.waybill.uploads;

import dev.waybill.batches.Batches;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ObjectCreated;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.UniqueKeys;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.events.EventGroup;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.ClaimStore.Claim;
import dev.waybill.uploads.UploadStore.Completion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Makes an upload with good bytes an object, once. The order is what keeps it safe without transactions: claim the
 * content, write the object under an id derived from the upload's (or change the one that has its unique key), and only
 * then flip the upload. A crash between any two
 * steps leaves an open upload that can simply be confirmed again; every step repeated is the same step.
 */
@Component
class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final int MAX_CONTESTS = 8;
    private static final String MADE = "Upload confirmed and object created.";

    private final UploadStore uploads;
    private final ClaimStore claims;
    private final ObjectsOfUploads objects;
    private final Batches batches;
    private final ObjectStorage storage;
    private final Verifier verifier;
    private final UploadProperties properties;
    private final InstantSource clock;
    private final ApplicationEventPublisher news;
    private final FaultPoints faults;

    Settlement(
            UploadStore uploads,
            ClaimStore claims,
            ObjectsOfUploads objects,
            Batches batches,
            ObjectStorage storage,
            Verifier verifier,
            UploadProperties properties,
            InstantSource clock,
            ApplicationEventPublisher news,
            FaultPoints faults) {
        this.uploads = uploads;
        this.claims = claims;
        this.objects = objects;
        this.batches = batches;
        this.storage = storage;
        this.verifier = verifier;
        this.properties = properties;
        this.clock = clock;
        this.news = news;
        this.faults = faults;
    }

    /**
     * Settles it.
     *
     * @return the upload as it is now stored, COMPLETED
     * @throws WaybillException 409 when it was canceled or failed meanwhile
     */
    Upload settle(Upload upload, Verdict.Good good) {
        return settle(upload, good, 0);
    }

    private Upload settle(Upload upload, Verdict.Good good, int depth) {
        faults.reach("confirm.verified");
        Optional<Upload> first = upload.target().skipDuplicates() ? contest(upload, good, depth) : Optional.empty();
        faults.reach("confirm.claimed");
        // What died half-way is finished as it was begun: an object may have its bytes already.
        if (first.isPresent() && !isHalfDone(upload)) {
            Optional<Upload> done = completeDuplicate(upload, good, first.get());
            if (done.isPresent()) {
                return done.get();
            }
        }
        if (!upload.target().createObject()) {
            return complete(completion(upload, good), List.of());
        }
        BucketObject wanted = objects.wanted(upload, good);
        Optional<UniqueKeys.Place> place = objects.place(upload, wanted);
        if (place.isEmpty()) {
            return reread(upload);
        }
        return switch (place.get()) {
            case UniqueKeys.Free free -> {
                Completion completion = completion(upload, good, wanted.id(), MADE);
                yield complete(completion, List.of(ObjectCreated.of(wanted)));
            }
            case UniqueKeys.Changed changed -> {
                ObjectId changedOne = changed.first().id();
                String message =
                        "Upload confirmed; object '%s' has this unique key and was changed.".formatted(changedOne);
                yield complete(completion(upload, good, changedOne, message), List.of());
            }
            case UniqueKeys.Kept kept ->
                completeSkipped(upload, good, kept.first()).orElseGet(() -> reread(upload));
        };
    }

    private boolean isHalfDone(Upload upload) {
        return uploads.find(upload.scope(), upload.id())
                .filter(objects::isHalfDone)
                .isPresent();
    }

    private Upload complete(Completion completion, List<PublicEvent> before) {
        List<PublicEvent> told = new ArrayList<>(before);
        told.add(UploadCompleted.of(completion, clock.instant()));
        // Before the upload completes: who dies in between is repeated, and these with it, under the same ids.
        news.publishEvent(EventGroup.of(told));
        faults.reach("confirm.told");
        boolean won = uploads.complete(completion);
        faults.reach("confirm.completed");
        return won ? completed(completion) : reread(completion.upload());
    }

    /** The upload that had these bytes first, or empty when it is this one. */
    private Optional<Upload> contest(Upload upload, Verdict.Good good, int depth) {
        List<String> contents = good.contents();
        for (String content : contents) {
            Optional<Upload> first = contest(upload, content, depth);
            if (first.isPresent()) {
                // So that the other ways to know these bytes lead to the first one too.
                contents.stream()
                        .filter(other -> !other.equals(content))
                        .forEach(other -> claims.claim(claim(first.get(), other)));
                return first;
            }
        }
        return Optional.empty();
    }

    private Optional<Upload> contest(Upload upload, String content, int depth) {
        Claim mine = claim(upload, content);
        for (int round = 0; round < MAX_CONTESTS; round++) {
            Optional<Claim> holder = claims.claim(mine);
            if (holder.isEmpty()) {
                return Optional.empty();
            }
            Optional<Upload> first =
                    uploads.find(upload.scope(), holder.get().upload()).flatMap(other -> finish(other, depth));
            if (first.isPresent() && objects.serves(first.get(), upload)) {
                return first;
            }
            if (claims.takeOver(holder.get(), mine)) {
                return Optional.empty();
            }
        }
        LOG.warn("Upload {} kept its own copy: the claim on its bytes changed hands too often", upload.id());
        return Optional.empty();
    }

    /**
     * The holder of a claim, completed. One that is still open verified its bytes and then stopped, or is about to finish:
     * whoever meets it finishes it, so that nobody waits and nobody relies on an object that may never be written.
     */
    private Optional<Upload> finish(Upload holder, int depth) {
        if (holder.status() == TaskStatus.COMPLETED) {
            return Optional.of(holder);
        }
        if (!holder.isOpen() || depth > 2) {
            return Optional.empty();
        }
        if (!(verifier.verify(holder, Claimed.NOTHING) instanceof Verdict.Good good)) {
            return Optional.empty();
        }
        try {
            return Optional.of(settle(holder, good, depth + 1));
        } catch (WaybillException settledOtherwise) {
            return Optional.empty();
        }
    }

    private Optional<Upload> completeDuplicate(Upload upload, Verdict.Good good, Upload first) {
        UploadId original = first.outcome().duplicateOf() == null
                ? first.id()
                : first.outcome().duplicateOf();
        String message = "Duplicate of upload %s: the bucket has these bytes already, so no second copy was kept."
                .formatted(original);
        return completeWithoutBytes(upload, good, first.outcome().object(), original, message);
    }

    private Optional<Upload> completeSkipped(Upload upload, Verdict.Good good, BucketObject first) {
        String message = "Object '%s' has this unique key already; it stays as it is, and the file was not kept."
                .formatted(first.id());
        return completeWithoutBytes(upload, good, first.id(), null, message);
    }

    /**
     * @param original the upload of the same bytes; null when it is an object of the same unique key that stays
     * @return empty when another confirm is just looking for its place
     */
    private Optional<Upload> completeWithoutBytes(
            Upload upload, Verdict.Good good, @Nullable ObjectId object, @Nullable UploadId original, String message) {
        Instant now = clock.instant();
        Upload.Outcome outcome = new Upload.Outcome(
                upload.outcome().task(),
                good.sizeBytes(),
                good.etag().value(),
                good.hash(),
                good.evidence(),
                object,
                null,
                original,
                original == null,
                message,
                null,
                now,
                now,
                null);
        Completion completion = new Completion(upload, outcome, sweepAt(upload, now));
        news.publishEvent(UploadCompleted.of(completion, now));
        if (!uploads.complete(completion)) {
            boolean open = uploads.find(upload.scope(), upload.id())
                    .filter(Upload::isOpen)
                    .isPresent();
            return open ? Optional.empty() : Optional.of(reread(upload));
        }
        faults.reach("confirm.completed");
        if (!objects.isTaken(upload)) {
            removeBytes(upload);
        }
        return Optional.of(completed(completion));
    }

    /** Marks it FAILED and removes its bytes. */
    void spoil(Upload upload, WaybillException why) {
        fail(upload, why.getMessage());
    }

    /** The same, for an upload that nobody confirmed in time. */
    void fail(Upload upload, String why) {
        Instant now = clock.instant();
        Optional<Upload> open = uploads.find(upload.scope(), upload.id()).filter(Upload::isOpen);
        if (open.isEmpty() || objects.isBeingPlaced(open.get())) {
            return;
        }
        news.publishEvent(new UploadFailed(
                upload.scope(), upload.bucket(), upload.id(), upload.file().filename(), why, now));
        faults.reach("confirm.failure-told");
        if (open.get().outcome().placingAt() != null) {
            objects.failPlaced(upload, why, sweepAt(upload, now));
        } else if (uploads.fail(upload.scope(), upload.id(), why, now, sweepAt(upload, now))) {
            faults.reach("confirm.failed");
            objects.withdraw(upload);
            removeBytes(upload);
        }
    }

    /** Removes the bytes now; when that does not work, the periodic sweep does it. */
    void removeBytes(Upload upload) {
        try {
            storage.delete(upload.file().key());
        } catch (StorageException away) {
            LOG.info("The bytes of upload {} are left to the sweep: {}", upload.id(), away.kind());
        }
    }

    /** When no PUT can arrive any more: one that began in the URL's last second may end some time later. */
    Instant sweepAt(Upload upload, Instant now) {
        Instant end = upload.expiresAt().isAfter(now) ? upload.expiresAt() : now;
        return end.plus(properties.sweepMargin());
    }

    /** Before the upload completes, so that a confirm that died is repeated until the batch is there. */
    private @Nullable TaskId processing(Upload upload, ObjectId object) {
        if (!upload.target().autoSubmit()) {
            return null;
        }
        TaskId task = batches.process(
                        upload.scope(), upload.bucket(), upload.id().batchId(), List.of(object))
                .id();
        faults.reach("confirm.batch-submitted");
        return task;
    }

    /** Of one whose object is its own, and has been written, if it has one at all. */
    Completion completion(Upload upload, Verdict.Good good) {
        return upload.target().createObject()
                ? completion(upload, good, upload.id().objectId(), MADE)
                : completion(upload, good, null, "Upload confirmed.");
    }

    private Completion completion(Upload upload, Verdict.Good good, @Nullable ObjectId object, String message) {
        TaskId processing = object == null ? null : processing(upload, object);
        Instant now = clock.instant();
        return new Completion(
                upload,
                new Upload.Outcome(
                        processing == null ? upload.outcome().task() : processing,
                        good.sizeBytes(),
                        good.etag().value(),
                        good.hash(),
                        good.evidence(),
                        object,
                        processing == null ? null : upload.id().batchId(),
                        null,
                        false,
                        message,
                        null,
                        now,
                        now,
                        null),
                null);
    }

    Claim claim(Upload upload, String content) {
        return new Claim(upload.scope(), upload.bucket(), content, upload.id(), clock.instant());
    }

    private static Upload completed(Completion completion) {
        Upload upload = completion.upload();
        return new Upload(
                upload.id(),
                upload.scope(),
                upload.bucket(),
                upload.file(),
                upload.target(),
                upload.metadata(),
                TaskStatus.COMPLETED,
                completion.outcome(),
                upload.createdAt(),
                upload.expiresAt());
    }

    /** Somebody else settled it first: the same way is success, another way is a conflict. */
    private Upload reread(Upload upload) {
        Upload now = uploads.find(upload.scope(), upload.id())
                .orElseThrow(
                        () -> WaybillException.notFound("upload", upload.id().value()));
        if (now.status() == TaskStatus.COMPLETED) {
            return now;
        }
        if (upload.target().uniqueKey() == null) {
            objects.withdraw(upload);
        }
        throw notPending(now);
    }

    static WaybillException notPending(Upload upload) {
        @Nullable String error = upload.outcome().error();
        return new WaybillException(
                ErrorCode.UPLOAD_NOT_PENDING,
                "Upload '%s' is %s and cannot be confirmed%s. Create a new upload."
                        .formatted(upload.id(), upload.status(), error == null ? "" : " (" + error + ")"),
                Map.of(
                        "upload_id",
                        upload.id().value(),
                        "status",
                        upload.status().name()));
    }
}
