package dev.waybill.quotas;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.quotas.BalanceEntity.Reserved;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Port for storage balances, one for each organization with a quota. Each change is one conditional write that
 * increments the version.
 */
interface BalanceStore {

    /** Read with majority; empty until it is counted for the first time. */
    Optional<BalanceEntity> find(OrganizationId organization);

    /**
     * Reserves bytes, if the quota leaves so many by the balance; of any number of concurrent calls for the last ones,
     * one gets them.
     *
     * @param token without a dot; one that exists stays unchanged, which is a success
     * @return false when the quota does not leave so many, or there is no balance
     * @throws dev.waybill.platform.errors.WaybillException 503 when it is not known whether they were reserved
     */
    boolean reserve(OrganizationId organization, String token, Reserved reserved, long quota);

    /**
     * Ends a reservation. What was written stays held.
     *
     * @param released of its bytes, those that were not written
     * @return false when it is gone, which changes nothing, or when it is not known
     */
    boolean settle(OrganizationId organization, String token, long released);

    /** Holds more bytes, whatever the quota; does nothing for an organization without a balance. */
    void hold(OrganizationId organization, long bytes);

    /**
     * Replaces what is held by what was counted, unless the balance changed since it was read.
     *
     * @param read as it was before anything was counted; null when there was none
     * @param held with the bytes of the remaining reservations
     * @param expired tokens of reservations to remove
     * @return false when it changed; it stays unchanged
     */
    boolean recount(OrganizationId organization, @Nullable BalanceEntity read, long held, Collection<String> expired);
}
