package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.util.HashMap;
import java.util.Map;

/** A bounded number of places, of which no organization holds more than its share. */
class Bulkhead {

    private final int all;
    private final int share;
    private final Map<OrganizationId, Integer> held = new HashMap<>();
    private int taken;

    /** @param share the most that one organization holds at once */
    Bulkhead(int all, int share) {
        this.all = all;
        this.share = share;
    }

    /** @return whether there was one; then it is to be given back */
    synchronized boolean take(OrganizationId organization) {
        int own = held.getOrDefault(organization, 0);
        if (taken >= all || own >= share) {
            return false;
        }
        held.put(organization, own + 1);
        taken++;
        return true;
    }

    synchronized void giveBack(OrganizationId organization) {
        held.computeIfPresent(organization, (any, own) -> own > 1 ? own - 1 : null);
        taken--;
    }
}
