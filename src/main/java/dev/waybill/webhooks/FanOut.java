package dev.waybill.webhooks;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import dev.waybill.tasks.Tasks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Makes the deliveries of events, one for each channel of each webhook that wants them. Doing it again does no harm. */
@Component
class FanOut implements TaskHandler {

    private static final String NAME = "webhooks.fan-out";

    private final WebhookStore webhooks;
    private final EventStore events;
    private final DeliveryStore deliveries;
    private final Lines lines;
    private final Tasks tasks;
    private final WebhookProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;

    FanOut(
            WebhookStore webhooks,
            EventStore events,
            DeliveryStore deliveries,
            Lines lines,
            Tasks tasks,
            WebhookProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.webhooks = webhooks;
        this.events = events;
        this.deliveries = deliveries;
        this.lines = lines;
        this.tasks = tasks;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
    }

    /** Has a task hand them out. */
    void submit(List<EventDocument> kept) {
        List<String> keys = kept.stream().map(EventDocument::key).toList();
        TaskId id = new TaskId(UUID.nameUUIDFromBytes(("webhook fan-out " + keys).getBytes(StandardCharsets.UTF_8))
                .toString());
        tasks.submit(NewTask.internal(id, NAME, Map.of("events", keys)));
        faults.reach("webhooks.fan-out-submitted");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.STANDARD;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        if (run.payload().get("events") instanceof List<?> keys) {
            handOut(events.waiting(keys));
        }
        return TaskOutcome.completed();
    }

    /** Hands out what was not handed out yet. */
    void handOut(List<EventDocument> waiting) {
        Map<OrganizationId, List<EventDocument>> byOwner =
                waiting.stream().collect(Collectors.groupingBy(EventDocument::organizationId));
        byOwner.forEach(this::handOut);
    }

    private void handOut(OrganizationId organization, List<EventDocument> waiting) {
        Set<String> types = waiting.stream().map(EventDocument::eventType).collect(Collectors.toSet());
        List<Webhook> listening = webhooks.wanting(organization, types);
        List<Delivery> made = new ArrayList<>();
        for (EventDocument event : waiting) {
            for (Webhook webhook : listening) {
                if (webhook.eventTypes().contains(event.eventType())) {
                    made.addAll(deliveries(event, webhook));
                }
            }
        }
        keep(made);
        events.handedOut(waiting);
    }

    /** Tells one webhook of an event, whether it asked for that type or not. */
    List<Delivery> tell(Webhook webhook, EventDocument event) {
        List<Delivery> made = deliveries(event, webhook);
        keep(made);
        return made;
    }

    private void keep(List<Delivery> made) {
        if (!made.isEmpty()) {
            deliveries.insertAll(made);
            faults.reach("webhooks.deliveries-written");
            lines.ring(made);
            faults.reach("webhooks.lines-rung");
        }
    }

    private List<Delivery> deliveries(EventDocument event, Webhook webhook) {
        Instant now = clock.instant();
        List<Delivery> made = new ArrayList<>();
        for (int channel = 0; channel < webhook.channels().size(); channel++) {
            made.add(Delivery.of(event, webhook, channel, now, now.plus(properties.giveUpAfter())));
        }
        return made;
    }
}
