package dev.waybill.projects;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.ListBody;
import dev.waybill.platform.lists.Paging;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Schema(
        description = "Which projects to list; every field may be left out, the body too.",
        example = "{\"filters\": {\"status\": \"open\"}, \"search\": \"spring\"}")
record ListProjectsRequest(
        @Schema(
                description =
                        "Conditions by field: project_id, name, prompt, status, deadline, created_at," + " updated_at.",
                example = "{\"status\": \"open\"}")
        @Nullable
        Map<String, Object> filters,

        @Schema(
                description = "The order; newest first when it is left out.",
                example = "{\"field\": \"name\", \"direction\": \"asc\"}")
        @Nullable
        Map<String, Object> sort,

        @Schema(description = "Part of a name or a prompt, in any case.", example = "spring") @Nullable
        String search,

        @JsonUnwrapped @Nullable Paging paging)
        implements ListBody {}
