package dev.waybill.platform.storage;

import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The timer {@code waybill.storage.requests}, tagged with the operation and its outcome: {@code ok}, {@code absent},
 * {@code unavailable}, {@code unknown}, {@code denied}, {@code broken}, or {@code error} when the fault lies with the
 * caller.
 */
final class StorageTimers {

    private final MeterRegistry registry;
    private final MeterProvider<Timer> timers;

    StorageTimers(MeterRegistry registry) {
        this.registry = registry;
        this.timers = Timer.builder("waybill.storage.requests")
                .description("Requests to object storage")
                .withRegistry(registry);
    }

    <T> T time(String operation, Supplier<T> request) {
        Timer.Sample sample = Timer.start(registry);
        String outcome = "error";
        try {
            T result = request.get();
            outcome = result instanceof Optional<?> found && found.isEmpty() ? "absent" : "ok";
            return result;
        } catch (StorageException e) {
            outcome = e.kind().name().toLowerCase(Locale.ROOT);
            throw e;
        } finally {
            sample.stop(timers.withTags(Tags.of("operation", operation, "outcome", outcome)));
        }
    }

    void time(String operation, Runnable request) {
        time(operation, () -> {
            request.run();
            return Boolean.TRUE;
        });
    }
}
