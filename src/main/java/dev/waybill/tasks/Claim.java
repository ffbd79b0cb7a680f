package dev.waybill.tasks;

import java.time.Instant;
import java.util.Map;

/**
 * A task that a worker claimed, with its lease.
 *
 * @param attempt 1 for the first; runs that were rescheduled or released do not count
 * @param failures how many attempts before this one ended in an exception
 * @param token fencing token of every later write: whoever holds another one writes nothing
 * @param cancelRequested whether it was canceled while the previous worker still had it
 * @param takenOver whether the lease of the previous worker ran out
 */
record Claim(
        Task task,
        String handler,
        Map<String, Object> payload,
        int attempt,
        int failures,
        String token,
        Instant leaseUntil,
        boolean cancelRequested,
        boolean takenOver) {}
