package dev.waybill.connections;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection: an external storage of an organization, with the settings and credentials to read it.
 *
 * @param name unique among those of the organization that are not archived
 * @param provider the canonical name
 * @param config with its secrets masked; {@link Connections#open} uses the real ones
 * @param metadata JSON values; may be empty
 * @param profile profile of the storage by the latest successful check, as JSON; null when there was none since its
 *     settings were changed
 * @param lastUsedAt when it was last listed or synced with success; null for never
 * @param lastError at most 1000 characters; null when the last check or run succeeded
 * @param consecutiveFailures of checks and runs
 * @param createdBy the user's id
 * @param fresh whether {@link Connections#findOrCreate} has just created it
 */
public record Connection(
        ConnectionId id,
        OrganizationId organization,
        String name,
        String provider,
        ConnectorConfig config,
        @Nullable String description,
        Map<String, Object> metadata,
        ConnectionStatus status,
        @Nullable Map<String, Object> profile,
        @Nullable Instant lastUsedAt,
        @Nullable String lastError,
        int consecutiveFailures,
        Instant createdAt,
        Instant updatedAt,
        String createdBy,
        boolean fresh) {

    Connection asFresh() {
        return new Connection(
                id,
                organization,
                name,
                provider,
                config,
                description,
                metadata,
                status,
                profile,
                lastUsedAt,
                lastError,
                consecutiveFailures,
                createdAt,
                updatedAt,
                createdBy,
                true);
    }

    /** Settings and errors are for its owner only. */
    @Override
    public String toString() {
        return "Connection[%s, %s, %s]".formatted(id, provider, status);
    }
}
