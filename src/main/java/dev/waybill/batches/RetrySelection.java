package dev.waybill.batches;

import java.util.List;

/**
 * What a retry runs again, as stored in the batch's document.
 *
 * @param transientOnly only what may succeed on another attempt
 * @param tiers only these; empty for all
 * @param maxRetries nothing that was retried this often already
 */
record RetrySelection(boolean transientOnly, List<Integer> tiers, int maxRetries) {

    boolean selects(Tier tier) {
        return tiers.isEmpty() || tiers.contains(tier.number());
    }
}
