package dev.waybill.connectors.rest;

import dev.waybill.platform.fetch.GuardedEndpoints;
import dev.waybill.platform.fetch.OpenEndpoints;
import java.time.Duration;
import java.time.InstantSource;

/** Connection pools as in production, that may also reach the loopback interface. */
public final class Pools {

    public static final GuardedEndpoints LOOPBACK = OpenEndpoints.allowing("127.0.0.0/8");

    private Pools() {}

    public static RestPools loopback() {
        return with(LOOPBACK, InstantSource.system());
    }

    public static RestPools with(GuardedEndpoints guard, InstantSource clock) {
        return new RestPools(properties(Duration.ofSeconds(10)), guard, clock);
    }

    static RestProperties properties(Duration answerTimeout) {
        return new RestProperties(Duration.ofSeconds(2), Duration.ofSeconds(10), answerTimeout, 50);
    }
}
