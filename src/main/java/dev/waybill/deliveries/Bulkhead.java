package dev.waybill.deliveries;

import dev.waybill.platform.tenancy.OrganizationId;
import java.util.HashMap;
import java.util.Map;

/** A bulkhead: a bounded number of permits, of which no organization holds more than its share. */
class Bulkhead {

    private final int limit;
    private final int share;
    private final Map<OrganizationId, Integer> held = new HashMap<>();
    private int acquired;

    /** @param share the most that one organization holds at once */
    Bulkhead(int limit, int share) {
        this.limit = limit;
        this.share = share;
    }

    /** @return whether a permit was free; then it must be released */
    synchronized boolean tryAcquire(OrganizationId organization) {
        int own = held.getOrDefault(organization, 0);
        if (acquired >= limit || own >= share) {
            return false;
        }
        held.put(organization, own + 1);
        acquired++;
        return true;
    }

    synchronized void release(OrganizationId organization) {
        held.computeIfPresent(organization, (any, own) -> own > 1 ? own - 1 : null);
        acquired--;
    }
}
