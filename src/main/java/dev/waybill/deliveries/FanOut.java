package dev.waybill.deliveries;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.webhooks.Webhook;
import dev.waybill.webhooks.Webhooks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Fans events out: inserts a delivery for each channel of each webhook that an event is for, then wakes their
 * endpoints, then marks the events as dispatched. It is idempotent, so after a crash in between the periodic job
 * repeats it, for which such events are due.
 */
@Component
class FanOut implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(FanOut.class);

    /** What exceeds it is left to the periodic job. */
    private static final int MAX_WAITING = 10_000;

    private static final int AT_ONCE = 200;
    private static final long SHUTDOWN_SECONDS = 5;

    private final Webhooks webhooks;
    private final EventStore events;
    private final DeliveryStore deliveries;
    private final DeliveryScheduler scheduler;
    private final DeliveryProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;
    private final BlockingQueue<EventEntity> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final AtomicBoolean woken = new AtomicBoolean();

    /** One thread: what many requests enqueued while it was busy is dispatched together. */
    private final ExecutorService thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform()
                    .daemon()
                    .name("webhook-fan-out")
                    // The first request starts it, and it works for all.
                    .inheritInheritableThreadLocals(false)
                    .factory(),
            new DiscardPolicy());

    FanOut(
            Webhooks webhooks,
            EventStore events,
            DeliveryStore deliveries,
            DeliveryScheduler scheduler,
            DeliveryProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.webhooks = webhooks;
        this.events = events;
        this.deliveries = deliveries;
        this.scheduler = scheduler;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
    }

    /** Enqueues them to be dispatched by the instance's own thread. */
    void dispatchSoon(List<EventEntity> stored) {
        stored.forEach(waiting::offer);
        if (!stored.isEmpty() && woken.compareAndSet(false, true)) {
            thread.execute(this::dispatchWaiting);
        }
    }

    private void dispatchWaiting() {
        // First: what is enqueued from here on is either polled below, or wakes it once more.
        woken.set(false);
        List<EventEntity> batch = new ArrayList<>();
        while (waiting.drainTo(batch, AT_ONCE) > 0) {
            try {
                dispatch(batch);
            } catch (RuntimeException failed) {
                log.warn("{} events could not be dispatched now; the periodic job will: {}", batch.size(), failed);
            }
            batch.clear();
        }
    }

    /** Dispatches events that were not dispatched yet. */
    void dispatch(List<EventEntity> stored) {
        if (stored.isEmpty()) {
            return;
        }
        Set<String> webhookKeys =
                stored.stream().flatMap(event -> event.webhookKeys().stream()).collect(Collectors.toSet());
        Map<String, Webhook> found = new HashMap<>();
        webhooks.findAll(webhookKeys).forEach(webhook -> found.put(webhook.key(), webhook));
        List<DeliveryEntity> created = new ArrayList<>();
        for (EventEntity event : stored) {
            for (String key : event.webhookKeys()) {
                Webhook webhook = found.get(key);
                if (webhook != null) {
                    created.addAll(deliveries(event, webhook));
                }
            }
        }
        insert(created);
        events.markDispatched(stored);
    }

    /** Delivers an event to one webhook, whether it subscribes to that type or not. */
    List<DeliveryEntity> deliver(Webhook webhook, EventEntity event) {
        List<DeliveryEntity> created = deliveries(event, webhook);
        insert(created);
        return created;
    }

    private void insert(List<DeliveryEntity> created) {
        if (!created.isEmpty()) {
            deliveries.insertAll(created);
            faults.reach("webhooks.deliveries-written");
            scheduler.wake(created.stream()
                    .map(DeliveryEntity::endpoint)
                    .collect(Collectors.toCollection(LinkedHashSet::new)));
        }
    }

    private List<DeliveryEntity> deliveries(EventEntity event, Webhook webhook) {
        Instant now = clock.instant();
        List<DeliveryEntity> created = new ArrayList<>();
        for (int channel = 0; channel < webhook.channels().size(); channel++) {
            created.add(DeliveryEntity.of(event, webhook, channel, now, now.plus(properties.giveUpAfter())));
        }
        return created;
    }

    @Override
    public void destroy() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }
}
