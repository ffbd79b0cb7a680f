package dev.waybill.syncs;

/** Another worker has the run, or the sync is gone: who meets this writes nothing any more. */
final class FencedException extends RuntimeException {

    FencedException() {
        super("this run is another worker's by now", null, false, false);
    }
}
