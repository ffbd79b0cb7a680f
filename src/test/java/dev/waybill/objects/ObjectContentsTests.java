package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.NOON;
import static dev.waybill.objects.ObjectFixtures.OTHER;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.SONGS;
import static dev.waybill.objects.ObjectFixtures.inline;
import static dev.waybill.objects.ObjectFixtures.insert;
import static dev.waybill.objects.ObjectFixtures.insertAll;
import static dev.waybill.objects.ObjectFixtures.key;
import static dev.waybill.objects.ObjectFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.deletions.RecordedPass;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.events.RememberedEvents;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnEveryDatabase
class ObjectContentsTests {

    private final ObjectsDatabase database;

    private final MovedClock clock = new MovedClock("2026-11-21T12:00:00Z");
    private final RememberedDeletes storage = new RememberedDeletes();
    private final RecordedPass pass = new RecordedPass();
    private final RememberedEvents events = new RememberedEvents();
    private ObjectStore store;

    ObjectContentsTests(Databases where) {
        database = new ObjectsDatabase(where);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        store = new MongoObjectStore(database.template(), null, clock);
    }

    @Test
    void removesBytesAndObjectsPageByPage() {
        fill(ObjectContents.PAGE + 1);
        insert(store, object(ACME, PHOTOS, "obj_inline", List.of(inline("x")), Map.of(), NOON));

        contents(step -> {}).purge(ACME, PHOTOS, pass);

        assertThat(store.some(ACME, PHOTOS, 1)).isEmpty();
        assertThat(storage.deleted).hasSize(ObjectContents.PAGE + 1).contains(key("obj_0"));
        assertThat(pass.told()).containsExactlyInAnyOrder((long) ObjectContents.PAGE, 2L);
    }

    @Test
    void leavesOtherBucketsAlone() {
        insert(store, object(ACME, SONGS, "obj_1", 1, NOON));
        insert(store, object(OTHER, PHOTOS, "obj_2", 1, NOON));

        contents(step -> {}).purge(ACME, PHOTOS, pass);

        assertThat(store.some(ACME, SONGS, 9)).hasSize(1);
        assertThat(store.some(OTHER, PHOTOS, 9)).hasSize(1);
        assertThat(storage.deleted).isEmpty();
        assertThat(pass.hasFound()).isFalse();
    }

    @Test
    void countsTheObjectsOfTheBucket() {
        insert(store, object(ACME, PHOTOS, "obj_1", 1, NOON));
        insert(store, object(ACME, PHOTOS, "obj_2", 1, NOON));
        insert(store, object(ACME, SONGS, "obj_3", 1, NOON));
        insert(store, object(OTHER, PHOTOS, "obj_4", 1, NOON));

        assertThat(contents(step -> {}).countObjects(ACME, PHOTOS)).isEqualTo(2);
    }

    @Test
    void stopsBetweenPagesWhenCanceled() {
        fill(ObjectContents.PAGE + 1);
        var polls = new AtomicInteger();

        RecordedPass stopped = new RecordedPass(() -> polls.getAndIncrement() == 1);

        contents(step -> {}).purge(ACME, PHOTOS, stopped);

        assertThat(stopped.told()).containsExactly((long) ObjectContents.PAGE);
        assertThat(store.some(ACME, PHOTOS, 9)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"object-purge.bytes-removed", "object-purge.objects-removed"})
    void canBeRunAgainAfterACrash(String crashAt) {
        fill(3);
        var crashing = contents(step -> {
            if (step.equals(crashAt)) {
                throw new IllegalStateException("crashed here");
            }
        });
        assertThatThrownBy(() -> crashing.purge(ACME, PHOTOS, pass)).hasMessage("crashed here");

        contents(step -> {}).purge(ACME, PHOTOS, pass);

        assertThat(store.some(ACME, PHOTOS, 1)).isEmpty();
        assertThat(storage.deleted).hasSize(3);
    }

    @Test
    void earlierDeletionsArePublishedDeletionsWithTheBucketAreNot() {
        insert(store, object(ACME, PHOTOS, "obj_1", 1, NOON));
        insert(store, object(ACME, PHOTOS, "obj_2", 1, NOON));
        ObjectRow row = store.row(ACME, new ObjectId("obj_1")).orElseThrow();
        store.change(row, row.toTombstone(new UploadOutcome(UploadOutcome.Cause.DELETED, "", false), clock.instant()));

        contents(step -> {}).purge(ACME, PHOTOS, pass);

        assertThat(events.all()).singleElement().satisfies(event -> {
            assertThat(event.eventType()).isEqualTo("object.deleted");
            assertThat(event.subject().id()).isEqualTo("obj_1");
        });
    }

    private ObjectContents contents(FaultPoints faults) {
        return new ObjectContents(store, storage, events, faults);
    }

    private void fill(int count) {
        insertAll(
                store,
                IntStream.range(0, count).mapToObj(i -> object("obj_" + i)).toList());
    }
}
