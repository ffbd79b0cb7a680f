package dev.waybill.syncs;

import dev.waybill.syncs.runs.RunResponse;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;

/** Response to a trigger: the run that was started. */
@Schema(name = "SyncTriggerResponse")
record TriggerResponse(
        @Schema(description = "The sync.", example = "sync_0VXsK2aQ3nB8xYz1")
        String syncConfigId,

        @Schema(description = "The run, a UUID: `GET .../jobs/{sync_job_id}` tells of it.", example = RunResponse.ID)
        String syncJobId,

        @Schema(description = "The same as `sync_job_id`.", example = RunResponse.ID)
        String syncRunId,

        @Schema(description = "The same as `sync_job_id`: its task in `/v1/tasks`.", example = RunResponse.ID)
        String taskId,

        @Schema(description = "PENDING: a worker takes it as soon as it has its turn.", example = "PENDING")
        TaskStatus status,

        @Schema(description = "A sentence.", example = "The run was begun.")
        String message) {

    static TriggerResponse of(String sync, String run) {
        return new TriggerResponse(sync, run, run, run, TaskStatus.PENDING, "The run was begun.");
    }
}
