package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Delivers what waits in one line. An endpoint that answers gets several requests at once, for a turn; then others have
 * theirs. One that did not answer gets one request, and is left alone for a while before the next; and only few such
 * endpoints are tried at once, so that they never take all the places.
 */
@Component
class LineTask implements TaskHandler {

    static final String NAME = "webhooks.deliver";

    private static final int PAGE = 50;
    private static final String GONE = "The webhook, or its channel, is not there any more.";

    private final WebhookStore webhooks;
    private final DeliveryStore deliveries;
    private final LineStore lines;
    private final Courier courier;
    private final WebhookProperties properties;
    private final InstantSource clock;
    private final Semaphore places;
    private final Semaphore ailingPlaces;

    LineTask(
            WebhookStore webhooks,
            DeliveryStore deliveries,
            LineStore lines,
            Courier courier,
            WebhookProperties properties,
            InstantSource clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.lines = lines;
        this.courier = courier;
        this.properties = properties;
        this.clock = clock;
        this.places = new Semaphore(properties.endpointsAtOnce());
        this.ailingPlaces = new Semaphore(properties.ailingAtOnce());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TaskOutcome run(TaskRun run) throws InterruptedException {
        String key = String.valueOf(run.payload().get("line"));
        long ticket = run.payload().get("ticket") instanceof Number number ? number.longValue() : 0;
        Optional<Line> line = lines.serve(key, ticket);
        if (line.isEmpty()) {
            return TaskOutcome.completed();
        }
        Semaphore place = line.get().isAiling() ? ailingPlaces : places;
        if (!place.tryAcquire()) {
            return new TaskOutcome.Later(soon());
        }
        try {
            return serve(run, key, ticket);
        } finally {
            place.release();
        }
    }

    private TaskOutcome serve(TaskRun run, String key, long ticket) throws InterruptedException {
        Instant end = clock.instant().plus(properties.turn());
        while (!run.canceled()) {
            Optional<Line> served = lines.serve(key, ticket);
            if (served.isEmpty()) {
                return TaskOutcome.completed();
            }
            Line line = served.get();
            OrganizationId organization = line.organization();
            Optional<Webhook> webhook = webhooks.find(organization, line.webhook())
                    .filter(found -> line.channel() < found.channels().size());
            if (webhook.isEmpty()) {
                deliveries.cancelAll(key, GONE, clock.instant());
                lines.remove(line);
                return TaskOutcome.completed();
            }
            int most = line.isAiling() ? 1 : PAGE;
            List<Delivery> due = webhook.get().isActive() ? deliveries.due(key, clock.instant(), most) : List.of();
            if (due.isEmpty()) {
                if (close(line, webhook.get())) {
                    return TaskOutcome.completed();
                }
                continue;
            }
            Round round = deliver(run, webhook.get(), line, due);
            if (round.silent() > 0) {
                rest(line, line.unanswered() + 1);
                return TaskOutcome.completed();
            }
            if (line.isAiling() && round.answered() > 0) {
                // It is back: from here on it is served like any other, once it is its turn.
                lines.rest(recovered(line), clock.instant());
                return TaskOutcome.completed();
            }
            if (!clock.instant().isBefore(end)) {
                return new TaskOutcome.Later(Duration.ZERO);
            }
        }
        return new TaskOutcome.Later(Duration.ZERO);
    }

    /** While a webhook is paused, its line is opened by resuming it only. */
    private boolean close(Line line, Webhook webhook) {
        Instant next = webhook.isActive() ? deliveries.nextDue(line.key()).orElse(null) : null;
        return lines.close(line, next);
    }

    private void rest(Line line, int unanswered) {
        long longest = Math.min(
                properties.maxRest().toMillis(), properties.retryDelay().toMillis() << Math.min(unanswered - 1, 20));
        long most = Math.max(1, longest);
        Duration rest = Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
        Instant until = clock.instant().plus(rest);
        lines.rest(
                new Line(
                        line.organization(),
                        line.webhook(),
                        line.channel(),
                        line.ticket(),
                        line.busy(),
                        unanswered,
                        until),
                until);
    }

    private static Line recovered(Line line) {
        return new Line(line.organization(), line.webhook(), line.channel(), line.ticket(), line.busy(), 0, null);
    }

    /** How many of the requests were answered, and how many were not. */
    private record Round(int answered, int silent) {}

    private Round deliver(TaskRun run, Webhook webhook, Line line, List<Delivery> due) throws InterruptedException {
        Semaphore parallel = new Semaphore(line.isAiling() ? 1 : properties.parallelPerEndpoint());
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger silent = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        AtomicBoolean paused = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Delivery delivery : due) {
                parallel.acquire();
                if (silent.get() > 0 || paused.get() || run.canceled()) {
                    break;
                }
                threads.execute(() -> {
                    try {
                        Courier.Result result = courier.deliver(webhook, delivery);
                        (result.answered() ? answered : silent).incrementAndGet();
                        taken.addAndGet(result.taken() ? 1 : 0);
                        paused.compareAndSet(false, result.paused());
                    } finally {
                        parallel.release();
                    }
                });
            }
        }
        if (taken.get() > 0 && taken.get() < answered.get() + silent.get()) {
            // What failed beside what succeeded is no lasting failure.
            webhooks.working(webhook);
        }
        return new Round(answered.get(), silent.get());
    }

    private static Duration soon() {
        return Duration.ofMillis(200 + ThreadLocalRandom.current().nextLong(400));
    }
}
