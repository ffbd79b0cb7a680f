package dev.waybill.tasks;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as the API returns it.
 *
 * @param errorMessage the same as {@code error}
 */
@Schema(description = "The receipt of a piece of long-running work")
public record TaskResponse(
        @Schema(description = "A UUID", example = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")
        String taskId,

        @Schema(description = "What kind of work it is", example = "api_buckets_uploads_batch_confirm")
        TaskType taskType,

        @Schema(
                description = "PENDING until a worker takes it, then PROCESSING, at last COMPLETED,"
                        + " COMPLETED_WITH_ERRORS, FAILED or CANCELED",
                example = "PROCESSING")
        TaskStatus status,

        @Schema(description = "What kind of work it is, for people", example = "Confirms uploads")
        String description,

        @Schema(description = "What the work is about: strings or objects")
        List<Object> inputs,

        @Schema(
                description =
                        "The results: strings or objects, in the order of the inputs; empty until the work is done")
        List<Object> outputs,

        @Schema(
                description =
                        "What else there is to tell: `progress` (`processed`, `total`, `percentage`), `error`, and"
                                + " `from_mongodb` with a `note` when the database answered instead of the cache. Of a"
                                + " batch: `job_id`, `batch_id`, `bucket_id`, `namespace_id`, `object_count`,"
                                + " `sample_object_ids`, `current_tier`, `total_tiers`, `collection_ids`",
                example = "{\"progress\": {\"processed\": 40, \"total\": 100, \"percentage\": 40}}")
        Map<String, Object> additionalData,

        @Schema(description = "What went wrong; left out unless something did", example = "6 of 100 uploads failed")
        @Nullable
        String error,

        @Schema(description = "The same as `error`", example = "6 of 100 uploads failed") @Nullable
        String errorMessage) {

    public static TaskResponse of(Task task) {
        return new TaskResponse(
                task.id().value(),
                task.type(),
                task.status(),
                task.type().description(),
                task.inputs(),
                task.outputs(),
                task.additionalData(),
                task.error(),
                task.error());
    }
}
