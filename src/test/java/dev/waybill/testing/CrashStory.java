package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.blobs.Orphans;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Base class of crash tests: one service that crashes or stalls at a fault point, and a survivor on the same stores,
 * which takes no tasks until {@link #anotherGoesOn}. Both use one clock, though their machines' clocks differ by half a
 * minute: leases of the crashed one end with {@link #aMinutePasses}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CrashStory {

    private static final Duration WAIT = Duration.ofSeconds(30);

    /** The lock of classes that need no settings. */
    public static final String PLAIN = "plain crash stories";

    /** The lock of classes whose periodic jobs run at short intervals. */
    public static final String EAGER = "eager crash stories";

    private static final Map<String, String> EAGERLY = Map.of(
            "waybill.fetch.allow", "127.0.0.1",
            "waybill.objects.walk-interval", "250ms",
            "waybill.uploads.expiry-interval", "250ms",
            "waybill.webhooks.sweep-interval", "250ms");

    /** Classes with the same lock share one pair of services in turn: starting it is most of what they cost. */
    private static final Map<String, Pair> SHARED = new ConcurrentHashMap<>();

    private final @Nullable String shared;
    private final Map<String, String> settings;
    private Pair pair;

    private record Pair(ServiceUnderTest survivor, CrashableService doomed, MovedTime time) {

        void stop() {
            doomed.stop();
            survivor.close();
        }
    }

    /**
     * @param settings of both services, which are the class's own: named as in the environment or as Spring's
     *     properties
     */
    protected CrashStory(Map<String, String> settings) {
        this(null, settings);
    }

    /** @param shared what the class locks: {@link #PLAIN} or {@link #EAGER} */
    protected CrashStory(String shared) {
        this(shared, shared.equals(EAGER) ? EAGERLY : Map.of());
    }

    private CrashStory(@Nullable String shared, Map<String, String> settings) {
        this.shared = shared;
        this.settings = settings;
    }

    @BeforeAll
    void startBoth() {
        pair = shared == null
                ? start(settings)
                : SHARED.computeIfAbsent(shared, name -> {
                    Pair started = start(settings);
                    Stores.beforeTheyStop(started::stop);
                    return started;
                });
        pair.survivor().goOn();
        pair.doomed().goOn();
    }

    private static Pair start(Map<String, String> settings) {
        MovedTime time = MovedTime.create();
        Stores stores = Stores.create();
        // Redis measures idle time itself; all other deadlines follow the clock of the test.
        Map<String, String> all = new HashMap<>(Map.of(
                "waybill.tasks.read-block",
                "50ms",
                "waybill.tasks.sweep-interval",
                "200ms",
                "waybill.objects.garbage-interval",
                "200ms",
                // Tests of the walk set it; in the others it would run at some moment, once in half a minute.
                "waybill.objects.walk-interval",
                "1h"));
        all.putAll(settings);
        all.putAll(time.settings());
        Map<String, String> resting = new HashMap<>(all);
        resting.put("waybill.tasks.workers-enabled", "false");
        ServiceUnderTest survivor = ServiceUnderTest.start(stores, resting);
        // It must crash in the test's own flow, not in its periodic walk.
        Map<String, String> walkless = new HashMap<>(all);
        walkless.put("waybill.objects.walk-interval", "1h");
        if (settings.equals(EAGERLY)) {
            // Its stories put load on it, and a machine that is busy finds the database again later.
            walkless.put(CrashableService.SERVER_SELECTION_TIMEOUT, "2s");
        }
        CrashableService doomed = CrashableService.start(stores, walkless);
        Partners.listens(doomed.base(), stores.environment());
        return new Pair(survivor, doomed, time);
    }

    @AfterAll
    void stopBoth() {
        if (shared == null) {
            pair.stop();
        } else {
            // Its jobs run at short intervals, and would do so until the last test of all.
            pair.survivor().rest();
            pair.doomed().rest();
        }
    }

    @AfterEach
    void letTheSurvivorRest() {
        removeOrphans();
        pair.survivor().takeNoTasks();
    }

    /** Removes the copies without a row, which a crash in between has left and which are removed a day later. */
    protected final void removeOrphans() {
        Orphans.remove(pair.survivor());
    }

    protected final ServiceUnderTest survivor() {
        return pair.survivor();
    }

    /** The service that crashes when it reaches the fault point. */
    protected final CrashableService dyingAt(String faultPoint) {
        return pair.doomed().dyingAt(faultPoint);
    }

    /** Every fault point that the doomed service reaches during this work. */
    protected final List<String> stepsOf(Consumer<CrashableService> work) {
        CrashableService doomed = pair.doomed();
        return doomed.stepsOf(() -> work.accept(doomed)).stream().sorted().toList();
    }

    /** The service that does not crash, but stalls at the fault point until this is done. */
    protected final CrashableService slowAt(String faultPoint, Runnable meanwhile) {
        return pair.doomed().slowAt(faultPoint, meanwhile);
    }

    /** The request gets no answer, because its service crashes. */
    protected static void assertDies(CrashableService doomed, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOf(UncheckedIOException.class);
        doomed.awaitDeath();
    }

    /** The service crashes in what the request began, before or after it is answered. */
    protected static void assertDiesOf(CrashableService doomed, Runnable request) {
        try {
            request.run();
        } catch (UncheckedIOException brokenOff) {
            assertThat(brokenOff).hasMessageNotContaining("refused");
        }
        doomed.awaitDeath();
    }

    /** The clock of both services. */
    protected final MovedTime time() {
        return pair.time();
    }

    /** Leases and timeouts end. */
    protected final void aMinutePasses() {
        time().forward(Duration.ofMinutes(1));
    }

    /** The crashed service's leases end, and the survivor takes tasks. */
    protected final void anotherGoesOn() {
        aMinutePasses();
        pair.survivor().takeTasks();
    }

    /** The bucket has so many objects, its counters say so, and storage holds a file for each and nothing else. */
    protected final void assertNothingLostOrLeft(Workspace workspace, int objects) {
        assertThat(workspace.objects()).isEqualTo(objects);
        // Objects of buckets are counted by tasks.
        pair.survivor().takeTasks();
        await().atMost(WAIT)
                .untilAsserted(() -> assertThat(workspace
                                .client()
                                .get("/v1/buckets/" + workspace.bucket())
                                .json()
                                .at("/object_count")
                                .asInt())
                        .isEqualTo(objects));
        removeOrphans();
        await().atMost(WAIT)
                .untilAsserted(() -> assertThat(new HashSet<>(files(workspace))).hasSize(objects));
    }

    /** The stored files of the workspace's namespace, without staged ones. */
    protected final List<StoredObject> files(Workspace workspace) {
        return pair.survivor().bean(ObjectStorage.class).list("", null, 1000).stream()
                .filter(file -> file.key().value().contains("/" + workspace.namespace() + "/")
                        && !file.key().value().startsWith("staging/"))
                .toList();
    }
}
