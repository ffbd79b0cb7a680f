package dev.waybill.syncs;

import java.util.concurrent.atomic.LongAdder;

/** Counters of a run's requests, bytes and retries, until they are written. */
final class RunCost {

    final LongAdder lists = new LongAdder();
    final LongAdder reads = new LongAdder();
    final LongAdder others = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder throttles = new LongAdder();
    final LongAdder retries = new LongAdder();

    /** Started and finished files; never reset. */
    final LongAdder begun = new LongAdder();

    final LongAdder ended = new LongAdder();
}
