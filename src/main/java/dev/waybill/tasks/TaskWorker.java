package dev.waybill.tasks;

import dev.waybill.platform.redis.RedisGate;
import dev.waybill.tasks.TaskStore.Due;
import dev.waybill.tasks.TaskStream.Entry;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Polls for tasks that this instance can run: from the stream while Redis is there, and from the database, by a sweep
 * every few seconds, or every second while Redis is unavailable. One thread polls; what it finds is run by
 * {@link TaskLauncher}. Nothing is claimed that cannot start at once, so instances share the work by how fast they are.
 */
@Component
class TaskWorker implements SmartLifecycle {

    /** Together with the web server's graceful shutdown: both let finish what they began. */
    static final int PHASE = Integer.MAX_VALUE - 1024;

    private static final Logger log = LoggerFactory.getLogger(TaskWorker.class);
    private static final Duration WAIT_FOR_PERMIT = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long PAUSE_NANOS = PAUSE.toNanos();
    private static final Duration GO_ON = Duration.ofMillis(50);

    /** The shortest time that Redis knows: none at all would mean for ever. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private static final Duration READER_LEAVES = Duration.ofSeconds(4);
    private static final Duration UPKEEP = Duration.ofSeconds(2);
    private static final Duration SILENT = Duration.ofMinutes(10);
    private static final int LOOK_AHEAD = 4;

    private final TaskLauncher launcher;
    private final TaskStore store;
    private final TaskCache cache;
    private final TaskStream stream;
    private final TaskHandlers handlers;
    private final RunningTasks running;
    private final LeaseKeeper leases;
    private final ProgressReporter progress;
    private final DueTimes dueTimes;
    private final TaskMetrics metrics;
    private final RedisGate gate;
    private final TaskProperties properties;
    private final InstantSource clock;
    private final Semaphore permits;
    private final LongTaskSlots longTaskSlots;
    private CountDownLatch stopping = new CountDownLatch(0);
    private List<ScheduledExecutorService> ticks = List.of();
    private volatile @Nullable Thread reader;

    /** Tasks of this round that have their permits: what failed to start has none. */
    private int launched;

    /** Every other time that both are there, what is new comes before what was rescheduled. */
    private boolean newFirst;

    private Instant nextSweep = Instant.EPOCH;
    private Instant nextReclaim = Instant.EPOCH;
    private Instant nextUpkeep = Instant.EPOCH;

    TaskWorker(
            TaskRunner runner,
            TaskStore store,
            TaskCache cache,
            TaskStream stream,
            TaskHandlers handlers,
            RunningTasks running,
            LeaseKeeper leases,
            ProgressReporter progress,
            DueTimes dueTimes,
            TaskMetrics metrics,
            RedisGate gate,
            TaskProperties properties,
            InstantSource clock) {
        this.store = store;
        this.cache = cache;
        this.stream = stream;
        this.handlers = handlers;
        this.running = running;
        this.leases = leases;
        this.progress = progress;
        this.dueTimes = dueTimes;
        this.metrics = metrics;
        this.gate = gate;
        this.properties = properties;
        this.clock = clock;
        this.permits = new Semaphore(properties.maxInFlight());
        this.longTaskSlots = new LongTaskSlots(handlers, properties.maxInFlight());
        this.launcher = new TaskLauncher(runner, store, stream, longTaskSlots, dueTimes, gate, clock);
    }

    @Override
    public boolean isAutoStartup() {
        return properties.workersEnabled();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        stopping = new CountDownLatch(1);
        ticks = List.of(
                FixedDelayThread.every(leases.tick(), "task-leases", leases::keep),
                FixedDelayThread.every(ProgressReporter.TICK, "task-progress", progress::reportAll));
        reader = Thread.ofPlatform().name("task-reader").start(this::poll);
    }

    @Override
    public boolean isRunning() {
        return reader != null;
    }

    @Override
    public void stop(Runnable callback) {
        Thread.ofPlatform().name("task-stop").start(() -> {
            try {
                stop();
            } finally {
                callback.run();
            }
        });
    }

