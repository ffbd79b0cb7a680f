package dev.waybill.idempotency;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A request and its answer.
 *
 * @param key organization and name; of any number of equal requests at once, its insert lets one through
 * @param status the answer's; null while there is none
 * @param answer the sealed body
 */
@Document(IdempotencyDocument.COLLECTION)
@CompoundIndex(name = "expiry", def = "{expires_at: 1}")
record IdempotencyDocument(
        @Id String key,
        String organizationId,
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

    static IdempotencyDocument of(Reservation reservation, Instant leaseUntil) {
        return new IdempotencyDocument(
                key(reservation.organization(), reservation.name()),
                reservation.organization().value(),
                reservation.name(),
                reservation.request(),
                reservation.seed(),
                reservation.begunAt(),
                reservation.expiresAt(),
                reservation.run(),
                reservation.owner(),
                leaseUntil,
                null,
                null,
                null);
    }

    Reservation toReservation() {
        return new Reservation(new OrganizationId(organizationId), name, request, seed, begunAt, expiresAt, run, owner);
    }

    IdempotencyStore.Kept toKept() {
        return new IdempotencyStore.Kept(
                toReservation(),
                leaseUntil,
                status == null || answer == null ? null : new KeptAnswer(status, contentType, answer));
    }
}
