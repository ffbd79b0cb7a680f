package dev.waybill.uploads;

import dev.waybill.buckets.Bucket;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.TaskType;
import dev.waybill.tasks.Tasks;
import dev.waybill.uploads.UploadConfirmation.Confirmed;
import dev.waybill.uploads.UploadConfirmation.Item;
import dev.waybill.uploads.verification.ConfirmExpectations;
import dev.waybill.uploads.verification.UploadMetrics;
import dev.waybill.uploads.verification.UploadProperties;
import dev.waybill.uploads.verification.Verifier.Pace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Use case of the HTTP API to confirm one upload, during the request or by a task. */
@Component
class ConfirmService {

    private final Uploads uploads;
    private final UploadStore store;
    private final UploadConfirmation confirmation;
    private final Tasks tasks;
    private final IdGenerator ids;
    private final UploadProperties properties;
    private final UploadMetrics metrics;
    private final FaultPoints faults;

    ConfirmService(
            Uploads uploads,
            UploadStore store,
            UploadConfirmation confirmation,
            Tasks tasks,
            IdGenerator ids,
            UploadProperties properties,
            UploadMetrics metrics,
            FaultPoints faults) {
        this.uploads = uploads;
        this.store = store;
        this.confirmation = confirmation;
        this.tasks = tasks;
        this.ids = ids;
        this.properties = properties;
        this.metrics = metrics;
        this.faults = faults;
    }

    /**
     * Confirms it, or submits a task for it.
     *
     * @param autoSubmit whether the new object is processed at once; not needed for an upload that was created so
     * @return the upload as it is now: COMPLETED, or PROCESSING with a task
     */
    ConfirmUploadResponse confirm(
            Bucket bucket, UploadId id, ConfirmExpectations expected, boolean inBackground, boolean autoSubmit) {
        UploadEntity stored = uploads.require(bucket, id);
        UploadEntity upload = autoSubmit ? stored.autoSubmitting() : stored;
        if (upload.status() == TaskStatus.COMPLETED) {
            metrics.confirmed("repeated");
            return ConfirmUploadResponse.of(upload);
        }
        if (!upload.isOpen()) {
            metrics.confirmed("not_pending");
            throw UploadConfirmation.notPending(upload);
        }
        if (inBackground || isBig(upload, expected)) {
            return ConfirmUploadResponse.of(submitTask(upload, expected));
        }
        return switch (confirmation.confirm(new Item(upload, expected), Pace.REQUEST)) {
            case Confirmed.Completed completed -> {
                metrics.confirmed(completed.upload().isDuplicate() ? "duplicate" : "completed");
                yield ConfirmUploadResponse.of(completed.upload());
            }
            case Confirmed.Failed failed -> throw refused(failed.why());
            case Confirmed.Refused refused -> throw refused(refused.why());
            case Confirmed.TooBig tooBig -> ConfirmUploadResponse.of(submitTask(upload, expected));
        };
    }

    private WaybillException refused(WaybillException why) {
        metrics.confirmed(why.code().wire());
        return why;
    }

    private boolean isBig(UploadEntity upload, ConfirmExpectations expected) {
        long limit = properties.backgroundFrom().toBytes();
        Long declared = upload.file().sizeBytes();
        return (declared != null && declared >= limit)
                || (expected.sizeBytes() != null && expected.sizeBytes() >= limit);
    }

    /** The task's id is stored with the upload first, so that a retry submits the very same task. */
    private UploadEntity submitTask(UploadEntity upload, ConfirmExpectations expected) {
        TaskId task = new TaskId(ids.nextUuid().toString());
        UploadEntity processing = upload;
        if (upload.status() == TaskStatus.PENDING) {
            store.startTask(upload.scope(), upload.id(), task);
            faults.reach("confirm.task-marked");
            processing = uploads.require(upload.scope(), upload.bucket(), upload.id());
        }
        if (processing.status() == TaskStatus.COMPLETED) {
            return processing;
        }
        TaskId storedTask = processing.outcome().task();
        if (processing.status() != TaskStatus.PROCESSING || storedTask == null) {
            throw processing.isOpen()
                    ? UploadConfirmation.unknown(processing)
                    : UploadConfirmation.notPending(processing);
        }
        tasks.submit(new NewTask(
                storedTask,
                upload.scope().organization(),
                upload.scope().namespace(),
                TaskType.API_BUCKETS_UPLOADS_CONFIRM,
                ConfirmTask.NAME,
                payload(upload, expected),
                List.of(upload.id().value()),
                Map.of(
                        "upload_id", upload.id().value(),
                        "bucket_id", upload.bucket().value())));
        metrics.confirmed("handed_over");
        return processing;
    }

    private static Map<String, Object> payload(UploadEntity upload, ConfirmExpectations expected) {
        Map<String, Object> payload = new HashMap<>();
        payload.put("bucket_id", upload.bucket().value());
        payload.put("upload_id", upload.id().value());
        if (upload.target().autoSubmit()) {
            payload.put("auto_submit_batch", true);
        }
        if (expected.etag() != null) {
            payload.put("etag", expected.etag());
        }
        if (expected.sizeBytes() != null) {
            payload.put("file_size_bytes", expected.sizeBytes());
        }
        return payload;
    }
}
