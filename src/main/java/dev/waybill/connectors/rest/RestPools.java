package dev.waybill.connectors.rest;

import dev.waybill.platform.fetch.GuardedEndpoints;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Creates connection pools to providers with an HTTP API. */
@Component
public final class RestPools implements DisposableBean {

    private static final int TIMERS = 2;

    private final RestProperties properties;
    private final GuardedEndpoints guard;
    private final InstantSource clock;
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(
            TIMERS, Thread.ofPlatform().daemon().name("rest-timer-", 0).factory());

    public RestPools(RestProperties properties, GuardedEndpoints guard, InstantSource clock) {
        this.properties = properties;
        this.guard = guard;
        this.clock = clock;
    }

    /** A pool for an opened source; the caller closes it. It costs nothing until it is used. */
    public RestPool open() {
        return new RestPool(properties, guard, clock, timers);
    }

    @Override
    public void destroy() {
        timers.shutdownNow();
    }
}
