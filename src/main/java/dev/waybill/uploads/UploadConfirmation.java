package dev.waybill.uploads;

import static java.util.Objects.requireNonNull;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.blobs.BlobKeys;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.ObjectEvents;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectWriter;
import dev.waybill.objects.UniqueKeyPolicy;
import dev.waybill.objects.UploadOutcome;
import dev.waybill.objects.UploadReceipt;
import dev.waybill.objects.WriteDraft;
import dev.waybill.objects.WriteResult;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.UploadStore.Settled;
import dev.waybill.uploads.verification.ConfirmExpectations;
import dev.waybill.uploads.verification.VerificationResult;
import dev.waybill.uploads.verification.Verifier;
import dev.waybill.uploads.verification.Verifier.Pace;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Confirms uploads, one or many: verifies their bytes in parallel, writes the outcomes as rows under ids derived from
 * the uploads' (the commit point), and updates the uploads to match. The row under such an id decides, whoever wrote
 * it; so each step is idempotent, and a crash between any two leaves open uploads that can simply be confirmed again.
 */
@Component
class UploadConfirmation {

    private final UploadStore uploads;
    private final Verifier verifier;
    private final ObjectWriter writer;
    private final Buckets buckets;
    private final UploadOutcomes outcomes;
    private final BatchedDeletes deletes;
    private final ObjectEvents events;
    private final InstantSource clock;
    private final FaultPoints faults;
    private final MissingBytesHint missingBytesHint;

    UploadConfirmation(
            UploadStore uploads,
            Verifier verifier,
            ObjectWriter writer,
            Buckets buckets,
            UploadOutcomes outcomes,
            BatchedDeletes deletes,
            ObjectEvents events,
            InstantSource clock,
            FaultPoints faults,
            MissingBytesHint missingBytesHint) {
        this.uploads = uploads;
        this.verifier = verifier;
        this.writer = writer;
        this.buckets = buckets;
        this.outcomes = outcomes;
        this.deletes = deletes;
        this.events = events;
        this.clock = clock;
        this.faults = faults;
        this.missingBytesHint = missingBytesHint;
    }

    /** An open upload, and what its client expects of its bytes. */
    record Item(UploadEntity upload, ConfirmExpectations expected) {}

    /** The outcome of confirming one upload. */
    sealed interface Confirmed {

        /** It is COMPLETED. */
        record Completed(UploadEntity upload) implements Confirmed {}

        /** It is FAILED or CANCELED, by this confirm or before. */
        record Failed(UploadEntity upload, WaybillException why) implements Confirmed {}

        /** It stays open, and can be confirmed again. */
        record Refused(UploadEntity upload, WaybillException why) implements Confirmed {

            /** Whether storage is unavailable, so that it is worth a retry later. */
            boolean waitsForStorage() {
                return why instanceof StorageException unavailable && unavailable.passes();
            }
        }

        /** It takes longer than a request should: a task must verify it. */
        record TooBig(UploadEntity upload) implements Confirmed {}
    }

    private Verifier.Item verifierItem(Item item) {
        UploadEntity upload = item.upload();
        return new Verifier.Item(
                upload.announcement(),
                item.expected(),
                good -> writer.isKnown(UploadDrafts.of(upload, good, UniqueKeyPolicy.INSERT, upload.createdAt())));
    }

    /** Confirms one. */
    Confirmed confirm(Item item, Pace pace) {
        return confirm(List.of(item), pace).getFirst();
    }

