package dev.waybill.idempotency;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The right to do a request, for as long as the lease lasts; and the request's answer, once there is one.
 *
 * @param key organization and name; of any number of equal requests at once, its insert lets one through
 * @param name what the request is filed under, see {@link ResponseCipher#name}
 * @param request the request's fingerprint
 * @param seed what its ids are made from, in every run of it, see {@link ResponseCipher#seed}
 * @param begunAt when the first run began
 * @param expiresAt when the key may stand for another request
 * @param run 1 for the first one; later ones may find what an earlier one made
 * @param owner who does this run
 * @param leaseUntil until when, unless the lease is renewed
 * @param status the answer's; null while there is none
 * @param answer the sealed body; null when there is none, or it was too large to be kept
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

    /** The answer with its body sealed; null when there is none that was kept. */
    @Nullable
    StoredResponse kept() {
        return status == null || answer == null ? null : new StoredResponse(status, contentType, answer);
    }
}
