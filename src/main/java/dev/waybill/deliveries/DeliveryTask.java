package dev.waybill.deliveries;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import dev.waybill.webhooks.Endpoint;
import dev.waybill.webhooks.Webhook;
import dev.waybill.webhooks.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * The task that delivers what is due at one endpoint. Each endpoint has one task, so it never occupies more than one
 * worker of all instances. An endpoint that answers gets several requests at once, for a turn; then others have theirs.
 * One whose circuit is open gets none, and one request as a probe when its pause is over. Of the latter, and of those
 * that are slow to answer, only few are served at once, so that they never hold all permits.
 */
@Component
class DeliveryTask implements TaskHandler {

    static final String NAME = "webhooks.deliver";

    /** Deliveries that are read, and written, in one round trip. */
    private static final int PAGE = 100;

    private static final String GONE = "The webhook, or its channel, is not there any more.";

    private final Webhooks webhooks;
    private final DeliveryStore deliveries;
    private final CircuitStore circuits;
    private final EndpointHealth health;
    private final DeliveryDispatcher dispatcher;
    private final DeliveryProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;
    private final Bulkhead permits;
    private final Bulkhead slowPermits;

    DeliveryTask(
            Webhooks webhooks,
            DeliveryStore deliveries,
            CircuitStore circuits,
            EndpointHealth health,
            DeliveryDispatcher dispatcher,
            DeliveryProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.circuits = circuits;
        this.health = health;
        this.dispatcher = dispatcher;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
        this.permits = new Bulkhead(properties.endpointsAtOnce(), properties.endpointsAtOnce());
        // One organization whose endpoints are all dead leaves permits for another's.
        this.slowPermits = new Bulkhead(properties.ailingAtOnce(), (properties.ailingAtOnce() + 1) / 2);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Only the next event would wake an endpoint whose task was given up. */
    @Override
    public RetryPolicy retries() {
        return RetryPolicy.ENDLESS;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        Endpoint endpoint = Endpoint.of(run.payload());
        CircuitEntity circuit = circuits.find(endpoint);
        Optional<Duration> pause = circuit.pause(clock.instant());
        if (pause.isPresent()) {
            return new TaskOutcome.Later(pause.get());
        }
        Bulkhead bulkhead = circuit.mayBlock() ? slowPermits : permits;
        if (!bulkhead.tryAcquire(endpoint.organization())) {
            return new TaskOutcome.Later(circuit.mayBlock() ? longDelay() : shortDelay());
        }
        try {
            return deliver(run, endpoint, circuit);
        } finally {
            bulkhead.release(endpoint.organization());
        }
    }

    private TaskOutcome deliver(TaskRun run, Endpoint endpoint, CircuitEntity before) {
        Instant end = clock.instant().plus(properties.turn());
        BooleanSupplier hasTime = () -> !run.canceled() && clock.instant().isBefore(end);
        CircuitEntity circuit = before;
        do {
            // Read anew for each page: it may have been paused, changed or deleted, or its secret rotated.
            Optional<? extends Webhook> webhook = webhooks.find(endpoint.organization(), endpoint.webhook())
                    .filter(found -> endpoint.channel() < found.channels().size());
            if (webhook.isEmpty()) {
                deliveries.cancelPending(endpoint, GONE, clock.instant());
                circuits.remove(List.of(endpoint));
                return TaskOutcome.completed();
            }
            if (!webhook.get().active()) {
                // Whoever resumes it wakes its endpoints.
                return TaskOutcome.completed();
            }
            int limit = circuit.state(clock.instant()) == CircuitEntity.State.CLOSED ? PAGE : 1;
            List<DeliveryEntity> due = deliveries.due(endpoint, clock.instant(), limit);
            if (due.isEmpty()) {
                return untilNext(endpoint);
            }
            List<DeliveryAttempt> attempted = send(webhook.get(), due, hasTime);
            deliveries.recordAttempts(attempted);
            faults.reach("webhooks.attempts-written");
            circuit = health.after(webhook.get(), endpoint, circuit, DeliveryRound.of(attempted));
            Optional<Duration> pause = circuit.pause(clock.instant());
            if (pause.isPresent()) {
                return new TaskOutcome.Later(pause.get());
            }
            if (attempted.size() == due.size() && due.size() < limit) {
                return untilNext(endpoint);
            }
        } while (hasTime.getAsBoolean() && circuit.mayBlock() == before.mayBlock());
        // Others have their turn; or it goes on with a permit of the other kind.
        return new TaskOutcome.Later(Duration.ZERO);
    }

    /**
     * Sends them in parallel, until all are sent or one was not answered or got a {@code Retry-After}.
     *
     * @param hasTime whether to begin more than the first few
     * @return those that were sent, in the order of their completion; at least one
     */
    private List<DeliveryAttempt> send(Webhook webhook, List<DeliveryEntity> due, BooleanSupplier hasTime) {
        int parallel = Math.min(properties.parallelPerEndpoint(), due.size());
        Queue<DeliveryEntity> remaining = new ConcurrentLinkedQueue<>(due.subList(parallel, due.size()));
        Queue<DeliveryAttempt> attempted = new ConcurrentLinkedQueue<>();
        AtomicBoolean stopped = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (DeliveryEntity first : due.subList(0, parallel)) {
                threads.execute(() -> {
                    DeliveryEntity next = first;
                    while (next != null) {
                        DeliveryAttempt one = dispatcher.attempt(webhook, next);
                        attempted.add(one);
                        if (!one.result().answered() || one.result().retryAfter() != null) {
                            stopped.set(true);
                        }
                        next = !stopped.get() && hasTime.getAsBoolean() ? remaining.poll() : null;
                    }
                });
            }
        }
        return new ArrayList<>(attempted);
    }

    /** Deliveries that are enqueued from now on wake the task. */
    private TaskOutcome untilNext(Endpoint endpoint) {
        Optional<Instant> next = deliveries.nextDue(endpoint);
        if (next.isEmpty()) {
            return TaskOutcome.completed();
        }
        Duration left = Duration.between(clock.instant(), next.get());
        return new TaskOutcome.Later(left.isNegative() ? Duration.ZERO : left);
    }

    private static Duration shortDelay() {
        return Duration.ofMillis(200 + ThreadLocalRandom.current().nextLong(400));
    }

    /** These permits are held for seconds: trying more often only keeps the task queue busy. */
    private static Duration longDelay() {
        return Duration.ofMillis(2_000 + ThreadLocalRandom.current().nextLong(3_000));
    }
}
