package dev.waybill.uploads;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.Ending;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectWriter;
import dev.waybill.objects.Objects;
import dev.waybill.objects.UniqueKeyPolicy;
import dev.waybill.objects.WriteDraft;
import dev.waybill.objects.WriteResult;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.events.EventGroup;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.UploadStore.Settled;
import dev.waybill.uploads.Verifier.Item;
import dev.waybill.uploads.Verifier.Pace;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Brings uploads to their end, one or many: looks at the bytes side by side, writes what they become under the ids derived
 * from the uploads', and has the uploads follow. What stands under such an id decides, whoever wrote it; so each step can
 * be repeated by anybody, and a crash between any two leaves open uploads that can simply be confirmed again.
 */
@Component
class UploadConfirmation {

    private static final Logger LOG = LoggerFactory.getLogger(UploadConfirmation.class);

    private final UploadStore uploads;
    private final Verifier verifier;
    private final ObjectWriter writer;
    private final Objects objects;
    private final Buckets buckets;
    private final UploadEnds ends;
    private final ObjectStorage storage;
    private final ApplicationEventPublisher news;
    private final InstantSource clock;
    private final FaultPoints faults;
    private final MissingBytes missingBytes;

    UploadConfirmation(
            UploadStore uploads,
            Verifier verifier,
            ObjectWriter writer,
            Objects objects,
            Buckets buckets,
            UploadEnds ends,
            ObjectStorage storage,
            ApplicationEventPublisher news,
            InstantSource clock,
            FaultPoints faults,
            MissingBytes missingBytes) {
        this.uploads = uploads;
        this.verifier = verifier;
        this.writer = writer;
        this.objects = objects;
        this.buckets = buckets;
        this.ends = ends;
        this.storage = storage;
        this.news = news;
        this.clock = clock;
        this.faults = faults;
        this.missingBytes = missingBytes;
    }

    /** What became of one upload. */
    sealed interface Confirmed {

        /** It is COMPLETED. */
        record Completed(Upload upload) implements Confirmed {}

        /** It is FAILED or CANCELED, by this confirm or before. */
        record Failed(Upload upload, WaybillException why) implements Confirmed {}

        /** It stays open, and can be confirmed again. */
        record Refused(Upload upload, WaybillException why) implements Confirmed {

            /** Whether storage is away, so that it is worth another try later. */
            boolean waitsForStorage() {
                return why instanceof StorageException away && away.passes();
            }
        }

