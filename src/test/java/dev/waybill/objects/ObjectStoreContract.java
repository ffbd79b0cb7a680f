package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.NOON;
import static dev.waybill.objects.ObjectFixtures.OTHER;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.SONGS;
import static dev.waybill.objects.ObjectFixtures.inline;
import static dev.waybill.objects.ObjectFixtures.insert;
import static dev.waybill.objects.ObjectFixtures.insertAll;
import static dev.waybill.objects.ObjectFixtures.object;
import static dev.waybill.objects.ObjectFixtures.photo;
import static dev.waybill.objects.ObjectFixtures.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.blobs.Blob;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.Buckets;
import dev.waybill.buckets.FieldType;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.tasks.TaskStatus;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Contract of object stores: how rows are inserted, updated, found and purged, and how bytes are owned. */
abstract class ObjectStoreContract extends ObjectStoreBytesContract {

    @Test
    void storesEveryField() {
        Blob full = new Blob(
                "blob_1",
                "hero_image",
                FieldType.IMAGE,
                "catalog",
                new ObjectKey("a/b/c.jpg"),
                null,
                "c.jpg",
                5_000_000_000L,
                "image/jpeg",
                "abc-2",
                null,
                "00ff",
                null,
                null,
                Map.of("photographer", "Ada"),
                "Shift_JIS");
        BucketObject object = new BucketObject(
                new ObjectId("obj_full"),
                ACME,
                PHOTOS,
                "catalog/2026",
                List.of(full, inline(Map.of("a", List.of(1, "x")))),
                Map.of("campaign", "spring"),
                TaskStatus.FAILED,
                "no tier took it",
                NOON,
                NOON.plusMillis(1),
                1);

        insert(store(), object);

        assertThat(store().find(ACME, object.id())).contains(object);
    }

    @Test
    void storesFreeFormValuesUnchanged() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("int", 5);
        metadata.put("long", 5_000_000_000L);
        metadata.put("double", 5.0);
        metadata.put("tiny", 4.9e-324);
        metadata.put("decimal", new BigDecimal("1.100"));
        metadata.put("whole", new BigInteger("123456789012345678901234567890"));
        metadata.put("vast", new BigInteger("9".repeat(400)));
        metadata.put("precise", new BigDecimal("0." + "123456789".repeat(9)));
        metadata.put("far", new BigDecimal("1E+7000"));
        metadata.put("nothing", null);
        metadata.put("yes", true);
        metadata.put("date", "2026-11-21T09:30:00.000Z");
        metadata.put("dotted.key", Map.of("inner.key", 1));
        metadata.put("list", Arrays.asList(1, null, List.of(), Map.of(), new BigInteger("9".repeat(50))));
        metadata.put("_id", "mine");
        metadata.put("_class", "mine");
        metadata.put("", "empty");
        metadata.put("nested", withNull());
        BucketObject object = object("obj_free", metadata);

        insert(store(), object);

