package dev.waybill.uploads;

import dev.waybill.buckets.Bucket;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.TaskType;
import dev.waybill.tasks.Tasks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Confirms one upload: looks at the bytes, and settles what they are. */
@Component
class Confirmations {

    private final Uploads uploads;
    private final UploadStore store;
    private final Verifier verifier;
    private final Settlement settlement;
    private final Tasks tasks;
    private final IdGenerator ids;
    private final UploadProperties properties;
    private final UploadMetrics metrics;
    private final FaultPoints faults;

    Confirmations(
            Uploads uploads,
            UploadStore store,
            Verifier verifier,
            Settlement settlement,
            Tasks tasks,
            IdGenerator ids,
            UploadProperties properties,
            UploadMetrics metrics,
            FaultPoints faults) {
        this.uploads = uploads;
        this.store = store;
        this.verifier = verifier;
        this.settlement = settlement;
        this.tasks = tasks;
        this.ids = ids;
        this.properties = properties;
        this.metrics = metrics;
        this.faults = faults;
    }

    /**
     * Confirms it, or hands it to a task.
     *
     * @param autoSubmit whether the new object is processed at once; an upload that was made so needs no telling
     * @return the upload as it is now: COMPLETED, or PROCESSING with a task
     */
    Upload confirm(Bucket bucket, UploadId id, Claimed claimed, boolean inBackground, boolean autoSubmit) {
        Upload stored = uploads.require(bucket, id);
        Upload upload = autoSubmit ? stored.autoSubmitting() : stored;
        if (upload.status() == TaskStatus.COMPLETED) {
            metrics.confirmed("repeated");
            return upload;
        }
        if (!upload.isOpen()) {
            metrics.confirmed("not_pending");
            throw Settlement.notPending(upload);
        }
        if (inBackground || isBig(upload, claimed)) {
            return handOver(upload, claimed);
        }
        return switch (metrics.timed(() -> verifier.verify(upload, claimed))) {
            case Verdict.Good good -> settled(upload, good);
            case Verdict.Missing missing -> throw refused("missing", notInStorage(upload));
            case Verdict.Refused refused -> throw refused(refused.why().code().wire(), refused.why());
            case Verdict.Spoiled spoiled -> {
                settlement.spoil(upload, spoiled.why());
                throw refused(spoiled.why().code().wire(), spoiled.why());
            }
            case Verdict.TooBig tooBig -> handOver(upload, claimed);
        };
    }

    static WaybillException notInStorage(Upload upload) {
        return new WaybillException(
                ErrorCode.NOT_IN_STORAGE,
                "The file of upload '%s' was not found in storage. PUT it to the presigned URL, then confirm again."
                        .formatted(upload.id()),
                Map.of("resource", "file", "id", upload.id().value()));
    }

    private Upload settled(Upload upload, Verdict.Good good) {
        Upload done = settlement.settle(upload, good);
        metrics.confirmed(done.isDuplicate() ? "duplicate" : "completed");
        return done;
    }

    private WaybillException refused(String outcome, WaybillException why) {
        metrics.confirmed(outcome);
        return why;
    }

    private boolean isBig(Upload upload, Claimed claimed) {
        long limit = properties.backgroundFrom().toBytes();
        Long declared = upload.file().sizeBytes();
        return (declared != null && declared >= limit) || (claimed.sizeBytes() != null && claimed.sizeBytes() >= limit);
    }

    /** The task's id is written with the upload first, so that whoever asks again submits the very same task. */
    private Upload handOver(Upload upload, Claimed claimed) {
        TaskId task = new TaskId(ids.nextUuid().toString());
        Upload processing = upload;
        if (upload.status() == TaskStatus.PENDING) {
            store.startTask(upload.scope(), upload.id(), task);
            faults.reach("confirm.task-marked");
            processing = uploads.require(upload.scope(), upload.bucket(), upload.id());
        }
        if (processing.status() == TaskStatus.COMPLETED) {
            return processing;
        }
        TaskId marked = processing.outcome().task();
        if (processing.status() != TaskStatus.PROCESSING || marked == null) {
            throw Settlement.notPending(processing);
        }
        tasks.submit(new NewTask(
                marked,
                upload.scope().organization(),
                upload.scope().namespace(),
                TaskType.API_BUCKETS_UPLOADS_CONFIRM,
                ConfirmTask.NAME,
                payload(upload, claimed),
                List.of(upload.id().value()),
                Map.of(
                        "upload_id", upload.id().value(),
                        "bucket_id", upload.bucket().value())));
        metrics.confirmed("handed_over");
        return processing;
    }

    private static Map<String, Object> payload(Upload upload, Claimed claimed) {
        Map<String, Object> payload = new HashMap<>();
        payload.put("bucket_id", upload.bucket().value());
        payload.put("upload_id", upload.id().value());
        if (upload.target().autoSubmit()) {
            payload.put("auto_submit_batch", true);
        }
        if (claimed.etag() != null) {
            payload.put("etag", claimed.etag());
        }
        if (claimed.sizeBytes() != null) {
            payload.put("file_size_bytes", claimed.sizeBytes());
        }
        return payload;
    }
}
