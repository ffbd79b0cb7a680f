package dev.waybill.syncs.transfer;

import java.util.concurrent.atomic.LongAdder;

/** Counters of a run's requests, bytes and retries, until they are written. */
public final class RunCost {

    public final LongAdder lists = new LongAdder();
    public final LongAdder reads = new LongAdder();
    public final LongAdder others = new LongAdder();
    public final LongAdder bytes = new LongAdder();
    public final LongAdder throttles = new LongAdder();
    public final LongAdder retries = new LongAdder();

    /** Started and finished files; never reset. */
    public final LongAdder begun = new LongAdder();

    public final LongAdder ended = new LongAdder();
}
