package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.insert;
import static dev.waybill.objects.ObjectFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.buckets.Buckets;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.events.RememberedEvents;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class ObjectWalkTests {

    private final ObjectsDatabase database;
    private final MovedClock clock = new MovedClock("2026-11-21T12:00:00Z");
    private final RememberedEvents events = new RememberedEvents();
    private final Set<String> open = new HashSet<>();
    private final List<String> settled = new ArrayList<>();
    private final Set<Buckets.BucketRef> counted = new HashSet<>();
    private ObjectStore store;
    private ObjectWalk walk;

    ObjectWalkTests(Databases where) {
        database = new ObjectsDatabase(where);
    }

    @BeforeEach
    void start() {
        store = new MongoObjectStore(database.template(), null, clock);
        UploadCompletion uploads = new NoUploads() {
            @Override
            public Set<UploadRef> complete(Collection<UploadRef> uploads) {
                Set<UploadRef> left = new HashSet<>();
                uploads.forEach(one -> {
                    settled.add(one.uploadId());
                    if (open.contains(one.uploadId())) {
                        left.add(one);
                    }
                });
                return left;
            }
        };
        walk = new ObjectWalk(
                store,
                new ObjectWalkStore(database.template()),
                buckets -> Set.of(),
                null,
                List.of(),
                uploads,
                counted::add,
                events,
                clock);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void eventsOfARowArePublishedOnceHoweverOftenItIsRead() {
        insert(store, now("obj_1"));

        walk.run();
        walk.run();
        clock.move(Duration.ofMinutes(1));
        walk.run();

        assertThat(types()).containsExactly("object.created");
    }

    @Test
    void rowsThatBecomeVisibleLateAreRead() {
        MovedClock late = new MovedClock(clock.instant().toString());
        ObjectStore slow = new MongoObjectStore(database.template(), null, late);
        clock.move(ObjectWalk.OVERLAP.minusSeconds(1));
        walk.run();
        insert(slow, now("obj_late"));
        walk.run();

        assertThat(types()).containsExactly("object.created");
        assertThat(counted).containsExactly(new Buckets.BucketRef(ACME, PHOTOS));
    }

    @Test
    void rowsOfAStalledWriterAreReadWithinADay() {
        walk.run();
        MovedClock late = new MovedClock(clock.instant().toString());
        ObjectStore slow = new MongoObjectStore(database.template(), null, late);
        clock.move(Duration.ofHours(3));
        walk.run();
        insert(slow, now("obj_late"));
        walk.run();
        assertThat(types()).isEmpty();

        clock.move(Duration.ofHours(21));
        walk.run();

        assertThat(types()).containsExactly("object.created");
    }

    @Test
    void theCursorWaitsForARowWhoseUploadStaysOpen() {
        insertFrom("upl_1", ObjectRow.Kind.OBJECT);
        open.add("upl_1");
        for (int i = 0; i < 5; i++) {
            walk.run();
            clock.move(Duration.ofMinutes(5));
        }
        assertThat(settled).hasSize(5);
        open.clear();

        walk.run();
        clock.move(Duration.ofMinutes(5));
        walk.run();

        assertThat(settled).hasSize(6);
    }

    @Test
    void aRowThatNeverSucceedsBlocksTheCursorForAnHourOnly() {
        insertFrom("upl_1", ObjectRow.Kind.OBJECT);
        open.add("upl_1");
        walk.run();
        clock.move(ObjectWalk.PATIENCE.plusMinutes(1));
        walk.run();
        clock.move(Duration.ofMinutes(1));
        walk.run();

        assertThat(settled).hasSize(2);
    }

    @Test
    void aMarkerToApplyHasNoEventsWhileItsUploadIsOpen() {
        insertFrom("upl_1", ObjectRow.Kind.INTO);
        open.add("upl_1");
        walk.run();
        assertThat(types()).isEmpty();

        open.clear();
        walk.run();

        assertThat(types()).containsExactly("upload.completed");
    }

    @Test
    void ofOldRowsOnlyTheLatestChangeIsPublished() {
        insert(store, now("obj_old"));
        clock.move(Duration.ofDays(30));
        ObjectRow old = store.row(ACME, new ObjectId("obj_old")).orElseThrow();
        BucketObject changed = old.object().changed("/new", List.of(), Map.of(), clock.instant());
        store.change(old, old.changed(changed, old.dedupeKeys(), old.uniqueKey()));

        walk.run();

        assertThat(types()).containsExactly("object.updated");
    }

    private BucketObject now(String id) {
        return object(ACME, PHOTOS, id, 100, clock.instant());
    }

    private void insertFrom(String upload, ObjectRow.Kind kind) {
        Instant now = clock.instant();
        BucketObject object = now(upload.replace("upl_", "obj_"));
        String own = object.id().value();
        UploadReceipt receipt =
                new UploadReceipt(upload, "a.jpg", true, false, 5L, "e", null, null, Map.of(), now, null, now);
        ObjectRow row = ObjectRow.content(ObjectRow.Kind.OBJECT, object, List.of(own), own, receipt);
        store.insertAll(List.of(
                kind == ObjectRow.Kind.OBJECT
                        ? row
                        : row.toMarker(kind, new ObjectRow.Existing(new ObjectId("obj_first"), null, 1), now)));
    }

    private List<String> types() {
        return events.all().stream().map(PublicEvent::eventType).toList();
    }
}