        BucketObject found = store().find(ACME, object.id()).orElseThrow();
        assertThat(found.metadata()).isEqualTo(metadata);
        assertThat(found.metadata().keySet()).containsExactlyElementsOf(metadata.keySet());
    }

    @Test
    void storesInlineContentOfAnyKind() {
        for (Object content : List.of("text", 7, 7.5, true, List.of(1, 2), Map.of("a", 1))) {
            BucketObject object =
                    object(ACME, PHOTOS, "obj_" + content.hashCode(), List.of(inline(content)), Map.of(), NOON);

            insert(store(), object);

            assertThat(store().find(ACME, object.id())).contains(object);
        }
    }

    @Test
    void aSecondInsertChangesNothing() {
        BucketObject first = object("obj_1", Map.of("take", 1));

        assertThat(insert(store(), first)).isTrue();
        assertThat(insert(store(), object("obj_1", Map.of("take", 2)))).isFalse();

        assertThat(store().find(ACME, first.id())).contains(first);
    }

    @Test
    void ofConcurrentInsertsOneWins() throws Exception {
        List<Callable<Boolean>> inserts = IntStream.range(0, 32)
                .<Callable<Boolean>>mapToObj(take -> () -> insert(store(), object("obj_1", Map.of("take", take))))
                .toList();
        List<Boolean> won = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> insert : threads.invokeAll(inserts)) {
                won.add(insert.get());
            }
        }

        assertThat(won).containsOnlyOnce(true);
    }

    @Test
    void insertAllSkipsExistingRows() {
        insert(store(), object("obj_2", Map.of("take", 1)));
        insert(store(), object("obj_4", Map.of("take", 1)));

        insertAll(
                store(),
                IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> object("obj_" + i, Map.of("take", 2)))
                        .toList());
        insertAll(store(), List.of(object("obj_1"), object("obj_6"), object("obj_6")));
        insertAll(store(), List.of());

        assertThat(ids(1, 2, 3, 4, 5, 6, 7).stream().flatMap(id -> store().find(ACME, id).stream()))
                .extracting(object -> object.id() + " " + object.metadata().get("take"))
                .containsExactlyInAnyOrder("obj_1 2", "obj_2 1", "obj_3 2", "obj_4 1", "obj_5 2", "obj_6 null");
    }

    @Test
    void insertAllReturnsAnOutcomeForEachRow() {
        insert(store(), object("obj_2"));

        assertThat(insertAll(store(), List.of(object("obj_1"), object("obj_2"), object("obj_3"), object("obj_1"))))
                .containsExactly(
                        WriteOutcome.DONE, WriteOutcome.DUPLICATE_KEY, WriteOutcome.DONE, WriteOutcome.DUPLICATE_KEY);
        assertThat(insertAll(store(), List.of())).isEmpty();
    }

    @Test
    void updatesARowOfTheVersionThatWasRead() {
        ObjectRow before = row(object("obj_1", Map.of("a", 1)));
        store().insertAll(List.of(before));
        ObjectRow after = before.applying("token")
                .changed(changed(before.object(), Map.of("b", 2)), List.of("photo:md5:1"), "key:1");

        assertThat(store().change(before, after)).isEqualTo(WriteOutcome.DONE);
        assertThat(store().change(before, before)).isEqualTo(WriteOutcome.UNMATCHED);
        assertThat(store().row(ACME, before.id())).contains(after);
        assertThat(store().find(ACME, before.id()).orElseThrow().version()).isEqualTo(2);
        assertThat(store().usage(ACME, PHOTOS, NOON).totalSizeBytes()).isEqualTo(7);
    }

    @Test
    void updatesNothingOfAnotherScopeAndNothingMissing() {
        BucketObject before = object("obj_1", Map.of());
        insert(store(), before);
        ObjectRow other = row(object(OTHER, PHOTOS, "obj_1", 1, NOON));
        ObjectRow missing = row(object("obj_2"));

        assertThat(store().change(other, other)).isEqualTo(WriteOutcome.UNMATCHED);
        assertThat(store().change(missing, missing)).isEqualTo(WriteOutcome.UNMATCHED);
        assertThat(store().find(ACME, before.id())).contains(before);
    }

    @Test
    void aDedupeKeyIsUniqueWithinBucketAndKind() {
        ObjectRow first = claiming("obj_1", PHOTOS, List.of("md5:1", "sha256:1"), "obj_1");
        assertThat(store().insertAll(List.of(first))).containsExactly(WriteOutcome.DONE);

        assertThat(store().insertAll(List.of(
                        claiming("obj_2", PHOTOS, List.of("sha256:2", "md5:1"), "obj_2"),
                        claiming("obj_3", SONGS, List.of("md5:1"), "obj_3"),
                        claiming("obj_4", PHOTOS, List.of("md5:4"), "obj_4"))))
                .containsExactly(WriteOutcome.DUPLICATE_KEY, WriteOutcome.DONE, WriteOutcome.DONE);
        ObjectRow fourth = claiming("obj_4", PHOTOS, List.of("md5:4"), "obj_4");
        assertThat(store().change(fourth, fourth.claiming(List.of("md5:1")))).isEqualTo(WriteOutcome.DUPLICATE_KEY);
        assertThat(store().findByIdsOrKeys(ACME, PHOTOS, List.of(), List.of("sha256:1", "md5:4", "md5:9"), List.of()))
                .extracting(row -> row.id().value())
                .containsExactlyInAnyOrder("obj_1", "obj_4");
    }

    @Test
    void addedDedupeKeysAreFoundUnlessTheRowChanged() {
        ObjectRow known = claiming("obj_1", PHOTOS, List.of("md5:1"), "obj_1");
        ObjectRow other = claiming("obj_2", PHOTOS, List.of("sha256:2"), "obj_2");
        store().insertAll(List.of(known, other));

        store().addDedupeKeys(known, List.of("md5:1", "sha256:1"));
        store().addDedupeKeys(known, List.of("sha256:2"));

        assertThat(store().findByIdsOrKeys(ACME, PHOTOS, List.of(), List.of("sha256:1"), List.of()))
                .extracting(ObjectRow::dedupeKeys)
                .containsExactly(List.of("md5:1", "sha256:1"));
        store().change(known, known.claiming(List.of("md5:3")));
        store().addDedupeKeys(known, List.of("sha256:1"));
        assertThat(store().row(ACME, known.id()).orElseThrow().dedupeKeys()).containsExactly("md5:3");
    }

    @Test
    void aUniqueKeyIsUniqueWithinABucketUntilDeletion() {
        ObjectRow first = claiming("obj_1", PHOTOS, List.of("obj_1"), "key:1");
        ObjectRow second = claiming("obj_2", PHOTOS, List.of("obj_2"), "key:1");
        store().insertAll(List.of(first));
        assertThat(store().insertAll(List.of(second))).containsExactly(WriteOutcome.DUPLICATE_KEY);
        assertThat(store().findByIdsOrKeys(ACME, PHOTOS, List.of(second.id()), List.of(), List.of("key:1")))
                .containsExactly(first);

        ObjectRow gone = first.toTombstone(new UploadOutcome(UploadOutcome.Cause.DELETED, "", false), NOON);
        assertThat(store().change(first, gone)).isEqualTo(WriteOutcome.DONE);

        assertThat(store().insertAll(List.of(second))).containsExactly(WriteOutcome.DONE);
        assertThat(store().row(ACME, first.id()).orElseThrow().ending()).isEqualTo(gone.ending());
    }

    @Test
    void tombstonesAreInNoListAndNoCountAndAreFinallyPurged() {
        ObjectRow object = row(object("obj_1"));
        store().insertAll(List.of(object, row(object("obj_2"))));
        store().change(object, object.toTombstone(new UploadOutcome(UploadOutcome.Cause.DELETED, "", false), NOON));
        store().clearGarbage(store().withGarbage(9));

        assertThat(store().find(ACME, object.id())).isEmpty();
        assertThat(store().bucketsOf(ACME, ids(1, 2))).containsOnlyKeys(ids(2));
        Set<String> hashes = store().find(ACME, new ObjectId("obj_2")).orElseThrow().blobs().stream()
                .map(Blob::sha256)
                .filter(java.util.Objects::nonNull)
                .collect(Collectors.toSet());
        assertThat(store().hashesOf(ACME, ids(1, 2))).isEqualTo(Map.of(new ObjectId("obj_2"), hashes));
        assertThat(store().usage(ACME, PHOTOS, NOON).objectCount()).isOne();
        assertThat(store().owned(ACME.namespace().value(), List.of(ObjectFixtures.key("obj_1"))))
                .isEmpty();
        assertThat(store().some(ACME, PHOTOS, 9)).hasSize(2);

        store().purgeEnded(NOON.plus(Duration.ofHours(48)).minusMillis(1));
        assertThat(store().row(ACME, object.id())).isPresent();
        store().purgeEnded(NOON.plus(Duration.ofHours(48)));
        assertThat(store().row(ACME, object.id())).isEmpty();
        assertThat(store().find(ACME, new ObjectId("obj_2"))).isPresent();
    }

    @Test
    void scopesAreIsolated() {
        insert(store(), object(ACME, PHOTOS, "obj_1", 1, NOON));
        insert(store(), object(OTHER, PHOTOS, "obj_1", 2, NOON));

        assertThat(store().find(ACME, new ObjectId("obj_1")).orElseThrow().scope())
                .isEqualTo(ACME);
        assertThat(store().find(OTHER, new ObjectId("obj_1")).orElseThrow().scope())
                .isEqualTo(OTHER);
        assertThat(store().some(OTHER, PHOTOS, 10))
                .extracting(row -> row.object().scope())
                .containsExactly(OTHER);
        assertThat(store().usage(ACME, PHOTOS, NOON).totalSizeBytes()).isEqualTo(1);

        store().removeAll(OTHER, ids(1));

        assertThat(store().find(OTHER, new ObjectId("obj_1"))).isEmpty();
        assertThat(store().find(ACME, new ObjectId("obj_1"))).isPresent();
    }

    @Test
    void returnsSomeRowsOfABucketUntilNoneIsLeft() {
        insertAll(
                store(),
                IntStream.rangeClosed(1, 5).mapToObj(i -> object("obj_" + i)).toList());
        insert(store(), object(ACME, SONGS, "obj_6", 1, NOON));

        List<ObjectRow> some = store().some(ACME, PHOTOS, 3);
        store().removeAll(ACME, some.stream().map(ObjectRow::id).toList());
        List<ObjectRow> rest = store().some(ACME, PHOTOS, 3);

        assertThat(some).hasSize(3).doesNotContainAnyElementsOf(rest);
        assertThat(rest).hasSize(2);
        assertThat(store().some(ACME, SONGS, 3)).hasSize(1);
    }

    @Test
    void listsWrittenRowsOfAllTenantsInOrderPageByPage() {
        insert(store(), object(ACME, PHOTOS, "obj_before", 1, NOON));
        clock.move(Duration.ofSeconds(10));
        Instant from = clock.instant();
        insertAll(
                store(),
                List.of(
                        object(OTHER, PHOTOS, "obj_2", 1, NOON),
                        object(ACME, SONGS, "obj_1", List.of(inline("words")), Map.of("a", 1), NOON),
                        object(ACME, SONGS, "obj_3", 1, NOON)));
        clock.move(Duration.ofSeconds(10));
        ObjectRow old = store().row(ACME, new ObjectId("obj_before")).orElseThrow();
        store().change(
                        old,
                        old.toTombstone(new UploadOutcome(UploadOutcome.Cause.DELETED, "", false), clock.instant()));
        Instant until = clock.instant();
        clock.move(Duration.ofMillis(1));
        insert(store(), object(ACME, PHOTOS, "obj_after", 1, NOON));

        List<ObjectStore.Written> all = store().written(from, until, null, 10);

        assertThat(all)
                .extracting(written -> written.row().id().value())
                .containsExactly("obj_1", "obj_3", "obj_2", "obj_before");
        assertThat(all).extracting(ObjectStore.Written::at).containsExactly(from, from, from, until);
        assertThat(all.getFirst().row().object().metadata()).containsEntry("a", 1);
        assertThat(all.getLast().row().kind()).isEqualTo(ObjectRow.Kind.TOMBSTONE);
        for (int i = 0; i < all.size(); i++) {
            assertThat(store().written(from, until, all.get(i), 1)).isEqualTo(all.subList(i + 1, Math.min(i + 2, 4)));
        }
    }

    @Test
    void listsChangedBuckets() {
        insert(store(), object(ACME, PHOTOS, "obj_1", 1, NOON));
        clock.move(Duration.ofSeconds(10));
        insertAll(store(), List.of(object(ACME, SONGS, "obj_2", 1, NOON), object(OTHER, PHOTOS, "obj_3", 1, NOON)));
        var then = clock.instant();
        clock.move(Duration.ofSeconds(10));
        insert(store(), object(ACME, SONGS, "obj_4", 1, NOON));

        assertThat(store().changedSince(then))
                .containsExactlyInAnyOrder(new Buckets.BucketRef(ACME, SONGS), new Buckets.BucketRef(OTHER, PHOTOS));
        assertThat(store().changedSince(Instant.EPOCH)).hasSize(3);
        assertThat(store().changedSince(clock.instant().plusMillis(1))).isEmpty();
    }

    private static ObjectRow claiming(String id, BucketId bucket, List<String> keys, String uniqueKey) {
        return ObjectRow.content(ObjectRow.Kind.OBJECT, object(ACME, bucket, id, 1, NOON), keys, uniqueKey, null);
    }

    private static BucketObject changed(BucketObject object, Map<String, Object> metadata) {
        return new BucketObject(
                object.id(),
                ACME,
                PHOTOS,
                "/new",
                List.of(photo("obj_1", 7), inline("x")),
                metadata,
                TaskStatus.DRAFT,
                null,
                NOON,
                NOON.plusMillis(1),
                object.version() + 1);
    }

    private static List<ObjectId> ids(int... numbers) {
        return Arrays.stream(numbers).mapToObj(i -> new ObjectId("obj_" + i)).toList();
    }

    private static Map<String, Object> withNull() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("z", null);
        inner.put("a", 1);
        return inner;
    }
}
