package dev.waybill.submissions;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.ListBody;
import dev.waybill.platform.lists.Paging;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Schema(
        description = "Which submissions to list; every field may be left out, the body too.",
        example = "{\"filters\": {\"status\": \"submitted\"}, \"search\": \"spring\"}")
record ListSubmissionsRequest(
        @Schema(
                description =
                        "Conditions by field: submission_id, agent_id, status, text, media.file_name, media.file_type,"
                                + " created_at, confirmed_at, generation_time_seconds.",
                example = "{\"status\": \"submitted\"}")
        @Nullable
        Map<String, Object> filters,

        @Schema(
                description = "The order; newest first when it is left out.",
                example = "{\"field\": \"confirmed_at\", \"direction\": \"asc\"}")
        @Nullable
        Map<String, Object> sort,

        @Schema(description = "Part of a text or of a file name, in any case.", example = "spring") @Nullable
        String search,

        @JsonUnwrapped @Nullable Paging paging)
        implements ListBody {}
