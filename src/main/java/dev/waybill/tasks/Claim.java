package dev.waybill.tasks;

import java.time.Instant;
import java.util.Map;

/**
 * A task that a worker won.
 *
 * @param attempt 1 for the first; runs that were put off or handed back do not count
 * @param failures how many attempts before this one ended in an exception
 * @param token fences every later write: whoever holds another one writes nothing
 * @param cancelRequested whether somebody canceled while the worker before still had it
 * @param takenOver whether the worker before lost it
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
