package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Delivers what waits in one line. An endpoint that answers gets several requests at once, for a turn; then others have
 * theirs. One that did not answer gets one request, and is left alone for a while before the next. Of these, and of those
 * that are slow to answer, only few are asked at once, so that they never take all the places.
 */
@Component
class LineTask implements TaskHandler {

    static final String NAME = "webhooks.deliver";

    private static final String GONE = "The webhook, or its channel, is not there any more.";

    private final WebhookStore webhooks;
    private final DeliveryStore deliveries;
    private final LineStore lines;
    private final Courier courier;
    private final Health health;
    private final WebhookProperties properties;
    private final InstantSource clock;
    private final Places places;
    private final Places ailingPlaces;

    LineTask(
            WebhookStore webhooks,
            DeliveryStore deliveries,
            LineStore lines,
            Courier courier,
            Health health,
            WebhookProperties properties,
            InstantSource clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.lines = lines;
        this.courier = courier;
        this.health = health;
        this.properties = properties;
        this.clock = clock;
        this.places = new Places(properties.endpointsAtOnce(), properties.endpointsAtOnce());
        // One organization whose endpoints are all dead leaves room for those of another.
        this.ailingPlaces = new Places(properties.ailingAtOnce(), (properties.ailingAtOnce() + 1) / 2);
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
        String key = String.valueOf(run.payload().get("line"));
        long ticket = run.payload().get("ticket") instanceof Number number ? number.longValue() : 0;
        Optional<LineDocument> line = lines.serve(key, ticket);
        if (line.isEmpty()) {
            return TaskOutcome.completed();
        }
        boolean holdsUp = line.get().holdsUp();
        OrganizationId organization = line.get().organizationId();
        Places kind = holdsUp ? ailingPlaces : places;
        if (!kind.take(organization)) {
            return new TaskOutcome.Later(holdsUp ? afterAWhile() : soon());
        }
        try {
            return serve(run, key, ticket);
        } finally {
            kind.giveBack(organization);
        }
    }

    private TaskOutcome serve(TaskRun run, String key, long ticket) {
        Instant end = clock.instant().plus(properties.turn());
        while (!run.canceled()) {
            Optional<LineDocument> served = lines.serve(key, ticket);
            if (served.isEmpty()) {
                return TaskOutcome.completed();
            }
            LineDocument line = served.get();
            OrganizationId organization = line.organizationId();
            Optional<Webhook> webhook = webhooks.find(organization, new WebhookId(line.webhookId()))
                    .filter(found -> line.channel() < found.channels().size());
            if (webhook.isEmpty()) {
                deliveries.cancelAll(key, GONE, clock.instant());
                lines.remove(line);
                return TaskOutcome.completed();
            }
            // No more than go out at once: before the next ones it is seen whether the webhook is as it was.
            int most = line.isAiling() ? 1 : properties.parallelPerEndpoint();
            List<Delivery> due = webhook.get().isActive() ? deliveries.due(key, clock.instant(), most) : List.of();
            if (due.isEmpty()) {
                if (close(line, webhook.get())) {
                    return TaskOutcome.completed();
                }
                continue;
            }
            Round round = deliver(webhook.get(), line, due);
            if (round.silent() > 0) {
                rest(line);
                return TaskOutcome.completed();
            }
            LineDocument after = line.answering(round.took().compareTo(properties.turn()) > 0);
            if (line.isAiling()) {
                // It is back: from here on it is served like any other, once it is its turn.
                lines.rest(after, clock.instant());
                return TaskOutcome.completed();
            }
            if (after.wasSlow() != line.wasSlow()) {
                // It goes on at a place of the other kind.
                lines.pace(after);
                return new TaskOutcome.Later(Duration.ZERO);
            }
            if (!clock.instant().isBefore(end)) {
                return new TaskOutcome.Later(Duration.ZERO);
            }
        }
        return new TaskOutcome.Later(Duration.ZERO);
    }

    /** While a webhook is paused, its line is opened by resuming it only. */
    private boolean close(LineDocument line, Webhook webhook) {
        Instant next = webhook.isActive() ? deliveries.nextDue(line.key()).orElse(null) : null;
        return lines.close(line, next);
    }

    private void rest(LineDocument line) {
        long longest = Math.min(
                properties.maxRest().toMillis(), properties.retryDelay().toMillis() << Math.min(line.unanswered(), 20));
        long most = Math.max(1, longest);
        Duration rest = Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
        Instant until = clock.instant().plus(rest);
        lines.rest(line.silent(until), until);
    }

    /**
     * What came of some requests at once.
     *
     * @param silent how many were not answered
     * @param took how long the slowest of them was under way
     */
    private record Round(int silent, Duration took) {}

    private Round deliver(Webhook webhook, LineDocument line, List<Delivery> due) {
        AtomicInteger silent = new AtomicInteger();
        AtomicBoolean taken = new AtomicBoolean();
        AtomicReference<@Nullable String> failed = new AtomicReference<>();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Delivery delivery : due) {
                threads.execute(() -> {
                    Sent sent = courier.deliver(webhook, delivery);
                    silent.addAndGet(sent.answered() ? 0 : 1);
                    if (sent.error() == null) {
                        taken.set(true);
                    } else {
                        failed.set(sent.error());
                    }
                });
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        String error = failed.get();
        if (taken.get()) {
            health.worked(webhook, line);
        } else if (error != null) {
            health.failed(webhook, line, error);
        }
        return new Round(silent.get(), took);
    }

    private static Duration soon() {
        return Duration.ofMillis(200 + ThreadLocalRandom.current().nextLong(400));
    }

    /** These places are held for seconds: asking more often only keeps the queue of tasks busy. */
    private static Duration afterAWhile() {
        return Duration.ofMillis(2_000 + ThreadLocalRandom.current().nextLong(3_000));
    }
}
