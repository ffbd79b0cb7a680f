package dev.waybill.syncs;

import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.Pass;
import dev.waybill.platform.tenancy.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Removes what is stored of syncs: a sync goes first, so that no run of it writes any more. Objects stay. */
@Component
class SyncRemoval {

    private static final int PAGE = 1_000;

    private final SyncStore syncs;
    private final SyncRunStore runs;
    private final LedgerStore ledger;

    SyncRemoval(SyncStore syncs, SyncRunStore runs, LedgerStore ledger) {
        this.syncs = syncs;
        this.runs = runs;
        this.ledger = ledger;
    }

    /** All of a bucket, or of a namespace where there is none. */
    void removeAll(Scope scope, @Nullable BucketId bucket, Pass pass) {
        if (syncs.removeAll(scope, bucket) > 0) {
            pass.found();
        }
        remove(pass, () -> runs.removeSome(scope, bucket, PAGE));
        remove(pass, () -> ledger.removeSome(scope, bucket, PAGE));
    }

    /** What belongs to one sync that is there for nobody any more. */
    void removePartsOf(String syncKey, Pass pass) {
        remove(pass, () -> runs.removeSome(syncKey, PAGE));
        remove(pass, () -> ledger.removeSome(syncKey, PAGE));
    }

    /** Removes some. */
    private interface Removing {

        /** How many there were. */
        int some();
    }

    private static void remove(Pass pass, Removing removing) {
        while (!pass.stopped() && removing.some() > 0) {
            pass.found();
        }
    }
}
