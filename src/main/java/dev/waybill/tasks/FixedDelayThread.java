package dev.waybill.tasks;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that runs something with a fixed delay. A platform thread: handlers that hold on to the carriers of virtual
 * threads must not keep their own leases from being renewed. It goes on whatever is thrown, also when the memory was
 * used up for a moment.
 */
final class FixedDelayThread {

    private static final Logger log = LoggerFactory.getLogger(FixedDelayThread.class);

    private FixedDelayThread() {}

    static ScheduledExecutorService every(Duration interval, String name, Runnable work) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
        var unused = executor.scheduleWithFixedDelay(
                () -> once(name, work), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return executor;
    }

    /** An executor never runs again what threw anything. */
    private static void once(String name, Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            logQuietly(() -> log.error("{} failed; going on", name, e));
        }
    }

    /** Logging takes memory too. */
    static void logQuietly(Runnable message) {
        try {
            message.run();
        } catch (Throwable worse) {
            // Going on matters more than logging.
        }
    }
}
