package dev.waybill.idempotency;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;

/**
 * The right to do a request, for as long as the lease lasts.
 *
 * @param name what the request is filed under, see {@link Seal#name}
 * @param request the request's fingerprint
 * @param seed what its ids are made from, in every run of it, see {@link Seal#seed}
 * @param begunAt when the first run began
 * @param expiresAt when the key may stand for another request
 * @param run 1 for the first one; later ones may find what an earlier one made
 * @param owner who does this run
 */
record Reservation(
        OrganizationId organization,
        String name,
        String request,
        byte[] seed,
        Instant begunAt,
        Instant expiresAt,
        int run,
        String owner) {

    boolean isRepeating() {
        return run > 1;
    }

    Reservation nextRun(String newOwner) {
        return new Reservation(organization, name, request, seed, begunAt, expiresAt, run + 1, newOwner);
    }
}
