package dev.waybill.webhooks;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.Tasks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Sees to it that lines in which something waits are served. */
@Component
class Lines {

    private static final int PAGE = 200;

    private final LineStore store;
    private final Tasks tasks;
    private final WebhookProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;

    Lines(LineStore store, Tasks tasks, WebhookProperties properties, FaultPoints faults, InstantSource clock) {
        this.store = store;
        this.tasks = tasks;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
    }

    /** Deliveries were added, or are to be tried at once. */
    void ring(Collection<Delivery> added) {
        Map<String, Delivery> byLine = new LinkedHashMap<>();
        added.forEach(delivery -> byLine.putIfAbsent(delivery.line(), delivery));
        // First those at work, then those that are idle: one that stops in between sees what was added.
        store.mark(byLine.keySet());
        Map<String, LineDocument> found = new HashMap<>();
        store.find(byLine.keySet()).forEach(line -> found.put(line.key(), line));
        byLine.forEach((key, delivery) -> {
            LineDocument line = found.get(key);
            if (line == null) {
                create(delivery);
            } else if (!line.busy()) {
                openUnlessResting(line);
            }
        });
    }

    private void create(Delivery first) {
        store.create(first.organization(), first.webhook(), first.channel(), checkAt())
                .ifPresentOrElse(this::submit, () -> {
                    // Somebody made it just now; whatever it does, it is told again.
                    store.mark(List.of(first.line()));
                    store.find(List.of(first.line())).forEach(this::openUnlessResting);
                });
    }

    /** One whose endpoint rests is opened when that is over. */
    private void openUnlessResting(LineDocument line) {
        if (!line.rests(clock.instant())) {
            open(line);
        }
    }

    /** One that is busy stays as it is. */
    private void open(LineDocument line) {
        store.open(line, checkAt()).ifPresent(this::submit);
    }

    /** What failed until now does not count against these endpoints. */
    void forgive(Collection<String> keys) {
        store.working(keys);
    }

    /** Has a webhook's endpoints tried at once, whether they rest or not. */
    void wake(Webhook webhook) {
        store.mark(webhook.lines());
        store.find(webhook.lines()).forEach(this::open);
    }

    /** Opens lines whose time has come, and makes up for tasks that were lost. */
    void sweep() {
        store.due(clock.instant(), PAGE).forEach(this::open);
        for (LineDocument line : store.unwatched(clock.instant(), PAGE)) {
            Task task = submit(line);
            if (task.status().isFinal()) {
                store.reopen(line, checkAt()).ifPresent(this::submit);
            } else {
                store.checkAgain(line, checkAt());
            }
        }
    }

    private Task submit(LineDocument line) {
        faults.reach("webhooks.line-opened");
        return tasks.submit(
                NewTask.internal(line.task(), LineTask.NAME, Map.of("line", line.key(), "ticket", line.ticket())));
    }

    private Instant checkAt() {
        return clock.instant().plus(properties.watchAfter());
    }
}
