package dev.waybill.deliveries;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Periodic jobs of webhooks: remove expired events and deliveries; and dispatch events whose instance crashed, or had
 * too many, before it did so. That is no task, because events are due by an index of their own: a task for each event
 * would cost a write on the path of each request that publishes one.
 */
@Component
class WebhookSweep {

    private static final int PAGE = 200;
    private static final int MAX_PAGES = 50;

    private final EventStore events;
    private final DeliveryStore deliveries;
    private final FanOut fanOut;
    private final DeliveryProperties properties;
    private final InstantSource clock;

    WebhookSweep(
            EventStore events,
            DeliveryStore deliveries,
            FanOut fanOut,
            DeliveryProperties properties,
            InstantSource clock) {
        this.events = events;
        this.deliveries = deliveries;
        this.fanOut = fanOut;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${waybill.webhooks.sweep-interval:1s}")
    @SchedulerLock(name = "webhook-sweep", lockAtMostFor = "PT15S")
    public void run() {
        for (int page = 0; page < MAX_PAGES; page++) {
            List<EventEntity> due = events.due(clock.instant(), PAGE);
            fanOut.dispatch(due);
            if (due.size() < PAGE) {
                return;
            }
        }
    }

    @Scheduled(fixedDelayString = "${waybill.webhooks.cleaning-interval:10m}")
    @SchedulerLock(name = "webhook-cleaning", lockAtMostFor = "PT10M")
    public void clean() {
        Instant before = clock.instant().minus(properties.keep());
        deliveries.removeEndedBefore(before);
        // An event is what a repetition is recognized by, so it stays for as long as any delivery of it may be pending.
        events.removeBefore(before.minus(properties.giveUpAfter()));
    }
}
