package dev.waybill.uploads;

import dev.waybill.batches.Batches;
import dev.waybill.objects.Blob;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ObjectCreated;
import dev.waybill.objects.ObjectDeleted;
import dev.waybill.objects.Objects;
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
 * content, write the object under an id derived from the upload's, and only then flip the upload. A crash between any two
 * steps leaves an open upload that can simply be confirmed again; every step repeated is the same step.
 */
@Component
class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final int MAX_CONTESTS = 8;

    private final UploadStore uploads;
    private final ClaimStore claims;
    private final Objects objects;
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
            Objects objects,
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
        if (first.isPresent()) {
            return completeDuplicate(upload, good, first.get());
        }
        Instant now = clock.instant();
        List<PublicEvent> told = new ArrayList<>();
        if (upload.target().createObject()) {
            BucketObject object = object(upload, good);
            objects.insert(object);
            faults.reach("confirm.object-written");
            told.add(ObjectCreated.of(object));
        }
        Completion completion = completion(upload, good, processing(upload));
        told.add(UploadCompleted.of(completion, now));
        // Before the upload completes: who dies in between is repeated, and these with it, under the same ids.
        news.publishEvent(EventGroup.of(told));
        faults.reach("confirm.told");
        boolean won = uploads.complete(completion);
        faults.reach("confirm.completed");
        return won ? completed(completion) : reread(upload);
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
            if (first.isPresent() && serves(first.get(), upload)) {
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

    /** Whether what the first upload left can stand in for what this one would make. */
    private boolean serves(Upload first, Upload upload) {
        if (!upload.target().createObject()) {
            return true;
        }
        return first.outcome().object() != null
                && objects.find(first.scope(), first.outcome().object()).isPresent();
    }

    private Upload completeDuplicate(Upload upload, Verdict.Good good, Upload first) {
        Instant now = clock.instant();
        UploadId original = first.outcome().duplicateOf() == null
                ? first.id()
                : first.outcome().duplicateOf();
        Upload.Outcome outcome = new Upload.Outcome(
                upload.outcome().task(),
                good.sizeBytes(),
                good.etag().value(),
                good.hash(),
                good.evidence(),
                first.outcome().object(),
                null,
                original,
                "Duplicate of upload %s: the bucket has these bytes already, so no second copy was kept."
                        .formatted(original),
                null,
                now,
                now);
        Completion completion = new Completion(upload, outcome, sweepAt(upload, now));
        news.publishEvent(UploadCompleted.of(completion, now));
        if (!uploads.complete(completion)) {
            return reread(upload);
        }
        faults.reach("confirm.completed");
        removeBytes(upload);
        return completed(completion);
    }

    /** Marks it FAILED and removes its bytes. */
    void spoil(Upload upload, WaybillException why) {
        fail(upload, why.getMessage());
    }

    /** The same, for an upload that nobody confirmed in time. */
    void fail(Upload upload, String why) {
        Instant now = clock.instant();
        if (uploads.find(upload.scope(), upload.id()).filter(Upload::isOpen).isEmpty()) {
            return;
        }
        news.publishEvent(new UploadFailed(
                upload.scope(), upload.bucket(), upload.id(), upload.file().filename(), why, now));
        faults.reach("confirm.failure-told");
        if (uploads.fail(upload.scope(), upload.id(), why, now, sweepAt(upload, now))) {
            faults.reach("confirm.failed");
            withdrawObject(upload);
            removeBytes(upload);
        }
    }

    /** An object that was told of already is told to be gone. */
    void withdrawObject(Upload upload) {
        if (isHalfDone(upload)) {
            // Before it goes: whoever repeats this after a crash tells it again, under the same id.
            news.publishEvent(new ObjectDeleted(
                    upload.scope(), upload.bucket(), upload.id().objectId(), null, clock.instant()));
            objects.withdraw(upload.scope(), upload.bucket(), upload.id().objectId());
        }
    }

    /** Whether a confirm wrote the object and then stopped. */
    boolean isHalfDone(Upload upload) {
        return upload.target().createObject()
                && objects.find(upload.scope(), upload.id().objectId()).isPresent();
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

    BucketObject object(Upload upload, Verdict.Good good) {
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

    /** Before the upload completes, so that a confirm that died is repeated until the batch is there. */
    private @Nullable TaskId processing(Upload upload) {
        if (!upload.target().createObject() || !upload.target().autoSubmit()) {
            return null;
        }
        TaskId task = batches.process(
                        upload.scope(),
                        upload.bucket(),
                        upload.id().batchId(),
                        List.of(upload.id().objectId()))
                .id();
        faults.reach("confirm.batch-submitted");
        return task;
    }

    Completion completion(Upload upload, Verdict.Good good) {
        return completion(upload, good, null);
    }

    private Completion completion(Upload upload, Verdict.Good good, @Nullable TaskId processing) {
        Instant now = clock.instant();
        boolean creates = upload.target().createObject();
        return new Completion(
                upload,
                new Upload.Outcome(
                        processing == null ? upload.outcome().task() : processing,
                        good.sizeBytes(),
                        good.etag().value(),
                        good.hash(),
                        good.evidence(),
                        creates ? upload.id().objectId() : null,
                        processing == null ? null : upload.id().batchId(),
                        null,
                        creates ? "Upload confirmed and object created." : "Upload confirmed.",
                        null,
                        now,
                        now),
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
        withdrawObject(upload);
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
