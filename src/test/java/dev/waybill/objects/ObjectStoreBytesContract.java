package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.NOON;
import static dev.waybill.objects.ObjectFixtures.OTHER;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.SONGS;
import static dev.waybill.objects.ObjectFixtures.inline;
import static dev.waybill.objects.ObjectFixtures.insert;
import static dev.waybill.objects.ObjectFixtures.object;
import static dev.waybill.objects.ObjectFixtures.photo;
import static dev.waybill.objects.ObjectFixtures.row;
import static dev.waybill.objects.ObjectFixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.blobs.BlobOwner;
import dev.waybill.platform.storage.ObjectKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Contract of object stores on bytes: owned keys, garbage, and usage. */
abstract class ObjectStoreBytesContract {

    final MovedClock clock = new MovedClock("2026-11-21T12:00:00Z");

    /** An empty store that dates what it writes by {@link #clock}. */
    abstract ObjectStore store();

    @Test
    void knowsWhichKeysRowsOwn() {
        insert(store(), object("obj_1"));
        insert(store(), object(OTHER, PHOTOS, "obj_2", 1, NOON));

        assertThat(store().owned(
                                ACME.namespace().value(),
                                List.of(ObjectFixtures.key("obj_1"), ObjectFixtures.key("obj_2"))))
                .containsExactly(ObjectFixtures.key("obj_1"));
        assertThat(store().owned(ACME.namespace().value(), List.of())).isEmpty();
    }

    @Test
    void filesAndMarkersToApplyOwnTheirBytesAndTombstonesOwnNone() {
        ObjectRow file = ObjectRow.content(ObjectRow.Kind.FILE, object("obj_1"), List.of("obj_1"), "obj_1", null);
        ObjectRow.Existing other = new ObjectRow.Existing(new ObjectId("obj_9"), null, 1);
        ObjectRow coming = row(object("obj_2")).toMarker(ObjectRow.Kind.INTO, other, NOON);
        ObjectRow duplicate = row(object("obj_3")).toMarker(ObjectRow.Kind.DUPLICATE, other, NOON);
        ObjectRow gone = row(object("obj_4"));
        store().insertAll(List.of(file, coming, duplicate, gone));
        store().change(gone, gone.toTombstone(new UploadOutcome(UploadOutcome.Cause.DELETED, "", false), NOON));

        assertThat(named("obj_1", "obj_2", "obj_3", "obj_4"))
                .containsExactlyInAnyOrder(ObjectFixtures.key("obj_1"), ObjectFixtures.key("obj_2"));
    }

    @Test
    void returnsOnlyTheRequestedKeysOfARow() {
        insert(
                store(),
                object(ACME, PHOTOS, "obj_1", List.of(photo("a", 1), inline("x"), photo("b", 2)), Map.of(), NOON));

        assertThat(named("b", "c")).containsExactly(ObjectFixtures.key("b"));
    }

    @Test
    void garbageIsNoLongerOwned() {
        ObjectRow row = row(object("obj_1"));
        store().insertAll(List.of(row));
        BucketObject other = object(ACME, PHOTOS, "obj_1", List.of(photo("new", 1)), Map.of(), NOON);

        store().change(row, row.changed(other, row.dedupeKeys(), row.uniqueKey()));

        assertThat(named("obj_1", "new")).containsExactly(ObjectFixtures.key("new"));
        assertThat(store().withGarbage(9).getFirst().garbage()).containsExactly(ObjectFixtures.key("obj_1"));
        ObjectRow now = store().row(ACME, row.id()).orElseThrow();
        store().change(now, now.applying("token"));
        assertThat(store().withGarbage(9).getFirst().garbage())
                .as("what changes afterwards loses none of it")
                .containsExactly(ObjectFixtures.key("obj_1"));
    }

    @Test
    void garbageIsListedAcrossTenantsUpToAMaximum() {
        List<ObjectRow> rows = List.of(
                row(object("obj_1")),
                row(object(OTHER, PHOTOS, "obj_1", 1, NOON)),
                row(object(ACME, SONGS, "obj_2", 1, NOON)));
        store().insertAll(rows);
        rows.forEach(row -> store().change(row, row.discarding(List.of(ObjectFixtures.key("old")))));

        assertThat(store().withGarbage(2)).hasSize(2);
        assertThat(store().withGarbage(9))
                .extracting(row -> row.object().scope())
                .containsExactlyInAnyOrder(ACME, OTHER, ACME);
    }

    @Test
    void onlyRemovedGarbageIsCleared() {
        List<ObjectRow> rows =
                List.of(row(object("obj_1")), row(object("obj_2")), row(object(OTHER, PHOTOS, "obj_1", 1, NOON)));
        store().insertAll(rows);
        rows.forEach(row -> store().change(row, row.discarding(List.of(ObjectFixtures.key("old")))));
        List<ObjectRow> found = store().withGarbage(9);

        store().clearGarbage(List.of());
        assertThat(store().withGarbage(9)).hasSize(3);
        store().clearGarbage(found.stream()
                .filter(row -> row.object().scope().equals(ACME) && row.id().equals(new ObjectId("obj_1")))
                .toList());

        assertThat(store().withGarbage(9))
                .extracting(row -> row.object().scope() + " " + row.id())
                .containsExactlyInAnyOrder(ACME + " obj_2", OTHER + " obj_1");
        assertThat(store().row(ACME, new ObjectId("obj_1"))
                        .orElseThrow()
                        .object()
                        .version())
                .as("no update fails because of it")
                .isEqualTo(2);
    }

