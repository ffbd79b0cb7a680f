package dev.waybill.tasks.receipts;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.ListBody;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.lists.Paging;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.Filter.Condition;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Operator;
import dev.waybill.tasks.TaskPages;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.TaskType;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body that selects the tasks to list, all of it optional. */
@Schema(
        description = "Which tasks to list, and in which order. Without a body: all, the newest first.",
        example = "{\"status\": \"PROCESSING\", \"task_type\": \"api_buckets_uploads_batch_confirm\"}")
record ListTasksRequest(
        @Schema(description = "Only tasks in this status", example = "PROCESSING") @Nullable
        TaskStatus status,

        @Schema(description = "Only tasks of this type", example = "api_buckets_uploads_batch_confirm") @Nullable
        TaskType taskType,

        @Schema(
                description = "Conditions on task_id, task_type, status, namespace_id, error, created_at, updated_at"
                        + " and additional_data.*",
                example = "{\"AND\": [{\"field\": \"created_at\", \"operator\": \"gte\","
                        + " \"value\": \"2026-01-01T00:00:00Z\"}]}")
        @Nullable
        Map<String, Object> filters,

        @Schema(
                description = "One of the same fields, and asc or desc",
                example = "{\"field\": \"created_at\", \"direction\": \"desc\"}")
        @Nullable
        Map<String, Object> sort,

        @Schema(
                description = "Words to find in id, type, status or error; case does not matter",
                example = "confirm",
                maxLength = 200)
        @Nullable
        String search,

        @JsonUnwrapped @Nullable Paging paging)
        implements ListBody {

    private static final int DEFAULT_LIMIT = 20;

    /** @param body null for everything */
    static ListQuery toQuery(@Nullable ListTasksRequest body, ListParameters parameters) {
        List<Filter> all = new ArrayList<>();
        if (body != null && body.status() != null) {
            all.add(new Condition("status", Operator.EQ, body.status().name(), true));
        }
        if (body != null && body.taskType() != null) {
            all.add(new Condition("task_type", Operator.EQ, body.taskType().wire(), true));
        }
        ListQuery query = parameters.toQuery(body, TaskPages.FIELDS, DEFAULT_LIMIT);
        all.add(query.filter());
        return query.withFilter(new Filter.And(all));
    }
}
