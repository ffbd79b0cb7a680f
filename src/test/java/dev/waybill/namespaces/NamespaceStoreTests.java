package dev.waybill.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.deletions.Deletable;
import dev.waybill.platform.json.Change;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

@OnEveryDatabase
class NamespaceStoreTests {

    private static final OrganizationId ORGANIZATION = new OrganizationId("org_a");
    private static final OrganizationId OTHER = new OrganizationId("org_b");
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");

    private final TestMongo database;
    private final NamespaceStore store;

    NamespaceStoreTests(Databases where) {
        database = new TestMongo(where, NamespaceEntity.class);
        store = new NamespaceStore(database.template(), null);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aNamespaceIsReadBackAsItWasWritten() {
        Map<String, Object> free = new LinkedHashMap<>();
        free.put("z.dotted", Arrays.asList(1, 2.5, null, true));
        free.put("a", null);
        free.put("long", 9_007_199_254_740_993L);
        NamespaceEntity namespace = new NamespaceEntity(
                "ns_1",
                ORGANIZATION,
                "production",
                NamespaceType.MARKETPLACE.wire(),
                "d",
                List.of(new FeatureExtractor("text_extractor", "v1", free)),
                List.of(new PayloadIndex("f", PayloadIndexType.GEO, free, true)),
                true,
                free,
                NOW,
                NOW);

        assertThat(store.insert(namespace)).isTrue();

        assertThat(store.find(ORGANIZATION, "ns_1")).contains(namespace);
        assertThat(store.find(ORGANIZATION, "production")).contains(namespace);
        assertThat(store.find(ORGANIZATION, "production").orElseThrow().infrastructure())
                .containsExactlyEntriesOf(free);
    }

    @Test
    void namesAreUniquePerOrganization() {
        assertThat(store.insert(namespace("ns_1", "production"))).isTrue();
        assertThat(store.insert(namespace("ns_2", "production"))).isFalse();
        assertThat(store.insert(namespace(OTHER, "ns_3", "production"))).isTrue();
        assertThat(store.insert(namespace("ns_4", "Production"))).isTrue();
        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> store.change(scope("ns_4"), rename("production"), NOW));
    }

    @Test
    void anotherOrganizationFindsAndChangesNothing() {
        store.insert(namespace("ns_1", "production"));
        Scope foreign = new Scope(OTHER, new NamespaceId("ns_1"));

        assertThat(store.find(OTHER, "ns_1")).isEmpty();
        assertThat(store.find(OTHER, "production")).isEmpty();
        assertThat(store.change(foreign, rename("mine"), NOW)).isEmpty();
    }

    @Test
    void anUpdateTouchesOnlyItsFields() {
        NamespaceEntity before = namespace("ns_1", "production");
        store.insert(before);
        Instant later = NOW.plusSeconds(1);

        NamespaceEntity after = store.change(
                        scope("ns_1"),
                        new NamespaceChange(
                                null,
                                Change.to("new"),
                                Change.to(List.of(new PayloadIndex("f", PayloadIndexType.TEXT, null, false))),
                                true,
                                Change.none()),
                        later)
                .orElseThrow();

        assertThat(after)
                .isEqualTo(new NamespaceEntity(
                        before.key(),
                        ORGANIZATION,
                        "production",
                        before.namespaceType(),
                        "new",
                        before.extractors(),
                        List.of(new PayloadIndex("f", PayloadIndexType.TEXT, null, false)),
                        true,
                        before.infrastructure(),
                        NOW,
                        later));
        NamespaceEntity cleared = store.change(
                        scope("ns_1"),
                        new NamespaceChange(null, Change.to(null), Change.to(null), null, Change.to(Map.of("a", 1))),
                        later)
                .orElseThrow();
        assertThat(cleared.description()).isNull();
        assertThat(cleared.payloadIndexes()).isNull();
        assertThat(cleared.infrastructure()).isEqualTo(Map.of("a", 1));
    }

    @Test
    void aNamespaceThatIsBeingDeletedIsNotUpdated() {
        store.insert(namespace("ns_1", "production"));
        database.template().updateFirst(new Query(), new Update().set(Deletable.MARK, Map.of()), NamespaceEntity.class);

        assertThat(store.find(ORGANIZATION, "ns_1")).isEmpty();
        assertThat(store.change(scope("ns_1"), rename("other"), NOW)).isEmpty();
        assertThat(store.ids(ORGANIZATION)).isEmpty();
        assertThat(store.allIds(ORGANIZATION)).containsExactly(new NamespaceId("ns_1"));
    }

    private static NamespaceChange rename(String name) {
        return new NamespaceChange(name, Change.none(), Change.none(), null, Change.none());
    }

    private static Scope scope(String id) {
        return new Scope(ORGANIZATION, new NamespaceId(id));
    }

    private static NamespaceEntity namespace(String id, String name) {
        return namespace(ORGANIZATION, id, name);
    }

    private static NamespaceEntity namespace(OrganizationId organization, String id, String name) {
        return new NamespaceEntity(
                id,
                organization,
                name,
                NamespaceType.STANDARD.wire(),
                "before",
                List.of(new FeatureExtractor("text_extractor", "v1", null)),
                null,
                false,
                null,
                NOW,
                NOW);
    }
}