    /** Stops polling, lets running tasks finish, and releases the rest for others to claim at once. */
    @Override
    public synchronized void stop() {
        Thread polling = reader;
        if (polling == null) {
            return;
        }
        stopping.countDown();
        try {
            polling.join(READER_LEAVES.toMillis());
            boolean all = permits.tryAcquire(
                    properties.maxInFlight(), properties.shutdownWait().toMillis(), TimeUnit.MILLISECONDS);
            if (all) {
                permits.release(properties.maxInFlight());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.all().forEach(this::release);
        halt();
    }

    /** Stops polling and renewing, and leaves everything as it is, as a crash would. */
    synchronized void halt() {
        stopping.countDown();
        ticks.forEach(ScheduledExecutorService::shutdownNow);
        reader = null;
    }

    private void release(RunningTask run) {
        run.abandon();
        log.info("Releasing task {}: it did not end in time", run.id());
        try {
            store.release(run.id(), run.claim().token(), clock.instant());
            gate.run(() -> stream.announce(run.id(), run.claim().handler()));
        } catch (RuntimeException e) {
            log.warn("Task {} could not be released; its lease will run out", run.id(), e);
        }
    }

    private void poll() {
        while (!isStopping()) {
            try {
                pollOnce();
            } catch (Throwable e) {
                // When the memory is used up, logging and waiting fail as well. Nothing here needs any.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        stream.disconnect();
    }

    private void pollOnce() {
        try {
            round();
        } catch (InterruptedException e) {
            log.debug("Interrupted by somebody who has no business here; going on");
        } catch (Throwable e) {
            // Errors too: when the memory was used up for a moment, polling must go on after it.
            FixedDelayThread.logQuietly(() -> log.warn("Polling for tasks failed; trying again", e));
            pause(PAUSE);
        }
    }

    /** Whether the polling thread died: no task is claimed until a restart. */
    boolean isDead() {
        Thread polling = reader;
        return polling != null && !polling.isAlive();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Takes at most as many tasks as there are free permits. */
    private void round() throws InterruptedException {
        upkeep();
        if (!permits.tryAcquire(WAIT_FOR_PERMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        int free = 1 + permits.drainPermits();
        launched = 0;
        try {
            boolean sweeping = sweepIsDue();
            newFirst = sweeping && !newFirst;
            if (newFirst) {
                readNew(free);
            }
            if (sweeping && launched < free) {
                sweep(free - launched);
            } else if (sweeping) {
                nextSweep = Instant.EPOCH;
            }
            if (launched < free) {
                awaitNew(free - launched);
            }
        } finally {
            permits.release(free - launched);
        }
    }

    private boolean sweepIsDue() {
        Instant now = clock.instant();
        return dueTimes.removeDue(now) || !now.isBefore(nextSweep);
    }

    /** What is due whether there are permits or not. */
    private void upkeep() {
        cache.writeMissed();
        Instant now = clock.instant();
        if (!now.isBefore(nextUpkeep)) {
            nextUpkeep = now.plus(UPKEEP);
            metrics.waiting(store.waiting(now));
        }
    }

    /** Takes what is due, whatever the reason: no worker was woken, its worker died, its time has come. */
    private void sweep(int free) {
        Instant now = clock.instant();
        boolean redis = gate.isClosed();
        nextSweep = now.plus(redis ? jittered(properties.sweepInterval()) : shorter(properties.sweepInterval(), PAUSE));
        List<Due> due = store.due(
                now,
                handlers.names(),
                longTaskSlots.full(),
                now.minus(properties.unknownHandlerPatience()),
                free * LOOK_AHEAD);
        List<Due> startable = longTaskSlots.startable(due);
        // All instances see the same oldest tasks; shuffled, they seldom claim the same one.
        Collections.shuffle(startable);
        List<Due> mine = startable.subList(0, Math.min(free, startable.size()));
        mine.forEach(task -> begin(task.id(), task.handler(), null));
        if (due.size() > mine.size()) {
            nextSweep = now.plus(GO_ON);
        }
    }

    /** Takes what is new without waiting for it: what is rescheduled all the time would otherwise take all permits. */
    private void readNew(int free) throws InterruptedException {
        if (gate.isClosed()) {
            read(free, AT_ONCE);
        }
    }

    private void awaitNew(int free) throws InterruptedException {
        if (gate.isClosed()) {
            read(free, untilSweep(properties.readBlock()));
        } else {
            pause(untilSweep(PAUSE));
        }
    }

    private void read(int free, Duration block) throws InterruptedException {
        List<Entry> entries;
        try {
            entries = reclaimIsDue() ? reclaim(free) : stream.read(free, block);
        } catch (RedisException e) {
            log.debug("The stream cannot be read; polling the database", e);
            nextSweep = Instant.EPOCH;
            pause(shorter(PAUSE, properties.sweepInterval()));
            return;
        }
        for (Entry entry : entries) {
            if (handlers.find(entry.handler()).isPresent()) {
                begin(entry.id(), entry.handler(), entry);
            } else {
                // An instance that knows it will find it by its sweep.
                gate.run(() -> stream.acknowledge(entry));
            }
        }
    }

    private boolean reclaimIsDue() {
        Instant now = clock.instant();
        if (now.isBefore(nextReclaim)) {
            return false;
        }
        nextReclaim = now.plus(jittered(properties.lease()));
        return true;
    }

    private List<Entry> reclaim(int free) throws InterruptedException {
        List<Entry> entries = stream.reclaim(properties.lease(), free);
        gate.run(() -> stream.removeSilent(SILENT));
        return entries;
    }

    /** Uses up one permit, released when the task is over. */
    private void begin(TaskId id, String handler, @Nullable Entry entry) {
        launcher.begin(id, handler, entry, permits::release);
        launched++;
    }

    private Duration untilSweep(Duration atMost) {
        Instant dueTime = dueTimes.next();
        Instant next = dueTime != null && dueTime.isBefore(nextSweep) ? dueTime : nextSweep;
        Duration left = Duration.between(clock.instant(), next);
        return left.isNegative() || left.isZero() ? Duration.ofMillis(1) : shorter(left, atMost);
    }

    private void pause(Duration duration) {
        try {
            if (stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("Woken to stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration jittered(Duration duration) {
        long millis = Math.max(2, duration.toMillis());
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
    }
}
