package dev.waybill.quotas;

import dev.waybill.platform.tenancy.OrganizationId;

/** A room that keeps files, and tells how many bytes they take. What it tells is the truth; balances are its sum. */
public interface StoredFiles {

    /**
     * In which order rooms are asked: the lower one first. Bytes that move from one room to another while both are asked
     * must be met by one of them at least, so those go first from whom bytes come.
     */
    int order();

    /**
     * What an organization's files take, as it is stored just now. Whatever was written before this is called, and not
     * removed since, is counted; what is written meanwhile may be.
     */
    Sum of(OrganizationId organization);

    /**
     * Bytes of an organization.
     *
     * @param used of files that are there
     * @param reserved of files that were announced, and may come yet
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