    @Test
    void replacedBytesAreGarbageUntilCleared() {
        ObjectRow kept = row(object("obj_1"));
        ObjectRow gone = row(object("obj_2"));
        store().insertAll(List.of(kept, gone));
        assertThat(store().withGarbage(9)).isEmpty();

        store().change(gone, gone.toTombstone(new UploadOutcome(UploadOutcome.Cause.DELETED, "", false), NOON));

        List<ObjectRow> found = store().withGarbage(9);
        assertThat(found).extracting(ObjectRow::id).containsExactly(gone.id());
        assertThat(found.getFirst().garbage()).containsExactly(ObjectFixtures.key("obj_2"));
        store().purgeEnded(NOON.plus(Duration.ofDays(9)));
        assertThat(store().row(ACME, gone.id())).isPresent();
        store().clearGarbage(found);
        assertThat(store().withGarbage(9)).isEmpty();
        store().purgeEnded(NOON.plus(Duration.ofDays(9)));
        assertThat(store().row(ACME, gone.id())).isEmpty();
    }

    @Test
    void garbageAddedMeanwhileStays() {
        ObjectRow row = row(object("obj_1"));
        store().insertAll(List.of(row));
        store().change(row, row.discarding(List.of(ObjectFixtures.key("obj_8"))));
        List<ObjectRow> found = store().withGarbage(9);
        ObjectRow now = store().row(ACME, row.id()).orElseThrow();
        store().change(now, now.discarding(List.of(ObjectFixtures.key("obj_9"))));

        store().clearGarbage(found);

        assertThat(store().row(ACME, row.id()).orElseThrow().garbage())
                .containsExactly(ObjectFixtures.key("obj_8"), ObjectFixtures.key("obj_9"));
    }

    @Test
    void computesTheUsageOfABucket() {
        insert(store(), object(ACME, PHOTOS, "obj_1", 5_000_000_000L, NOON));
        insert(store(), object(ACME, PHOTOS, "obj_2", 7, NOON.plusSeconds(9)));
        insert(
                store(),
                object(
                        ACME,
                        PHOTOS,
                        "obj_3",
                        List.of(photo("a", 3), photo("b", 4), inline("x")),
                        Map.of(),
                        NOON.plusSeconds(3)));
        insert(store(), object(ACME, SONGS, "obj_4", 11, NOON.plusSeconds(99)));

        assertThat(store().usage(ACME, PHOTOS, NOON))
                .isEqualTo(usage(3, 5_000_000_014L, 5_000_000_000L, 7, NOON.plusSeconds(9), NOON));
        assertThat(store().usage(OTHER, PHOTOS, NOON)).isEqualTo(usage(0, 0, 0, 0, null, NOON));
    }

    @Test
    void sumsStoredBytesWithoutTombstonesAndMarkers() {
        BucketObject one = object(ACME, PHOTOS, "obj_1", 5_000_000_000L, NOON);
        insert(store(), one);
        insert(store(), object(ACME, SONGS, "obj_2", 7, NOON));
        insert(store(), object(OTHER, PHOTOS, "obj_3", 11, NOON));
        ObjectRow into = row(object(ACME, PHOTOS, "obj_4", 13, NOON));
        ObjectRow file = row(object(ACME, PHOTOS, "obj_5", 17, NOON));
        store().insertAll(List.of(
                into.toMarker(ObjectRow.Kind.INTO, new ObjectRow.Existing(one.id(), null, 1), NOON),
                ObjectRow.content(ObjectRow.Kind.FILE, file.object(), file.dedupeKeys(), file.uniqueKey(), null)));

        assertThat(store().storedBytes(List.of(ACME.namespace()))).isEqualTo(5_000_000_024L);
        assertThat(store().storedBytes(List.of(ACME.namespace(), OTHER.namespace())))
                .isEqualTo(5_000_000_035L);
        assertThat(store().storedBytes(List.of())).isZero();
    }

    private Set<ObjectKey> named(String... photos) {
        return store().owned(
                        ACME.namespace().value(),
                        Arrays.stream(photos).map(ObjectFixtures::key).toList());
    }

    @Test
    void listsOwnersInTheOrderOfTheirIds() {
        ObjectRow gone = row(object("obj_4"));
        store().insertAll(List.of(row(object("obj_3")), row(object("obj_1")), row(object("obj_2")), gone));
        store().insertAll(List.of(row(object(OTHER, PHOTOS, "obj_5", 100, NOON))));
        store().change(gone, gone.toTombstone(new UploadOutcome(UploadOutcome.Cause.DELETED, "", false), NOON));
        String namespace = ACME.namespace().value();

        assertThat(store().page(namespace, null, 9)).containsExactly(named("obj_1"), named("obj_2"), named("obj_3"));
        assertThat(store().page(namespace, "obj_1", 1)).containsExactly(named("obj_2"));
        assertThat(store().page(namespace, "obj_3", 9)).isEmpty();
    }

    private static BlobOwner.Named named(String id) {
        return new BlobOwner.Named(id, ObjectFixtures.key(id));
    }
}
