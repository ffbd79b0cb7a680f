package dev.waybill.uploads;

import dev.waybill.batches.Batches;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.UploadReceipt;
import dev.waybill.objects.WriteResult;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.UploadStore.Settled;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Derives the outcome of an upload from the row under the id derived from its own, and from nothing else. */
@Component
class UploadOutcomes {

    private static final String CREATED = "Upload confirmed and object created.";
    private static final String DELETED = " It was deleted since.";

    private final Batches batches;
    private final InstantSource clock;
    private final FaultPoints faults;

    UploadOutcomes(Batches batches, InstantSource clock, FaultPoints faults) {
        this.batches = batches;
        this.clock = clock;
        this.faults = faults;
    }

    /** The upload's outcome, by the row under the id derived from its own. */
    Settled of(UploadEntity upload, WriteResult result) {
        Instant now = clock.instant();
        return switch (result) {
            case WriteResult.Created created -> {
                ObjectId id = upload.target().createObject() ? created.object().id() : null;
                String message = id == null ? "Upload confirmed." : CREATED;
                yield Settled.own(
                        upload, created.receipt(), id, processing(upload, created.receipt(), id), message, now);
            }
            case WriteResult.Changed changed -> {
                ObjectId id = changed.existing().id();
                boolean gone = changed.existing().object() == null;
                String message = "Upload confirmed; object '%s' has this unique key and was changed%s."
                        .formatted(id, gone ? "; it was deleted since" : "");
                Task task = gone ? null : processing(upload, changed.receipt(), id);
                yield Settled.own(upload, changed.receipt(), id, task, message, now);
            }
            case WriteResult.Duplicate duplicate ->
                Settled.duplicate(upload, duplicate.receipt(), duplicate.existing(), duplicateOf(duplicate), now);
            case WriteResult.Kept kept -> {
                String message =
                        "Object '%s' has this unique key already; it stays as it is, and the file was not kept.%s"
                                .formatted(kept.existing().id(), since(kept.existing()));
                yield Settled.kept(upload, kept.receipt(), kept.existing().id(), message, now);
            }
            case WriteResult.Ended ended ->
                switch (ended.ending().cause()) {
                    case DELETED ->
                        Settled.own(upload, ended.receipt(), upload.id().objectId(), null, CREATED + DELETED, now);
                    case CANCELED ->
                        Settled.without(
                                upload,
                                TaskStatus.CANCELED,
                                null,
                                now,
                                ended.ending().keepsBytes());
                    case FAILED ->
                        Settled.without(
                                upload,
                                TaskStatus.FAILED,
                                ended.ending().why(),
                                now,
                                ended.ending().keepsBytes());
                };
            case WriteResult.Refused refused -> throw new IllegalStateException("nothing was decided");
        };
    }

    private static String duplicateOf(WriteResult.Duplicate duplicate) {
        WriteResult.Existing first = duplicate.existing();
        String whose = first.uploadId() != null ? "upload " + first.uploadId() : "object " + first.id();
        return "Duplicate of %s: the bucket has these bytes already, so no second copy was kept.%s"
                .formatted(whose, since(first));
    }

    private static String since(WriteResult.Existing first) {
        return first.object() == null ? DELETED : "";
    }

    /** Submits the batch before the upload completes, so that a retry of a confirm that died submits it too. */
    private @Nullable Task processing(UploadEntity upload, @Nullable UploadReceipt receipt, @Nullable ObjectId object) {
        boolean requested = upload.target().autoSubmit() || (receipt != null && receipt.submitsBatch());
        if (object == null || !requested) {
            return null;
        }
        Task task = batches.process(upload.scope(), upload.bucket(), upload.id().batchId(), List.of(object));
        faults.reach("confirm.batch-submitted");
        return task;
    }
}
