package dev.waybill.platform.health;

import dev.waybill.platform.storage.StorageProbe;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** Facts about this service for the health response: version, uptime, a few numbers. */
@Component
class ServiceFacts {

    private final String version;
    private final Instant startedAt;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final ObjectProvider<StorageProbe> storage;

    ServiceFacts(
            ObjectProvider<BuildProperties> build,
            InstantSource clock,
            MeterRegistry meters,
            ObjectProvider<StorageProbe> storage) {
        BuildProperties properties = build.getIfAvailable();
        String built = properties == null ? null : properties.getVersion();
        this.version = built == null ? "development" : built;
        this.startedAt = clock.instant();
        this.clock = clock;
        this.meters = meters;
        this.storage = storage;
    }

    /** Always reported. */
    Map<String, Object> basics() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("service", "waybill");
        facts.put("version", version);
        facts.put("started_at", startedAt);
        facts.put("uptime_seconds", Duration.between(startedAt, clock.instant()).toSeconds());
        return facts;
    }

    /** What storage was found to enforce, by rule; empty until it was probed. */
    Map<String, String> storageRules() {
        Map<String, String> rules = new TreeMap<>();
        Optional.ofNullable(storage.getIfAvailable())
                .flatMap(StorageProbe::known)
                .ifPresent(profile -> profile.findings()
                        .forEach((rule, finding) ->
                                rules.put(rule.wire(), finding.answer().name())));
        return rules;
    }

    /** Reported on request. */
    Map<String, Object> numbers() {
        Runtime runtime = Runtime.getRuntime();
        Collection<Timer> requests = meters.find("http.server.requests").timers();
        long count = requests.stream().mapToLong(Timer::count).sum();
        double millis = requests.stream()
                .mapToDouble(timer -> timer.totalTime(TimeUnit.MILLISECONDS))
                .sum();
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("requests", count);
        numbers.put("mean_request_ms", count == 0 ? 0 : tenths(millis / count));
        numbers.put("heap_used_bytes", runtime.totalMemory() - runtime.freeMemory());
        numbers.put("heap_max_bytes", runtime.maxMemory());
        numbers.put("processors", runtime.availableProcessors());
        numbers.put("platform_threads", ManagementFactory.getThreadMXBean().getThreadCount());
        return numbers;
    }

    /** Milliseconds with one digit after the point. */
    static double tenths(double millis) {
        return Math.round(millis * 10) / 10.0;
    }
}
