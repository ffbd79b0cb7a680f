package dev.waybill.connections;

import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connection in responses. */
@Schema(name = "StorageConnectionModel", description = "A storage elsewhere that was opened to the organization.")
record ConnectionResponse(
        @Schema(description = "Its id.", example = "conn_0f1e2d3c4b5a697")
        String connectionId,

        @Schema(description = "The organization's id, under another name.", example = "org_0VXsK2aQ3nB8xYz1")
        String internalId,

        @Schema(
                description =
                        "The provider, for clients whose lists of names are old: `s3` for all stores that are like"
                                + " it. `provider` tells which it is.",
                example = "s3")
        String providerType,

        @Schema(description = "The provider's own name.", example = "backblaze")
        String provider,

        @Schema(
                description = "Its settings, each secret masked by 40 stars.",
                example = "{\"provider_type\": \"s3\", \"bucket_name\": \"raw-footage\", \"region\": \"eu-central-1\","
                        + " \"credentials\": {\"type\": \"access_key\", \"access_key_id\": \"AKIAIOSFODNN7EXAMPLE\","
                        + " \"secret_access_key\": \"****************************************\"}}")
        Map<String, Object> providerConfig,

        @Schema(description = "Unique in the organization.", example = "Raw footage")
        String name,

        @Schema(description = "What it is for.", example = "The film crew's") @Nullable
        String description,

        @Schema(
                description = "`ACTIVE`; `FAILED` when the last check or run failed, until one succeeds; `SUSPENDED` on"
                        + " request, or after 5 failures in a row; `ARCHIVED` for good.",
                example = "ACTIVE")
        ConnectionStatus status,

        @Schema(description = "Whether the status is ACTIVE.", example = "true")
        boolean isActive,

        @Schema(description = "When it was last listed or synced with success.", example = "2026-11-27T09:30:00.123Z")
        @Nullable
        Instant lastUsedAt,

        @Schema(
                description = "What went wrong last; left out once something succeeds. At most 1000 characters.",
                example = "EXPIRED_CREDENTIALS: The session token has ended; send a new one.")
        @Nullable
        String lastError,

        @Schema(description = "Checks and runs that failed in a row.", example = "0")
        int consecutiveFailures,

        @Schema(description = "When it was made.", example = "2026-11-27T09:30:00.123Z")
        Instant createdAt,

        @Schema(description = "When it was changed last.", example = "2026-11-27T09:30:00.123Z")
        Instant updatedAt,

        @Schema(description = "Who made it.", example = "usr_0VXsK2aQ3nB8xYz1")
        String createdByUserId,

        @Schema(description = "What is kept with it; empty when nothing is.", example = "{\"team\": \"film\"}")
        Map<String, Object> metadata) {

    /** @param contractProvider the provider in the vocabulary of older clients */
    static ConnectionResponse of(Connection connection, String contractProvider) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(Providers.TYPE, connection.provider());
        settings.putAll(connection.config().masked());
        return new ConnectionResponse(
                connection.id().value(),
                connection.organization().value(),
                contractProvider,
                connection.provider(),
                settings,
                connection.name(),
                connection.description(),
                connection.status(),
                connection.status() == ConnectionStatus.ACTIVE,
                connection.lastUsedAt(),
                connection.lastError(),
                connection.consecutiveFailures(),
                connection.createdAt(),
                connection.updatedAt(),
                connection.createdBy(),
                connection.metadata());
    }

    /** A page of connections. */
    @Schema(name = "StorageConnectionListResponse", description = "A page of connections.")
    record Listed(
            @Schema(description = "The connections, newest first.")
            List<ConnectionResponse> results,

            @Schema(description = "Where the page stands.") PaginationResponse pagination,

            @Schema(description = "How many match in all.", example = "3")
            long total) {

        static Listed of(Page<Connection> page, Function<Connection, String> contractProvider) {
            Long total = page.total();
            return new Listed(
                    page.items().stream()
                            .map(connection -> ConnectionResponse.of(connection, contractProvider.apply(connection)))
                            .toList(),
                    PaginationResponse.of(page),
                    total == null ? 0 : total);
        }
    }

    /** A page of connections, under the current field names and under those of the first clients. */
    @Schema(name = "StorageConnectionOldListResponse", description = "A page of connections, under two names each.")
    record ListedTwice(
            @Schema(description = "The connections, newest first.")
            List<ConnectionResponse> results,

            @Schema(description = "Where the page stands.") PaginationResponse pagination,

            @Schema(description = "How many there are in all.", example = "3")
            long total,

            @Schema(description = "The same as `results`.") List<ConnectionResponse> connections,

            @Schema(description = "The same as `total`.", example = "3")
            long totalCount) {

        static ListedTwice of(Listed page) {
            return new ListedTwice(page.results(), page.pagination(), page.total(), page.results(), page.total());
        }
    }
}
