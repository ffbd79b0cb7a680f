package dev.waybill.tasks;

import dev.waybill.platform.query.Page;
import dev.waybill.platform.web.PaginationResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A page of tasks. */
@Schema(description = "A page of tasks")
record ListTasksResponse(List<TaskResponse> results, PaginationResponse pagination) {

    static ListTasksResponse of(Page<Task> page) {
        return new ListTasksResponse(page.items().stream().map(TaskResponse::of).toList(), PaginationResponse.of(page));
    }
}
