package dev.waybill.uploads;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import dev.waybill.uploads.UploadConfirmation.Confirmed;
import dev.waybill.uploads.UploadConfirmation.Item;
import dev.waybill.uploads.verification.ConfirmExpectations;
import dev.waybill.uploads.verification.UploadMetrics;
import dev.waybill.uploads.verification.Verifier.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Task handler that confirms one upload. */
@Component
class ConfirmTask implements TaskHandler {

    static final String NAME = "uploads.confirm";

    private static final Duration STORAGE_RETRY_DELAY = Duration.ofSeconds(5);

    private final Uploads uploads;
    private final UploadStore store;
    private final UploadConfirmation confirmation;
    private final UploadMetrics metrics;

    ConfirmTask(Uploads uploads, UploadStore store, UploadConfirmation confirmation, UploadMetrics metrics) {
        this.uploads = uploads;
        this.store = store;
        this.confirmation = confirmation;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.STANDARD;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        UploadEntity upload;
        try {
            upload = upload(run);
        } catch (WaybillException gone) {
            return failed(gone);
        }
        return upload.isOpen() ? confirm(run, upload) : done(upload);
    }

    private TaskOutcome confirm(TaskRun run, UploadEntity upload) {
        return switch (confirmation.confirm(new Item(upload, ConfirmExpectations.of(run.payload())), Pace.TASK)) {
            case Confirmed.Completed completed -> {
                metrics.confirmed(completed.upload().isDuplicate() ? "duplicate" : "completed");
                yield done(completed.upload());
            }
            case Confirmed.Failed failed -> {
                metrics.confirmed(failed.why().code().wire());
                yield failed(failed.why());
            }
            case Confirmed.Refused refused ->
                refused.waitsForStorage()
                        ? new TaskOutcome.Later(STORAGE_RETRY_DELAY)
                        : reopened(run.task(), upload, refused.why());
            case Confirmed.TooBig impossible -> throw new IllegalStateException("a task verifies files of any size");
        };
    }

    private TaskOutcome reopened(Task task, UploadEntity upload, WaybillException why) {
        store.endTask(upload.scope(), upload.id(), task.id(), why.explained());
        metrics.confirmed(why.code().wire());
        return failed(why);
    }

    private static TaskOutcome failed(WaybillException why) {
        return new TaskOutcome.Failed(
                List.of(), Map.of("error_code", why.code().wire(), "error_details", why.details()), why.explained());
    }

    private static TaskOutcome done(UploadEntity upload) {
        return new TaskOutcome.Completed(List.of(ConfirmResult.of(upload).fields()), Map.of());
    }

    private UploadEntity upload(TaskRun run) {
        UploadEntity upload = uploads.require(
                run.task().scope(), new BucketId(run.text("bucket_id")), new UploadId(run.text("upload_id")));
        return Boolean.TRUE.equals(run.payload().get("auto_submit_batch")) ? upload.autoSubmitting() : upload;
    }
}
