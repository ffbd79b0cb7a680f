package dev.waybill.webhooks;

import dev.waybill.platform.errors.FaultPoints;
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
 * Makes the deliveries of events, one for each channel of each webhook that an event is for, then wakes their endpoints,
 * then notes that the events are handed out. Doing it again does no harm, so whoever dies in between is made up for by
 * the periodic job, to which such events are due.
 */
@Component
class FanOut implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(FanOut.class);

    /** What does not fit is left to the periodic job. */
    private static final int MAX_WAITING = 10_000;

    private static final int AT_ONCE = 200;
    private static final long LAST_ONES_SECONDS = 5;

    private final Webhooks webhooks;
    private final EventStore events;
    private final DeliveryStore deliveries;
    private final DeliveryScheduler scheduler;
    private final DeliveryProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;
    private final BlockingQueue<EventEntity> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final AtomicBoolean woken = new AtomicBoolean();

    /** One thread: what many requests brought while it was at work is handed out together. */
    private final ExecutorService thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform()
                    .daemon()
                    .name("webhook-fan-out")
                    // Whatever request comes first starts it, and it works for all.
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

    /** Has them handed out in a moment, by the instance's own thread. */
    void handOutSoon(List<EventEntity> kept) {
        kept.forEach(waiting::offer);
        if (!kept.isEmpty() && woken.compareAndSet(false, true)) {
            thread.execute(this::handOutWaiting);
        }
    }

    private void handOutWaiting() {
        // First: what is added from here on either is met below, or wakes it once more.
        woken.set(false);
        List<EventEntity> some = new ArrayList<>();
        while (waiting.drainTo(some, AT_ONCE) > 0) {
            try {
                handOut(some);
            } catch (RuntimeException failed) {
                log.warn("{} events could not be handed out now; the periodic job will: {}", some.size(), failed);
            }
            some.clear();
        }
    }

    /** Hands out what was not handed out yet. */
    void handOut(List<EventEntity> kept) {
        if (kept.isEmpty()) {
            return;
        }
        Set<String> audience =
                kept.stream().flatMap(event -> event.webhookKeys().stream()).collect(Collectors.toSet());
        Map<String, Webhook> found = new HashMap<>();
        webhooks.findAll(audience).forEach(webhook -> found.put(webhook.key(), webhook));
        List<DeliveryEntity> made = new ArrayList<>();
        for (EventEntity event : kept) {
            for (String key : event.webhookKeys()) {
                Webhook webhook = found.get(key);
                if (webhook != null) {
                    made.addAll(deliveries(event, webhook));
                }
            }
        }
        keep(made);
        events.handedOut(kept);
    }

    /** Tells one webhook of an event, whether it asked for that type or not. */
    List<DeliveryEntity> tell(Webhook webhook, EventEntity event) {
        List<DeliveryEntity> made = deliveries(event, webhook);
        keep(made);
        return made;
    }

    private void keep(List<DeliveryEntity> made) {
        if (!made.isEmpty()) {
            deliveries.insertAll(made);
            faults.reach("webhooks.deliveries-written");
            scheduler.wake(
                    made.stream().map(DeliveryEntity::endpoint).collect(Collectors.toCollection(LinkedHashSet::new)));
        }
    }

    private List<DeliveryEntity> deliveries(EventEntity event, Webhook webhook) {
        Instant now = clock.instant();
        List<DeliveryEntity> made = new ArrayList<>();
        for (int channel = 0; channel < webhook.channels().size(); channel++) {
            made.add(DeliveryEntity.of(event, webhook, channel, now, now.plus(properties.giveUpAfter())));
        }
        return made;
    }

    @Override
    public void destroy() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(LAST_ONES_SECONDS, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }
}
