package dev.waybill.tasks.receipts;

import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Page;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A page of tasks. */
@Schema(description = "A page of tasks")
record ListTasksResponse(
        @Schema(description = "The tasks of this page, the newest first unless another order was asked for")
        List<TaskResponse> results,

        @Schema(description = "Where this page stands in the list")
        PaginationResponse pagination) {

    static ListTasksResponse of(Page<Task> page) {
        return new ListTasksResponse(page.items().stream().map(TaskResponse::of).toList(), PaginationResponse.of(page));
    }
}
