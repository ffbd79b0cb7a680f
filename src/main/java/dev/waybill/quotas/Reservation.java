package dev.waybill.quotas;

import dev.waybill.platform.tenancy.OrganizationId;

/**
 * Bytes that a quota leaves to one who is about to write them.
 *
 * @param token told apart from others of the organization by it
 * @param bytes 0 where nothing needs to be reserved, and nothing is
 */
public record Reservation(OrganizationId organization, String token, long bytes) {

    static Reservation ofNothing(OrganizationId organization) {
        return new Reservation(organization, "", 0);
    }
}
