package dev.waybill.idempotency;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Renews the leases of the requests that run on this instance. On a platform thread: it must not wait for virtual ones.
 */
@Component
class LeaseRenewal {

    private static final Logger log = LoggerFactory.getLogger(LeaseRenewal.class);

    private final IdempotencyStore store;
    private final IdempotencyProperties properties;
    private final InstantSource clock;
    private final Set<IdempotencyEntity> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("idempotency-leases").factory());

    LeaseRenewal(IdempotencyStore store, IdempotencyProperties properties, InstantSource clock) {
        this.store = store;
        this.properties = properties;
        this.clock = clock;
    }

    @PostConstruct
    void start() {
        long third = Math.max(1, properties.lease().toMillis() / 3);
        var unused = scheduler.scheduleWithFixedDelay(this::renew, third, third, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
    }

    void begin(IdempotencyEntity reservation) {
        running.add(reservation);
    }

    void end(IdempotencyEntity reservation) {
        running.remove(reservation);
    }

    void renew() {
        List<IdempotencyEntity> now = List.copyOf(running);
        if (now.isEmpty()) {
            return;
        }
        try {
            store.renew(now, clock.instant().plus(properties.lease()));
        } catch (RuntimeException e) {
            log.warn("The leases of {} running requests could not be renewed; retrying", now.size(), e);
        }
    }
}
