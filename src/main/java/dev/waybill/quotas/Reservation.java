package dev.waybill.quotas;

import dev.waybill.platform.tenancy.OrganizationId;

/**
 * A reservation of bytes of a quota for a write in flight.
 *
 * @param token its id within the organization
 * @param bytes 0 where nothing needs to be reserved, and nothing was
 */
public record Reservation(OrganizationId organization, String token, long bytes) {

    static Reservation ofNothing(OrganizationId organization) {
        return new Reservation(organization, "", 0);
    }
}