    /**
     * Confirms open uploads of one bucket, each once.
     *
     * @return one for each, in their order
     */
    List<Confirmed> confirm(List<Item> items, Pace pace) {
        List<VerificationResult> verified =
                verifier.verifyAll(items.stream().map(this::verifierItem).toList(), pace);
        Map<UploadEntity, WriteDraft> drafts = new LinkedHashMap<>();
        Map<UploadEntity, Confirmed> results = new HashMap<>();
        Map<UploadEntity, WaybillException> rejections = new HashMap<>();
        List<UploadEntity> unwritten = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            UploadEntity upload = items.get(i).upload();
            switch (verified.get(i)) {
                case VerificationResult.TooBig big -> results.put(upload, new Confirmed.TooBig(upload));
                case VerificationResult.Good good -> draft(upload, good, drafts, results);
                case VerificationResult.Spoiled spoiled -> {
                    rejections.put(upload, spoiled.why());
                    drafts.put(
                            upload,
                            tombstone(
                                    upload,
                                    UploadOutcome.Cause.FAILED,
                                    spoiled.why().explained(),
                                    false));
                }
                case VerificationResult.Missing missing -> {
                    unwritten.add(upload);
                    results.put(upload, new Confirmed.Refused(upload, missingBytesHint.of(upload)));
                }
                case VerificationResult.Refused refused -> {
                    unwritten.add(upload);
                    results.put(upload, new Confirmed.Refused(upload, refused.why()));
                }
            }
        }
        faults.reach("confirm.verified");
        Map<UploadEntity, WriteResult> written = write(drafts);
        discardCopies(items, verified, written);
        // The bytes may be gone because another attempt completed the upload.
        written.putAll(decided(unwritten));
        results.putAll(complete(written));
        // The call that decides a failure reports it with all details.
        rejections.forEach((upload, why) -> results.computeIfPresent(
                upload,
                (same, result) -> result instanceof Confirmed.Failed failed
                                && why.explained()
                                        .equals(failed.upload().outcome().error())
                        ? new Confirmed.Failed(failed.upload(), why)
                        : result));
        return items.stream()
                .map(item -> requireNonNull(results.get(item.upload())))
                .toList();
    }

    /**
     * Ends an upload without a file by a tombstone, unless its outcome is decided already.
     *
     * @return the upload with its outcome, whichever that is
     * @throws WaybillException 503 when that cannot be known just now
     */
    UploadEntity end(UploadEntity upload, UploadOutcome.Cause cause, String why, boolean keepsBytes) {
        Map<UploadEntity, WriteDraft> draft = new LinkedHashMap<>();
        draft.put(upload, tombstone(upload, cause, why, keepsBytes));
        return switch (requireNonNull(complete(write(draft)).get(upload))) {
            case Confirmed.Completed completed -> completed.upload();
            case Confirmed.Failed failed -> failed.upload();
            case Confirmed.Refused refused -> throw refused.why();
            case Confirmed.TooBig impossible -> throw new IllegalStateException("nothing is verified");
        };
    }

    /**
     * Completes open uploads of one bucket whose outcome was decided under their objects' ids, for an attempt that died
     * before it did so.
     *
     * @return those that are still open
     */
    List<UploadEntity> completeDecided(List<UploadEntity> open) {
        Map<UploadEntity, Confirmed> results = complete(decided(open));
        return open.stream()
                .filter(upload -> !(results.get(upload) instanceof Confirmed.Completed
                        || results.get(upload) instanceof Confirmed.Failed))
                .toList();
    }

    static WaybillException notPending(UploadEntity upload) {
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

    static WaybillException unknown(UploadEntity upload) {
        return WaybillException.tryAgain(
                "The database did not answer in time, and what became of upload '%s' is not known. Confirm again."
                        .formatted(upload.id()));
    }

    private void draft(
            UploadEntity upload,
            VerificationResult.Good good,
            Map<UploadEntity, WriteDraft> drafts,
            Map<UploadEntity, Confirmed> results) {
        try {
            WriteDraft draft = UploadDrafts.of(upload, good, policy(upload), clock.instant());
            drafts.put(upload, good.key() == null ? draft.onlyDuplicate() : draft);
        } catch (WaybillException bucketGone) {
            results.put(upload, new Confirmed.Refused(upload, bucketGone));
        }
    }

    private UniqueKeyPolicy policy(UploadEntity upload) {
        return upload.target().uniqueKey() == null
                ? UniqueKeyPolicy.INSERT
                : UniqueKeyPolicy.of(
                        null, buckets.require(upload.scope(), upload.bucket().value()));
    }

    private WriteDraft tombstone(UploadEntity upload, UploadOutcome.Cause cause, String why, boolean keepsBytes) {
        return UploadDrafts.tombstone(upload, new UploadOutcome(cause, why, keepsBytes), clock.instant());
    }

    private Map<UploadEntity, WriteResult> write(Map<UploadEntity, WriteDraft> drafts) {
        Map<UploadEntity, WriteResult> written = new LinkedHashMap<>();
        if (!drafts.isEmpty()) {
            List<WriteResult> results = writer.write(List.copyOf(drafts.values()));
            faults.reach("confirm.object-written");
            int i = 0;
            for (UploadEntity upload : drafts.keySet()) {
                written.put(upload, results.get(i++));
            }
        }
        return written;
    }

    private Map<UploadEntity, WriteResult> decided(List<UploadEntity> open) {
        Map<UploadEntity, WriteResult> decided = new LinkedHashMap<>();
        if (!open.isEmpty()) {
            Scope scope = open.getFirst().scope();
            BucketId bucket = open.getFirst().bucket();
            Map<ObjectId, WriteResult> byObject = writer.decided(
                    scope,
                    bucket,
                    open.stream().map(upload -> upload.id().objectId()).toList());
            for (UploadEntity upload : open) {
                WriteResult result = byObject.get(upload.id().objectId());
                if (result != null) {
                    decided.put(upload, result);
                }
            }
        }
        return decided;
    }

    /**
     * Updates the uploads to what was decided, then publishes its events; after a crash in between, the walk does so.
     */
    private Map<UploadEntity, Confirmed> complete(Map<UploadEntity, WriteResult> written) {
        Map<UploadEntity, Confirmed> results = new HashMap<>();
        List<Settled> settled = new ArrayList<>();
        List<PublicEvent> published = new ArrayList<>();
        written.forEach((upload, result) -> {
            if (result instanceof WriteResult.Refused refused) {
                results.put(upload, new Confirmed.Refused(upload, refused.why()));
                return;
            }
            try {
                Settled end = outcomes.of(upload, result);
                settled.add(end);
                published.addAll(result.events());
            } catch (WaybillException notNow) {
                results.put(upload, new Confirmed.Refused(upload, notNow));
            }
        });
        if (settled.isEmpty()) {
            return results;
        }
        List<UploadEntity> stored = uploads.completeAll(settled);
        faults.reach("confirm.completed");
        events.publish(published);
        faults.reach("confirm.told");
        Map<UploadId, UploadEntity> byId = new HashMap<>();
        stored.forEach(upload -> byId.put(upload.id(), upload));
        for (Settled end : settled) {
            results.put(
                    end.upload(), confirmed(end.upload(), byId.get(end.upload().id())));
        }
        deleteStaged(settled);
        return results;
    }

    /** @param now the stored upload; null when it was removed */
    private static Confirmed confirmed(UploadEntity upload, @Nullable UploadEntity now) {
        if (now == null) {
            return new Confirmed.Refused(
                    upload, WaybillException.notFound("upload", upload.id().value()));
        }
        if (now.isOpen()) {
            return new Confirmed.Refused(upload, unknown(upload));
        }
        return now.status() == TaskStatus.COMPLETED
                ? new Confirmed.Completed(now)
                : new Confirmed.Failed(now, notPending(now));
    }

    /** The staged bytes are of no more use; garbage collection removes what a crash leaves here. */
    private void deleteStaged(List<Settled> settled) {
        deletes.add(settled.stream()
                .filter(end -> !end.keepsBytes())
                .map(end -> end.upload().file().key())
                .filter(BlobKeys::isStaged)
                .toList());
    }

    /**
     * Deletes copies that no row names, and surely none will: another attempt was first, or the bytes were duplicates.
     */
    private void discardCopies(
            List<Item> items, List<VerificationResult> verified, Map<UploadEntity, WriteResult> written) {
        List<ObjectKey> superfluous = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (verified.get(i) instanceof VerificationResult.Good good && good.key() != null) {
                WriteResult result = written.get(items.get(i).upload());
                if (result == null || !mayBeNamed(good.key(), result)) {
                    superfluous.add(good.key());
                }
            }
        }
        deletes.add(superfluous);
    }

    private static boolean mayBeNamed(ObjectKey key, WriteResult result) {
        return switch (result) {
            case WriteResult.Created created -> isOf(created.receipt(), key);
            case WriteResult.Changed changed -> isOf(changed.receipt(), key);
            // The key of a row that became a tombstone is in its garbage.
            case WriteResult.Ended ended -> isOf(ended.receipt(), key);
            case WriteResult.Duplicate duplicate -> false;
            case WriteResult.Kept kept -> false;
            case WriteResult.Refused refused -> refused.isUnknown();
        };
    }

    private static boolean isOf(@Nullable UploadReceipt receipt, ObjectKey key) {
        return receipt != null && key.value().equals(receipt.s3Key());
    }
}
