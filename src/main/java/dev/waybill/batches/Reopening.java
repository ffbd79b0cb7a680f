package dev.waybill.batches;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * Opens what a retry is to do again: the failed objects of the tiers that it means, and the same objects in all tiers
 * above, because they read what is made anew. The tiers above go first and the failure itself last, so that a crash in
 * between leaves it to be found again. What this run did already stays as it is: who comes too late opens nothing.
 */
@Component
class Reopening {

    private static final int PAGE = 500;

    private final BatchResultStore results;

    Reopening(BatchResultStore results) {
        this.results = results;
    }

    void reopen(Batch batch, BooleanSupplier stop) {
        Batch.RetryTerms terms = batch.retry();
        if (terms == null) {
            return;
        }
        for (Tier tier : batch.tiers()) {
            if (terms.tiers().isEmpty() || terms.tiers().contains(tier.number())) {
                reopen(batch, terms, tier.number(), stop);
            }
        }
    }

    private void reopen(Batch batch, Batch.RetryTerms terms, int tier, BooleanSupplier stop) {
        String last = null;
        while (!stop.getAsBoolean()) {
            List<BatchResultDocument> page = results.toRetryAfter(batch, terms, tier, last, PAGE);
            if (page.isEmpty()) {
                return;
            }
            List<String> ids = page.stream().map(BatchResultDocument::objectId).toList();
            for (int above = batch.tiers().size() - 1; above > tier; above--) {
                results.reopen(batch, above, ids, false);
            }
            results.reopen(batch, tier, ids, true);
            last = ids.getLast();
        }
    }
}
