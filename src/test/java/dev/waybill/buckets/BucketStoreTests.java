package dev.waybill.buckets;

import static dev.waybill.buckets.BucketFixtures.NOW;
import static dev.waybill.buckets.BucketFixtures.SCOPE;
import static dev.waybill.buckets.BucketFixtures.bucket;
import static dev.waybill.buckets.BucketFixtures.field;
import static dev.waybill.buckets.BucketFixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.deletions.Deletable;
import dev.waybill.namespaces.NamespaceUsage;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.json.Change;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

@OnEveryDatabase
class BucketStoreTests {

    private static final Scope SIBLING = new Scope(SCOPE.organization(), new NamespaceId("ns_2"));
    private static final Scope FOREIGN = new Scope(new OrganizationId("org_b"), SCOPE.namespace());

    private final TestMongo database;
    private final BucketStore store;
    private final BucketLookup lookup;
    private final Buckets buckets;

    BucketStoreTests(Databases where) {
        database = new TestMongo(where, BucketEntity.class);
        store = new BucketStore(database.template(), null);
        lookup = new BucketLookup(store, new SimpleMeterRegistry());
        buckets = new Buckets(
                store, lookup, new MissingBucket((organization, identifier) -> Optional.empty()), () -> NOW);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsStoredIsReadBackUnchanged() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("z.dotted", Arrays.asList(1, 2.5, null, Map.of("b", true)));
        metadata.put("a", null);
        Map<String, SchemaField> inner = new LinkedHashMap<>();
        inner.put("y", field(FieldType.DATE));
        inner.put("b", field(FieldType.INTEGER));
        Map<String, SchemaField> properties = new LinkedHashMap<>();
        properties.put("zebra", field(FieldType.IMAGE));
        properties.put(
                "place",
                new SchemaField(
                        FieldType.OBJECT, Map.of("b", 1), null, inner, Arrays.asList(1, null), "d", null, true));
        properties.put(
                "ants",
                new SchemaField(
                        FieldType.ARRAY,
                        List.of("a"),
                        field(FieldType.STRING),
                        null,
                        null,
                        null,
                        List.of("a", "b"),
                        false));
        Bucket bucket = new Bucket(
                new BucketId("bkt_1"),
                SCOPE,
                "photos",
                null,
                new BucketSchema(properties),
                new UniqueKey(List.of("place.y"), "upsert"),
                metadata,
                TaskStatus.ACTIVE,
                true,
                usage(2, 10, NOW),
                NOW,
                NOW);

        assertThat(store.insertIfAbsent(bucket)).isTrue();

        assertThat(store.find(SCOPE, "bkt_1")).contains(bucket);
        Bucket found = store.find(SCOPE, "photos").orElseThrow();
        assertThat(found).isEqualTo(bucket);
        assertThat(found.schema().properties().keySet()).containsExactly("zebra", "place", "ants");
        assertThat(Objects.requireNonNull(Objects.requireNonNull(
                                        found.schema().properties().get("place"))
                                .properties())
                        .keySet())
                .containsExactly("y", "b");
        assertThat(found.metadata()).containsExactlyEntriesOf(metadata);
    }

