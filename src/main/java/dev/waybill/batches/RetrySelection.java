package dev.waybill.batches;

import java.util.List;

/**
 * What a retry runs again. Kept as it is in the batch's document.
 *
 * @param transientOnly only what may work another time
 * @param tiers only these; empty for all
 * @param maxRetries nothing that was retried so often already
 */
record RetrySelection(boolean transientOnly, List<Integer> tiers, int maxRetries) {

    boolean means(Tier tier) {
        return tiers.isEmpty() || tiers.contains(tier.number());
    }
}
