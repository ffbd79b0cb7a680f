package dev.waybill.tasks;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A thread that does something again and again. A platform thread: handlers that hold on to the carriers of virtual
 * threads must not keep their own leases from being renewed.
 */
final class Ticks {

    private Ticks() {}

    static ScheduledExecutorService every(Duration interval, String name, Runnable work) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
        var unused =
                executor.scheduleWithFixedDelay(work, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return executor;
    }
}
