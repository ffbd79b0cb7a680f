package dev.waybill.platform.storage;

import dev.waybill.platform.deadline.RequestDeadline;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;

/**
 * Meters each request to storage. Its time does not count against the client's request: a copy of gigabytes takes
 * minutes, and storage's own time-outs hold.
 *
 * <p>The timer {@code waybill.storage.requests}, tagged with the operation and its outcome: {@code ok}, {@code absent},
 * {@code changed} (a copy whose source was), {@code unavailable}, {@code unknown}, {@code denied}, {@code broken}, or
 * {@code error} when the fault lies with the caller.
 */
public final class StorageTimers {

    private final MeterRegistry registry;
    private final MeterProvider<Timer> timers;

    public StorageTimers(MeterRegistry registry) {
        this.registry = registry;
        this.timers = Timer.builder("waybill.storage.requests")
                .description("Requests to object storage")
                .withRegistry(registry);
    }

    /**
     * A port that times every request. Where bytes are streamed, it times the first byte, not the reading.
     *
     * @param prefix what stands before the method's name, in snake_case, to make the operation's; empty for nothing
     */
    public <P> P around(Class<P> port, P delegate, String prefix) {
        Map<String, String> operations = new ConcurrentHashMap<>();
        ProxyFactory timed = new ProxyFactory(delegate);
        timed.addAdvice((MethodInterceptor) request -> request.getMethod().getDeclaringClass() == Object.class
                ? "Metered%s{%s}".formatted(port.getSimpleName(), delegate)
                : time(
                        operations.computeIfAbsent(request.getMethod().getName(), name -> prefix + snakeCase(name)),
                        request));
        return port.cast(timed.getProxy());
    }

    private @Nullable Object time(String operation, MethodInvocation request) throws Throwable {
        Timer.Sample sample = Timer.start(registry);
        String outcome = "error";
        try (RequestDeadline.Section ignored = RequestDeadline.uncounted()) {
            Object result = request.proceed();
            outcome = outcome(result);
            return result;
        } catch (StorageException e) {
            outcome = e.kind().name().toLowerCase(Locale.ROOT);
            throw e;
        } finally {
            sample.stop(timers.withTags(Tags.of("operation", operation, "outcome", outcome)));
        }
    }

    private static String outcome(@Nullable Object result) {
        if (result instanceof CopyResult.Changed) {
            return "changed";
        }
        boolean absent =
                result instanceof CopyResult.Absent || (result instanceof Optional<?> found && found.isEmpty());
        return absent ? "absent" : "ok";
    }

    private static String snakeCase(String name) {
        return name.replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT);
    }
}
