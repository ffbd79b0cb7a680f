package dev.waybill.syncs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.lists.PagedBody;
import dev.waybill.platform.lists.Paging;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Filters for a list of syncs; all are optional and combined with AND. */
@Schema(name = "ListSyncConfigurationsRequest", example = "{\"status\": \"ACTIVE\", \"is_active\": true}")
record ListSyncsRequest(
        @Schema(description = "Only those over this connection.", example = "conn_a1B2c3D4e5F6g7H") @Nullable
        String connectionId,

        @Schema(description = "Only those in this status; case makes no difference.", example = "ACTIVE") @Nullable
        String status,

        @Schema(description = "Only those that run, or that do not.", example = "true") @Nullable
        Boolean isActive,

        @JsonUnwrapped @Nullable Paging paging)
        implements PagedBody {

    static final ListSyncsRequest EVERYTHING = new ListSyncsRequest(null, null, null, null);

    /** @throws InvalidRequest when the status is unknown */
    @Nullable
    TaskStatus readStatus() {
        return status(status);
    }

    /** Case-insensitive; {@code paused} is an older name of SUSPENDED. */
    static @Nullable TaskStatus status(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String name = text.toUpperCase(Locale.ROOT);
        if (name.equals("PAUSED")) {
            return TaskStatus.SUSPENDED;
        }
        return Arrays.stream(TaskStatus.values())
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow(() -> InvalidRequest.field(
                        "status",
                        "Input should be one of: %s"
                                .formatted(Arrays.stream(TaskStatus.values())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))),
                        "enum"));
    }
}
