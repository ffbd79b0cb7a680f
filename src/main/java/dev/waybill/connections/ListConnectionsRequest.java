package dev.waybill.connections;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.lists.PagedBody;
import dev.waybill.platform.lists.Paging;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Filters for a list of connections, combined with AND. */
@Schema(name = "ListStorageConnectionsRequest", example = "{\"provider_type\": \"s3\", \"is_active\": true}")
record ListConnectionsRequest(
        @Schema(
                description =
                        "Only those of this provider, by its own name or by what `provider_type` tells. A provider"
                                + " that is known and not to be had here has none.",
                example = "s3")
        @Nullable
        String providerType,

        @Schema(description = "Only those in this status. Archived ones are shown only so.", example = "ACTIVE")
        @Nullable
        String status,

        @Schema(description = "Only those that are ACTIVE, or that are not.", example = "true") @Nullable
        Boolean isActive,

        @JsonUnwrapped @Nullable Paging paging)
        implements PagedBody {

    static final ListConnectionsRequest EVERYTHING = new ListConnectionsRequest(null, null, null, null);

    /** Statuses of other resources, which the contract has in the same enum; no connection has them. */
    private static final Set<String> NEVER = Set.of(
            "PENDING",
            "IN_PROGRESS",
            "PROCESSING",
            "COMPLETED",
            "COMPLETED_WITH_ERRORS",
            "CANCELED",
            "UNKNOWN",
            "SKIPPED",
            "DRAFT");

    /** The statuses to list; empty when no connection can have the requested one. */
    List<ConnectionStatus> statuses() {
        return Arrays.stream(ConnectionStatus.values())
                .filter(one -> status == null
                        ? one != ConnectionStatus.ARCHIVED
                        : one.name().equals(named()))
                .filter(one -> isActive == null || isActive == (one == ConnectionStatus.ACTIVE))
                .toList();
    }

    /** Validates the status. */
    ListConnectionsRequest checked() {
        boolean isKnown = status == null
                || NEVER.contains(named())
                || Arrays.stream(ConnectionStatus.values())
                        .anyMatch(one -> one.name().equals(named()));
        if (!isKnown) {
            throw InvalidRequest.field(
                    "status", "Input should be 'ACTIVE', 'FAILED', 'SUSPENDED' or 'ARCHIVED'", "enum");
        }
        return this;
    }

    private String named() {
        return String.valueOf(status).toUpperCase(Locale.ROOT);
    }
}
