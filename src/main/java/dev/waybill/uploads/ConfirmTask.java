package dev.waybill.uploads;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Confirms one upload in the background. */
@Component
class ConfirmTask implements TaskHandler {

    static final String NAME = "uploads.confirm";

    private static final Duration WHILE_STORAGE_IS_AWAY = Duration.ofSeconds(5);

    private final Uploads uploads;
    private final UploadStore store;
    private final Verifier verifier;
    private final Settlement settlement;
    private final UploadMetrics metrics;

    ConfirmTask(Uploads uploads, UploadStore store, Verifier verifier, Settlement settlement, UploadMetrics metrics) {
        this.uploads = uploads;
        this.store = store;
        this.verifier = verifier;
        this.settlement = settlement;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        try {
            Upload upload = upload(run);
            if (!upload.isOpen()) {
                return done(upload);
            }
            return settle(run.task(), upload, verifier.verifyFully(upload, claimed(run.payload())));
        } catch (StorageException away) {
            if (away.kind() == StorageException.Kind.UNAVAILABLE) {
                return new TaskOutcome.Later(WHILE_STORAGE_IS_AWAY);
            }
            throw away;
        } catch (WaybillException refused) {
            return failed(refused);
        }
    }

    private TaskOutcome settle(Task task, Upload upload, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Good good -> settled(task, upload, good);
            case Verdict.Missing missing -> reopened(task, upload, Confirmations.notInStorage(upload));
            case Verdict.Refused refused -> reopened(task, upload, refused.why());
            case Verdict.Spoiled spoiled -> {
                settlement.spoil(upload, spoiled.why());
                metrics.confirmed(spoiled.why().code().wire());
                yield failed(spoiled.why());
            }
            case Verdict.TooBig impossible -> throw new IllegalStateException("a task looks at files of any size");
        };
    }

    private TaskOutcome settled(Task task, Upload upload, Verdict.Good good) {
        try {
            Upload done = settlement.settle(upload, good);
            metrics.confirmed(done.isDuplicate() ? "duplicate" : "completed");
            return done(done);
        } catch (StorageException away) {
            throw away;
        } catch (WaybillException refused) {
            // It has no place just now, or was settled otherwise: in the first case it can be confirmed again.
            return reopened(task, upload, refused);
        }
    }

    private TaskOutcome reopened(Task task, Upload upload, WaybillException why) {
        store.endTask(upload.scope(), upload.id(), task.id(), why.getMessage());
        metrics.confirmed(why.code().wire());
        return failed(why);
    }

    private static TaskOutcome failed(WaybillException why) {
        return new TaskOutcome.Failed(List.of(), Map.of("error_code", why.code().wire()), why.getMessage());
    }

    private static TaskOutcome done(Upload upload) {
        return new TaskOutcome.Completed(List.of(ConfirmResult.of(upload).toMap()), Map.of());
    }

    private Upload upload(TaskRun run) {
        NamespaceId namespace = run.task().namespace();
        if (namespace == null) {
            throw new IllegalStateException("uploads are confirmed inside a namespace");
        }
        Upload upload = uploads.require(
                new Scope(run.task().organization(), namespace),
                new BucketId(String.valueOf(run.payload().get("bucket_id"))),
                new UploadId(String.valueOf(run.payload().get("upload_id"))));
        return Boolean.TRUE.equals(run.payload().get("auto_submit_batch")) ? upload.autoSubmitting() : upload;
    }

    private static Claimed claimed(Map<String, Object> payload) {
        @Nullable String etag = payload.get("etag") instanceof String text ? text : null;
        @Nullable
        Long size = payload.get("file_size_bytes") instanceof Number number ? (Long) number.longValue() : null;
        return new Claimed(etag, size);
    }
}