        /** It takes longer than a request should: a task must look. */
        record TooBig(Upload upload) implements Confirmed {}
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
        List<VerificationResult> looked = verifier.verifyAll(items, pace);
        Map<Upload, WriteDraft> drafts = new LinkedHashMap<>();
        Map<Upload, Confirmed> results = new HashMap<>();
        Map<Upload, WaybillException> spoils = new HashMap<>();
        List<Upload> unwritten = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Upload upload = items.get(i).upload();
            switch (looked.get(i)) {
                case VerificationResult.TooBig big -> results.put(upload, new Confirmed.TooBig(upload));
                case VerificationResult.Good good -> draft(upload, good, drafts, results);
                case VerificationResult.Spoiled spoiled -> {
                    spoils.put(upload, spoiled.why());
                    drafts.put(
                            upload,
                            tombstone(upload, Ending.Cause.FAILED, spoiled.why().getMessage(), false));
                }
                case VerificationResult.Missing missing -> {
                    unwritten.add(upload);
                    results.put(upload, new Confirmed.Refused(upload, missingBytes.of(upload)));
                }
                case VerificationResult.Refused refused -> {
                    unwritten.add(upload);
                    results.put(upload, new Confirmed.Refused(upload, refused.why()));
                }
            }
        }
        faults.reach("confirm.verified");
        Map<Upload, WriteResult> written = write(drafts);
        // The bytes may be gone, or going, because it is done.
        written.putAll(decided(unwritten));
        results.putAll(complete(written));
        // Whoever learns it first is told with all details.
        spoils.forEach((upload, why) -> results.computeIfPresent(
                upload,
                (same, result) -> result instanceof Confirmed.Failed failed
                                && why.getMessage()
                                        .equals(failed.upload().outcome().error())
                        ? new Confirmed.Failed(failed.upload(), why)
                        : result));
        return items.stream()
                .map(item -> requireNonNull(results.get(item.upload())))
                .toList();
    }

    /**
     * Ends an upload without a file, unless it has its end already.
     *
     * @return the upload with its end, whichever that is
     * @throws WaybillException 503 when that cannot be known just now
     */
    Upload end(Upload upload, Ending.Cause cause, String why, boolean keepsBytes) {
        Map<Upload, WriteDraft> draft = new LinkedHashMap<>();
        draft.put(upload, tombstone(upload, cause, why, keepsBytes));
        return switch (requireNonNull(complete(write(draft)).get(upload))) {
            case Confirmed.Completed completed -> completed.upload();
            case Confirmed.Failed failed -> failed.upload();
            case Confirmed.Refused refused -> throw refused.why();
            case Confirmed.TooBig impossible -> throw new IllegalStateException("nothing is looked at");
        };
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

    static WaybillException unknown(Upload upload) {
        return new WaybillException(
                ErrorCode.SERVICE_UNAVAILABLE,
                "The database did not answer in time, and what became of upload '%s' is not known. Confirm again."
                        .formatted(upload.id()),
                Map.of("retry_after", 1));
    }

    private void draft(
            Upload upload,
            VerificationResult.Good good,
            Map<Upload, WriteDraft> drafts,
            Map<Upload, Confirmed> results) {
        try {
            drafts.put(upload, UploadDrafts.of(upload, good, policy(upload), clock.instant()));
        } catch (WaybillException bucketGone) {
            results.put(upload, new Confirmed.Refused(upload, bucketGone));
        }
    }

    private UniqueKeyPolicy policy(Upload upload) {
        return upload.target().uniqueKey() == null
                ? UniqueKeyPolicy.INSERT
                : UniqueKeyPolicy.of(
                        null, buckets.require(upload.scope(), upload.bucket().value()));
    }

    private WriteDraft tombstone(Upload upload, Ending.Cause cause, String why, boolean keepsBytes) {
        return UploadDrafts.tombstone(upload, new Ending(cause, why, keepsBytes), clock.instant());
    }

    private Map<Upload, WriteResult> write(Map<Upload, WriteDraft> drafts) {
        Map<Upload, WriteResult> written = new LinkedHashMap<>();
        if (!drafts.isEmpty()) {
            List<WriteResult> results = writer.write(List.copyOf(drafts.values()));
            faults.reach("confirm.object-written");
            int i = 0;
            for (Upload upload : drafts.keySet()) {
                written.put(upload, results.get(i++));
            }
        }
        return written;
    }

    private Map<Upload, WriteResult> decided(List<Upload> open) {
        Map<Upload, WriteResult> decided = new LinkedHashMap<>();
        if (!open.isEmpty()) {
            Scope scope = open.getFirst().scope();
            BucketId bucket = open.getFirst().bucket();
            Map<ObjectId, WriteResult> standing = writer.decided(
                    scope,
                    bucket,
                    open.stream().map(upload -> upload.id().objectId()).toList());
            for (Upload upload : open) {
                WriteResult result = standing.get(upload.id().objectId());
                if (result != null) {
                    decided.put(upload, result);
                }
            }
        }
        return decided;
    }

    /** Has the uploads follow what was decided, and tells of it before, so that who dies in between is repeated. */
    private Map<Upload, Confirmed> complete(Map<Upload, WriteResult> written) {
        Map<Upload, Confirmed> results = new HashMap<>();
        List<Settled> settled = new ArrayList<>();
        List<PublicEvent> told = new ArrayList<>();
        written.forEach((upload, result) -> {
            if (result instanceof WriteResult.Refused refused) {
                results.put(upload, new Confirmed.Refused(upload, refused.why()));
                return;
            }
            try {
                Settled end = ends.of(upload, result);
                settled.add(end);
                told.addAll(UploadEvents.of(end, result));
            } catch (WaybillException notNow) {
                results.put(upload, new Confirmed.Refused(upload, notNow));
            }
        });
        if (settled.isEmpty()) {
            return results;
        }
        if (!told.isEmpty()) {
            news.publishEvent(new EventGroup(told));
        }
        faults.reach("confirm.told");
        List<Upload> stored = uploads.settleAll(settled);
        faults.reach("confirm.completed");
        Map<UploadId, Upload> byId = new HashMap<>();
        stored.forEach(upload -> byId.put(upload.id(), upload));
        for (Settled end : settled) {
            results.put(
                    end.upload(), confirmed(end.upload(), byId.get(end.upload().id())));
        }
        forget(settled.stream()
                .filter(end -> end.sweepAt() != null
                        && end.stored().equals(byId.get(end.upload().id())))
                .map(Settled::upload)
                .toList());
        return results;
    }

    /** @param now as it is stored; null when it is gone */
    private static Confirmed confirmed(Upload upload, @Nullable Upload now) {
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

    /** Removes bytes now that nobody needs; when that does not work, the periodic sweep does it. */
    private void forget(List<Upload> superfluous) {
        try {
            removeBytes(superfluous);
        } catch (StorageException away) {
            LOG.info("The bytes of {} uploads are left to the sweep: {}", superfluous.size(), away.kind());
        }
    }

    /**
     * Removes what was put for uploads that came to nothing, but for bytes that an object or a file has all the same.
     *
     * @throws StorageException when they may still be there
     */
    void removeBytes(List<Upload> superfluous) {
        Map<Scope, List<ObjectKey>> keys = superfluous.stream()
                .collect(groupingBy(
                        Upload::scope, mapping(upload -> upload.file().key(), toList())));
        keys.forEach((scope, put) -> {
            Set<ObjectKey> owned = objects.owned(scope, put);
            List<ObjectKey> free =
                    put.stream().filter(key -> !owned.contains(key)).toList();
            if (!free.isEmpty()) {
                storage.deleteAll(free);
            }
        });
    }
}
