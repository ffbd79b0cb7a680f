package dev.waybill.quotas;

import dev.waybill.platform.tenancy.OrganizationId;

/**
 * Port for modules that store files: the number of bytes they take. It is the source of truth; balances are derived
 * from its sum.
 */
public interface StoredFiles {

    /**
     * In which order modules are counted: the lower one first. Bytes that move from one module to another during a
     * count must be counted by one of them at least, so a module that bytes come from goes first.
     */
    int order();

    /**
     * What an organization's files take now. Whatever was written before this call, and not removed since, is counted;
     * what is written meanwhile may be.
     */
    Sum of(OrganizationId organization);

    /**
     * Bytes of an organization.
     *
     * @param used of stored files
     * @param reserved of announced files, which may still arrive
     */
    record Sum(long used, long reserved) {

        public static final Sum NONE = new Sum(0, 0);

        public Sum plus(Sum other) {
            return new Sum(used + other.used, reserved + other.reserved);
        }

        public long total() {
            return used + reserved;
        }
    }
}
