package dev.waybill.syncs;

import java.util.concurrent.atomic.LongAdder;

/** What a run costs, counted until it is written. */
final class RunCost {

    final LongAdder lists = new LongAdder();
    final LongAdder reads = new LongAdder();
    final LongAdder others = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder throttles = new LongAdder();
    final LongAdder retries = new LongAdder();

    /** Files that were begun, and files that have their end: never taken. */
    final LongAdder begun = new LongAdder();

    final LongAdder ended = new LongAdder();
}
