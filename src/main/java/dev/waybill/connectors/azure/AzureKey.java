package dev.waybill.connectors.azure;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Credentials of requests to Azure. */
interface AzureKey {

    /**
     * Signs a request.
     *
     * @throws SourceException when there are no valid credentials
     */
    RestCall sign(RestCall request);

    /**
     * Renews the credentials after a rejected request, where possible.
     *
     * @param sent as it was signed
     * @return whether the request may be signed again and retried
     */
    boolean renew(RestCall sent, RestAnswer refusal);

    /** Whether it is valid for the account, and not for a container only. */
    default boolean isForAccount() {
        return true;
    }

    /** When it expires; null when that is not known. */
    default @Nullable Instant expiresAt() {
        return null;
    }

    /** What it is restricted to; JSON values. */
    default Map<String, Object> restrictions() {
        return Map.of();
    }

    /** Missing permissions, as the diagnoses they lead to. */
    default List<Diagnosis> lacking() {
        return List.of();
    }
}
