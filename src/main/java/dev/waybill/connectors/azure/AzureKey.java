package dev.waybill.connectors.azure;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who asks. */
interface AzureKey {

    /**
     * The request, as one that this key vouches for.
     *
     * @throws SourceException when there is nothing to vouch with
     */
    RestCall sign(RestCall request);

    /**
     * Makes the best of a refusal.
     *
     * @param sent as it was signed
     * @return whether it may be signed and asked again
     */
    boolean renew(RestCall sent, RestAnswer refusal);

    /** Whether it can be shown to the account, and not to a container only. */
    default boolean isForAccount() {
        return true;
    }

    /** Until when it holds; null when that is not known. */
    default @Nullable Instant expiresAt() {
        return null;
    }

    /** What it is bound to; JSON values. */
    default Map<String, Object> restrictions() {
        return Map.of();
    }

    /** Rights that it lacks, as what that would be diagnosed as. */
    default List<Diagnosis> lacking() {
        return List.of();
    }
}
