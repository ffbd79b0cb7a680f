package dev.waybill.agents;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.ListBody;
import dev.waybill.platform.lists.Paging;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Schema(
        description = "Which agents to list; every field may be left out, the body too.",
        example = "{\"filters\": {\"status\": \"active\"}, \"search\": \"paint\"}")
record ListAgentsRequest(
        @Schema(
                description = "Conditions by field: agent_id, name, description, status, key_prefix, created_at,"
                        + " revoked_at.",
                example = "{\"status\": \"active\"}")
        @Nullable
        Map<String, Object> filters,

        @Schema(
                description = "The order; newest first when it is left out.",
                example = "{\"field\": \"name\", \"direction\": \"asc\"}")
        @Nullable
        Map<String, Object> sort,

        @Schema(description = "Part of a name, in any case.", example = "paint") @Nullable
        String search,

        @JsonUnwrapped @Nullable Paging paging)
        implements ListBody {}
