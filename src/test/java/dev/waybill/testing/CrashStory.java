package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * What stories of crashes have in common: one service that dies at a fault point, or is late there, and a survivor on the
 * same stores, which takes no tasks before it is told to. Both go by one clock: what waits for the end of a dead one's
 * lease waits until {@link #aMinutePasses}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CrashStory {

    private static final Duration WAIT = Duration.ofSeconds(30);

    /** What classes without settings of their own lock. */
    public static final String PLAIN = "plain crash stories";

    /** Those that need nothing special take turns with one pair of services, as a start is most of what they cost. */
    private static final MovedTime PLAIN_TIME = MovedTime.create();

    private static @Nullable Pair plain;

    protected final MovedTime time;
    private final Map<String, String> settings = new HashMap<>();
    private final boolean isPlain;
    private Pair pair;

    private record Pair(ServiceUnderTest survivor, CrashableService doomed) {

        void stop() {
            doomed.stop();
            survivor.close();
        }
    }

    /** @param settings of all services of the class: named as in the environment or as Spring's properties */
    protected CrashStory(Map<String, String> settings) {
        this.isPlain = settings.isEmpty();
        this.time = isPlain ? PLAIN_TIME : MovedTime.create();
        // Redis measures idle time itself; whatever else has a deadline goes by the clock of the story.
        this.settings.put("waybill.tasks.read-block", "50ms");
        this.settings.put("waybill.tasks.sweep-interval", "200ms");
        this.settings.putAll(settings);
        this.settings.putAll(time.settings());
    }

    @BeforeAll
    void startBoth() {
        pair = isPlain && plain != null ? plain : started();
        if (isPlain && plain == null) {
            plain = pair;
            Stores.beforeTheyStop(pair::stop);
        }
    }

    private Pair started() {
        Stores stores = Stores.create();
        Map<String, String> resting = new HashMap<>(settings);
        resting.put("waybill.tasks.workers-enabled", "false");
        ServiceUnderTest survivor = ServiceUnderTest.start(stores, resting);
        CrashableService doomed = CrashableService.start(stores, settings);
        return new Pair(survivor, doomed);
    }

    @AfterAll
    void stopBoth() {
        if (!isPlain) {
            pair.stop();
        }
    }

    @AfterEach
    void letTheSurvivorRest() {
        pair.survivor().takeNoTasks();
    }

    protected final ServiceUnderTest survivor() {
        return pair.survivor();
    }

    /** The one that dies when it comes to the fault point. */
    protected final CrashableService dyingAt(String faultPoint) {
        return pair.doomed().dyingAt(faultPoint);
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

    /** Leases and patience end. */
    protected final void aMinutePasses() {
        time.forward(Duration.ofMinutes(1));
    }

    /** The dead one's leases end, and the survivor takes tasks. */
    protected final void anotherGoesOn() {
        aMinutePasses();
        pair.survivor().takeTasks();
    }

    /** The bucket has so many objects, its counters say so, and storage holds a file for each and nothing else. */
    protected final void assertNothingLostOrLeft(Workspace workspace, int objects) {
        assertThat(workspace.objects()).isEqualTo(objects);
        await().atMost(WAIT)
                .untilAsserted(() -> assertThat(workspace
                                .client()
                                .get("/v1/buckets/" + workspace.bucket())
                                .json()
                                .at("/object_count")
                                .asInt())
                        .isEqualTo(objects));
        assertThat(new HashSet<>(files(workspace))).hasSize(objects);
    }

    /** What lies in storage for the workspace's namespace. */
    protected final List<StoredObject> files(Workspace workspace) {
        return pair.survivor().bean(ObjectStorage.class).list("", null, 1000).stream()
                .filter(file -> file.key().value().contains("/" + workspace.namespace() + "/"))
                .toList();
    }
}
