package dev.waybill.objects;

import java.time.Duration;
import java.time.Instant;

/**
 * A durable note that a bucket's counters are to be computed.
 *
 * @param generation grows with every change, so that a mark is only settled when nothing changed meanwhile
 * @param lastChange the latest change that is known
 * @param dueAt when the counters should be computed next
 * @param notBefore not earlier than this, however due: keeps a huge bucket from being counted all the time
 * @param took how long it took the last time
 */
record UsageMark(
        BucketPlace place, long generation, Instant lastChange, Instant dueAt, Instant notBefore, Duration took) {}
