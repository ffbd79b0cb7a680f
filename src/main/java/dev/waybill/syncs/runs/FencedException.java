package dev.waybill.syncs.runs;

/**
 * The worker's fencing token is stale: another worker has claimed the run, or the sync was deleted. Whoever catches it
 * writes nothing any more.
 */
final class FencedException extends RuntimeException {

    FencedException() {
        super("another worker has claimed this run", null, false, false);
    }
}
