package dev.waybill.connections;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.platform.mongo.JsonValues;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A connection as it is stored.
 *
 * @param uniqueName the name while the connection holds it; the id once it is archived, which no name can equal
 * @param settings without secrets, as {@link JsonValues} stores them
 * @param identity see {@link ConnectorConfig#identity}
 * @param renewed null when its settings were never replaced
 */
@Document("connections")
@CompoundIndex(name = "organization_name", def = "{organization_id: 1, unique_name: 1}", unique = true)
@CompoundIndex(name = "organization_identity", def = "{organization_id: 1, provider: 1, identity: 1}")
record ConnectionEntity(
        @Id String key,
        OrganizationId organizationId,
        String connectionId,
        String name,
        String uniqueName,
        String provider,
        Map<String, Object> settings,
        List<SealedSecret> secrets,
        String identity,
        @Nullable String description,
        Map<String, Object> metadata,
        ConnectionStatus status,
        @Nullable Map<String, Object> profile,
        @Nullable Instant lastUsedAt,
        @Nullable String lastError,
        int consecutiveFailures,
        Instant createdAt,
        Instant updatedAt,
        String createdByUserId,
        @Nullable Renewed renewed) {

    /**
     * How often the settings, or secrets of them, were replaced, and the lease of the worker that is renewing the
     * secrets.
     *
     * @param holder the worker that holds the lease; null when none does
     * @param until when the lease expires
     */
    record Renewed(
            long times, @Nullable String holder, @Nullable Instant until) {

        boolean isGoing(Instant now) {
            return holder != null && until != null && now.isBefore(until);
        }
    }

    /**
     * An encrypted secret of the settings.
     *
     * @param path its dotted path in the settings
     * @param sealed encrypted
     */
    record SealedSecret(String path, String sealed) {

        /** Keeps even the ciphertext out of logs. */
        @Override
        public String toString() {
            return "SealedSecret[" + path + "]";
        }
    }

    /** The value after the next replacement, without a lease. */
    Renewed renewedOnce() {
        return new Renewed(renewed == null ? 1 : renewed.times() + 1, null, null);
    }

    ConnectionId id() {
        return new ConnectionId(connectionId);
    }

    Connection toConnection() {
        Map<String, String> masks =
                secrets.stream().collect(Collectors.toMap(SealedSecret::path, secret -> ConnectorConfig.MASK));
        return new Connection(
                id(),
                organizationId,
                name,
                provider,
                new ConnectorConfig(provider, JsonValues.fromStored(settings), masks, identity),
                description,
                JsonValues.fromStored(metadata),
                status,
                profile == null ? null : JsonValues.fromStored(profile),
                lastUsedAt,
                lastError,
                consecutiveFailures,
                createdAt,
                updatedAt,
                createdByUserId,
                false);
    }

    @Override
    public String toString() {
        return "ConnectionEntity[" + key + "]";
    }
}
