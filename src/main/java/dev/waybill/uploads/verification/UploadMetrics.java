package dev.waybill.uploads.verification;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Metrics of uploads: confirms by outcome, and the duration of verification. */
@Component
public class UploadMetrics {

    private final MeterRegistry registry;
    private final Timer verification;

    UploadMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.verification = Timer.builder("waybill.uploads.verification")
                .description("Time to look at the bytes of one upload")
                .publishPercentileHistogram()
                .register(registry);
    }

    /** @param outcome such as {@code completed}, {@code duplicate}, {@code missing}, {@code etag_mismatch} */
    public void confirmed(String outcome) {
        Counter.builder("waybill.uploads.confirmations")
                .description("Confirms by what they came to")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    <T> T timed(Supplier<T> work) {
        Timer.Sample sample = Timer.start(registry);
        try {
            return work.get();
        } finally {
            sample.stop(verification);
        }
    }
}