    @Test
    void namesAreTakenOncePerNamespace() {
        assertThat(store.insertIfAbsent(bucket("bkt_1", "photos"))).isTrue();
        assertThat(store.insertIfAbsent(bucket("bkt_2", "photos"))).isFalse();
        assertThat(store.insertIfAbsent(bucket(SIBLING, "bkt_1", "photos"))).isTrue();
        store.insertIfAbsent(bucket("bkt_3", "videos"));
        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> store.update(
                        SCOPE, new BucketId("bkt_3"), new BucketChange("photos", Change.none(), Change.none()), NOW));
    }

    @Test
    void anotherTenantFindsNothing() {
        store.insertIfAbsent(bucket("bkt_1", "photos"));

        for (Scope scope : List.of(SIBLING, FOREIGN)) {
            assertThat(store.find(scope, "bkt_1")).isEmpty();
            assertThat(store.find(scope, "photos")).isEmpty();
            assertThat(store.update(
                            scope, new BucketId("bkt_1"), new BucketChange("mine", Change.none(), Change.none()), NOW))
                    .isEmpty();
            store.recordUsage(scope, new BucketId("bkt_1"), usage(9, 9, NOW), NOW);
        }
        assertThat(store.find(SCOPE, "bkt_1").orElseThrow().usage()).isEqualTo(BucketUsage.NONE);
    }

    @Test
    void aChangeTouchesOnlyWhatItNames() {
        store.insertIfAbsent(bucket("bkt_1", "photos"));
        BucketId id = new BucketId("bkt_1");

        Bucket renamed = store.update(
                        SCOPE, id, new BucketChange("pictures", Change.none(), Change.none()), NOW.plusSeconds(1))
                .orElseThrow();
        assertThat(renamed.name()).isEqualTo("pictures");
        assertThat(renamed.description()).isEqualTo("before");
        assertThat(renamed.metadata()).isEqualTo(Map.of("team", "shop"));
        assertThat(renamed.updatedAt()).isEqualTo(NOW.plusSeconds(1));

        Bucket cleared = store.update(
                        SCOPE, id, new BucketChange(null, Change.to(null), Change.to(null)), NOW.plusSeconds(2))
                .orElseThrow();
        assertThat(cleared.description()).isNull();
        assertThat(cleared.metadata()).isEmpty();
        assertThat(cleared.name()).isEqualTo("pictures");
    }

    @Test
    void countersNeverGoBackInTime() {
        store.insertIfAbsent(bucket("bkt_1", "photos"));
        BucketId id = new BucketId("bkt_1");

        buckets.recordUsage(SCOPE, id, usage(5, 500, NOW));
        buckets.recordUsage(SCOPE, id, usage(4, 400, NOW.minusSeconds(1)));
        assertThat(store.find(SCOPE, "bkt_1").orElseThrow().usage()).isEqualTo(usage(5, 500, NOW));

        buckets.recordUsage(SCOPE, id, new BucketUsage(0, 0, 0, 0, null, NOW.plusSeconds(1)));
        assertThat(store.find(SCOPE, "bkt_1").orElseThrow().usage())
                .isEqualTo(new BucketUsage(0, 0, 0, 0, null, NOW.plusSeconds(1)));
    }

    @Test
    void countsBucketsAndObjectsPerNamespace() {
        store.insertIfAbsent(bucket("bkt_1", "photos"));
        store.insertIfAbsent(bucket("bkt_2", "videos"));
        store.insertIfAbsent(bucket(SIBLING, "bkt_3", "photos"));
        store.insertIfAbsent(bucket("bkt_4", "gone"));
        store.recordUsage(SCOPE, new BucketId("bkt_1"), usage(2, 5_000_000_000L, NOW), NOW);
        store.recordUsage(SCOPE, new BucketId("bkt_2"), usage(3, 7, NOW), NOW);
        store.recordUsage(SIBLING, new BucketId("bkt_3"), usage(1, 1, NOW), NOW);
        store.recordUsage(SCOPE, new BucketId("bkt_4"), usage(1, 1, NOW), NOW);
        flagDeleted("bkt_4");

        assertThat(store.count(
                        SCOPE.organization(),
                        List.of(SCOPE.namespace(), SIBLING.namespace(), new NamespaceId("ns_none"))))
                .isEqualTo(Map.of(
                        SCOPE.namespace(),
                        new NamespaceUsage.Counts(2, 5, 0, 0),
                        SIBLING.namespace(),
                        new NamespaceUsage.Counts(1, 1, 0, 0)));
    }

    @Test
    void findsByIdAndNameAndInvalidatesWhatChanged() {
        assertThatExceptionOfType(WaybillException.class)
                .isThrownBy(() -> buckets.require(SCOPE, "photos"))
                .satisfies(failure -> assertThat(failure.details())
                        .containsEntry("resource", "bucket")
                        .containsEntry("id", "photos"));
        Bucket bucket = bucket("bkt_1", "photos");
        store.insertIfAbsent(bucket);
        lookup.invalidate(bucket);

        assertThat(buckets.require(SCOPE, "photos")).isEqualTo(bucket);
        assertThat(buckets.require(SCOPE, "bkt_1")).isEqualTo(bucket);
        assertThat(lookup.resolve(SCOPE, "photos"))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo("bkt_1"));

        flagDeleted("bkt_1");
        lookup.invalidate(bucket);
        assertThatExceptionOfType(WaybillException.class).isThrownBy(() -> buckets.require(SCOPE, "photos"));
        assertThatExceptionOfType(WaybillException.class).isThrownBy(() -> buckets.require(SCOPE, "bkt_1"));
        assertThatExceptionOfType(WaybillException.class).isThrownBy(() -> buckets.require(SCOPE, "bkt_"));
    }

    @Test
    void findsWhichBucketsNoLongerExist() {
        store.insertIfAbsent(bucket("bkt_1", "photos"));
        store.insertIfAbsent(bucket("bkt_2", "going"));
        store.insertIfAbsent(bucket(SIBLING, "bkt_3", "theirs"));
        flagDeleted("bkt_2");
        Buckets.BucketRef living = new Buckets.BucketRef(SCOPE, new BucketId("bkt_1"));
        Buckets.BucketRef going = new Buckets.BucketRef(SCOPE, new BucketId("bkt_2"));
        Buckets.BucketRef theirs = new Buckets.BucketRef(SIBLING, new BucketId("bkt_3"));
        Buckets.BucketRef gone = new Buckets.BucketRef(SCOPE, new BucketId("bkt_3"));

        assertThat(buckets.absent(List.of(living, going, theirs, gone))).containsExactly(gone);
        assertThat(buckets.absent(List.of())).isEmpty();
    }

    @Test
    void bucketsOfANamespaceArePaged() {
        assertThat(store.existsAny(SCOPE)).isFalse();
        store.insertIfAbsent(bucket("bkt_1", "a"));
        store.insertIfAbsent(bucket("bkt_2", "b"));
        store.insertIfAbsent(bucket("bkt_3", "c"));
        store.insertIfAbsent(bucket(SIBLING, "bkt_4", "d"));
        flagDeleted("bkt_2");

        assertThat(store.pageById(SCOPE, null, 1)).extracting(Bucket::name).containsExactly("a");
        assertThat(store.pageById(SCOPE, new BucketId("bkt_1"), 9))
                .extracting(Bucket::name)
                .containsExactly("c");
        assertThat(store.existsAny(SCOPE)).isTrue();
    }

    private void flagDeleted(String id) {
        database.template()
                .updateFirst(
                        Query.query(Criteria.where("_id").is(SCOPE.key(id))),
                        new Update().set(Deletable.MARK, Map.of()),
                        BucketEntity.class);
    }
}
