package dev.waybill.idempotency;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An idempotency key, as stored: the lease on its execution, and the response once there is one.
 *
 * @param key organization and name; of any number of equal requests at once, its insert admits one
 * @param name what the request is stored under, see {@link ResponseCipher#name}
 * @param request the request's fingerprint
 * @param seed what its ids are derived from, in every run of it, see {@link ResponseCipher#seed}
 * @param begunAt when the first run began
 * @param expiresAt when the key expires and may be used for another request
 * @param run number of the execution, from 1; later ones may find what an earlier one created
 * @param owner random token of this run, which holds the lease
 * @param leaseUntil when the lease ends, unless it is renewed
 * @param status the response's; null while there is none
 * @param answer the encrypted body; null when there is none, or it was too large to be stored
 */
@Document(IdempotencyEntity.COLLECTION)
@CompoundIndex(name = "expiry", def = "{expires_at: 1}")
record IdempotencyEntity(
        @Id String key,
        OrganizationId organizationId,
        String name,
        String request,
        byte[] seed,
        Instant begunAt,
        Instant expiresAt,
        int run,
        String owner,
        Instant leaseUntil,
        @Nullable Integer status,
        @Nullable String contentType,
        byte @Nullable [] answer) {

    static final String COLLECTION = "idempotency_keys";

    static String key(OrganizationId organization, String name) {
        return organization.value() + "/" + name;
    }

    boolean isRepeating() {
        return run > 1;
    }

    IdempotencyEntity nextRun(String newOwner, Instant until) {
        return new IdempotencyEntity(
                key,
                organizationId,
                name,
                request,
                seed,
                begunAt,
                expiresAt,
                run + 1,
                newOwner,
                until,
                null,
                null,
                null);
    }

    /** The response with its body encrypted; null when none was stored. */
    @Nullable
    StoredResponse storedResponse() {
        return status == null || answer == null ? null : new StoredResponse(status, contentType, answer);
    }
}
