package dev.waybill.syncs;

import java.util.UUID;

/** Begins runs and ends them early. */
class SyncRuns {

    /**
     * Begins a run. When this returns, it will be made.
     *
     * @throws dev.waybill.platform.errors.WaybillException 409 when one goes, with its id, or none may
     */
    UUID start(SyncDocument sync, Trigger trigger, RunMode mode) {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends a run between two files; one that ended is no failure.
     *
     * @throws dev.waybill.platform.errors.WaybillException 404 when the sync has no such run
     */
    SyncRunDocument cancel(SyncDocument sync, String run) {
        throw new UnsupportedOperationException();
    }
}
