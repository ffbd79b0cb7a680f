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
 * What stories of crashes have in common: one service that dies at a fault point, or is late there, and a survivor on the
 * same stores, which takes no tasks before it is told to. Both go by one clock, though their machines' clocks differ by half
 * a minute: what waits for the end of a dead one's lease waits until {@link #aMinutePasses}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CrashStory {

    private static final Duration WAIT = Duration.ofSeconds(30);

    /** What classes that need nothing special lock. */
    public static final String PLAIN = "plain crash stories";

    /** What classes whose periodic jobs come round quickly lock. */
    public static final String EAGER = "eager crash stories";

    private static final Map<String, String> EAGERLY = Map.of(
            "waybill.fetch.allow", "127.0.0.1",
            "waybill.objects.walk-interval", "250ms",
            "waybill.uploads.expiry-interval", "250ms",
            "waybill.webhooks.sweep-interval", "250ms");

    /** Classes take turns with one pair of services, by what they lock: a start is most of what they cost. */
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

    /** @param settings of both services, which are the class's own: named as in the environment or as Spring's properties */
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
        // Redis measures idle time itself; whatever else has a deadline goes by the clock of the story.
        Map<String, String> all = new HashMap<>(Map.of(
                "waybill.tasks.read-block",
                "50ms",
                "waybill.tasks.sweep-interval",
                "200ms",
                "waybill.objects.garbage-interval",
                "200ms",
                // Who tells of the walk says so; to the others it would come by chance, once in half a minute.
                "waybill.objects.walk-interval",
                "1h"));
        all.putAll(settings);
        all.putAll(time.settings());
        Map<String, String> resting = new HashMap<>(all);
        resting.put("waybill.tasks.workers-enabled", "false");
        ServiceUnderTest survivor = ServiceUnderTest.start(stores, resting);
        // It dies of what the story does, not of what its own walk comes to meanwhile.
        Map<String, String> walkless = new HashMap<>(all);
        walkless.put("waybill.objects.walk-interval", "1h");
        CrashableService doomed = CrashableService.start(stores, walkless);
        Partners.listens(doomed.base(), stores.environment());
        return new Pair(survivor, doomed, time);
    }

    @AfterAll
    void stopBoth() {
        if (shared == null) {
            pair.stop();
        } else {
            // Its jobs come round quickly, and would do so until the last test of all.
            pair.survivor().rest();
            pair.doomed().rest();
        }
    }

    @AfterEach
    void letTheSurvivorRest() {
        removeOrphans();
        pair.survivor().takeNoTasks();
    }

    /** What a crash between a copy and its row has left goes a day later. */
    protected final void removeOrphans() {
        Orphans.remove(pair.survivor());
    }

    protected final ServiceUnderTest survivor() {
        return pair.survivor();
    }

    /** The one that dies when it comes to the fault point. */
    protected final CrashableService dyingAt(String faultPoint) {
        return pair.doomed().dyingAt(faultPoint);
    }

    /** Every fault point that the doomed one comes to while this is done with it. */
    protected final List<String> stepsOf(Consumer<CrashableService> work) {
        CrashableService doomed = pair.doomed();
        return doomed.stepsOf(() -> work.accept(doomed)).stream().sorted().toList();
    }

    /** The one that does not die, but goes on at the fault point only after others did this. */
    protected final CrashableService slowAt(String faultPoint, Runnable meanwhile) {
        return pair.doomed().slowAt(faultPoint, meanwhile);
    }

    /** The request gets no answer, because its service dies. */
    protected static void assertDies(CrashableService doomed, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOf(UncheckedIOException.class);
        doomed.awaitDeath();
    }

    /** The service dies of what the request began, before or after it is answered. */
    protected static void assertDiesOf(CrashableService doomed, Runnable request) {
        try {
            request.run();
        } catch (UncheckedIOException brokenOff) {
            assertThat(brokenOff).hasMessageNotContaining("refused");
        }
        doomed.awaitDeath();
    }

    /** The clock of both. */
    protected final MovedTime time() {
        return pair.time();
    }

    /** Leases and patience end. */
    protected final void aMinutePasses() {
        time().forward(Duration.ofMinutes(1));
    }

    /** The dead one's leases end, and the survivor takes tasks. */
    protected final void anotherGoesOn() {
        aMinutePasses();
        pair.survivor().takeTasks();
    }

    /** The bucket has so many objects, its counters say so, and storage holds a file for each and nothing else. */
    protected final void assertNothingLostOrLeft(Workspace workspace, int objects) {
        assertThat(workspace.objects()).isEqualTo(objects);
        // Buckets are counted by tasks.
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

    /** What lies in storage for the workspace's namespace, but for what is staged. */
    protected final List<StoredObject> files(Workspace workspace) {
        return pair.survivor().bean(ObjectStorage.class).list("", null, 1000).stream()
                .filter(file -> file.key().value().contains("/" + workspace.namespace() + "/")
                        && !file.key().value().startsWith("staging/"))
                .toList();
    }
}
