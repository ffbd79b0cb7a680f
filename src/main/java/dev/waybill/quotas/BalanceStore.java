package dev.waybill.quotas;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.quotas.BalanceEntity.Reserved;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps one balance for each organization with a quota. Each change is one conditional write, and counts its version up. */
interface BalanceStore {

    /** As a majority knows it; empty until it is counted for the first time. */
    Optional<BalanceEntity> find(OrganizationId organization);

    /**
     * Reserves bytes, if the quota leaves so many by the balance; of any number of those who want the last ones, one gets
     * them.
     *
     * @param token without a dot; one that is there already stays as it is, which is a success
     * @return false when the quota does not leave so many, or there is no balance
     * @throws dev.waybill.platform.errors.WaybillException 503 when it is not known whether they were reserved
     */
    boolean reserve(OrganizationId organization, String token, Reserved wanted, long quota);

    /**
     * Ends a reservation. What was written stays held.
     *
     * @param givenBack of its bytes, those that were not written
     * @return false when it is gone, which changes nothing, or when it is not known
     */
    boolean settle(OrganizationId organization, String token, long givenBack);

    /** Holds more bytes, whatever the quota says; of an organization without a balance none. */
    void hold(OrganizationId organization, long bytes);

    /**
     * Puts what was counted in the place of what is held, unless the balance changed since it was read.
     *
     * @param read as it was before anything was counted; null when there was none
     * @param held with the bytes of reservations that stay
     * @param dead tokens of reservations that go
     * @return false when it changed; it stays as it is
     */
    boolean recount(OrganizationId organization, @Nullable BalanceEntity read, long held, Collection<String> dead);
}
