package dev.waybill.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.platform.web.Change;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

@OnEveryDatabase
class NamespaceStoreTests {

    private static final OrganizationId ORGANIZATION = new OrganizationId("org_a");
    private static final OrganizationId OTHER = new OrganizationId("org_b");
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");

    private final TestMongo database;
    private final NamespaceStore store;

    NamespaceStoreTests(Databases where) {
        database = new TestMongo(where, NamespaceDocument.class);
        store = new NamespaceStore(database.template(), null);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasKeptComesBackTheSame() {
        Map<String, Object> free = new LinkedHashMap<>();
        free.put("z.dotted", Arrays.asList(1, 2.5, null, true));
        free.put("a", null);
        free.put("long", 9_007_199_254_740_993L);
        Namespace namespace = new Namespace(
                new NamespaceId("ns_1"),
                ORGANIZATION,
                "production",
                NamespaceType.MARKETPLACE,
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
    void namesAreTakenOncePerOrganization() {
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
        assertThat(store.mark(foreign, mark("ns_1"))).isFalse();
        store.mark(scope("ns_1"), mark("ns_1"));
        assertThat(store.findMarked(foreign)).isEmpty();
        store.remove(foreign);
        assertThat(store.findMarked(scope("ns_1"))).isPresent();
    }

    @Test
    void aChangeTouchesOnlyWhatItNames() {
        Namespace before = namespace("ns_1", "production");
        store.insert(before);
        Instant later = NOW.plusSeconds(1);

        Namespace after = store.change(
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
                .isEqualTo(new Namespace(
                        before.id(),
                        ORGANIZATION,
                        "production",
                        before.type(),
                        "new",
                        before.extractors(),
                        List.of(new PayloadIndex("f", PayloadIndexType.TEXT, null, false)),
                        true,
                        before.infrastructure(),
                        NOW,
                        later));
        Namespace cleared = store.change(
                        scope("ns_1"),
                        new NamespaceChange(null, Change.to(null), Change.to(null), null, Change.to(Map.of("a", 1))),
                        later)
                .orElseThrow();
        assertThat(cleared.description()).isNull();
        assertThat(cleared.payloadIndexes()).isNull();
        assertThat(cleared.infrastructure()).isEqualTo(Map.of("a", 1));
    }

    @Test
    void aMarkedNamespaceIsGoneAndItsNameIsFree() {
        store.insert(namespace("ns_1", "production"));

        assertThat(store.mark(scope("ns_1"), mark("ns_1"))).isTrue();
        assertThat(store.mark(scope("ns_1"), mark("ns_1"))).isFalse();

        assertThat(store.find(ORGANIZATION, "ns_1")).isEmpty();
        assertThat(store.find(ORGANIZATION, "production")).isEmpty();
        assertThat(store.find(ORGANIZATION, "~ns_1")).isEmpty();
        assertThat(store.change(scope("ns_1"), rename("other"), NOW)).isEmpty();
        assertThat(store.insert(namespace("ns_2", "production"))).isTrue();
        NamespaceStore.Marked marked = store.findMarked(scope("ns_1")).orElseThrow();
        assertThat(marked.deletion()).isEqualTo(mark("ns_1"));
        assertThat(marked.namespace().name()).isEqualTo("production");
    }

    @Test
    void marksAreDueAfterAWhileAndAdvancedByOne() {
        store.insert(namespace("ns_1", "production"));
        store.insert(namespace("ns_2", "staging"));
        Deletion mark = mark("ns_1");
        store.mark(scope("ns_1"), mark);

        assertThat(store.due(NOW, 10)).isEmpty();
        Instant later = NOW.plus(Duration.ofMinutes(2));
        assertThat(store.due(later, 10)).hasSize(1);
        assertThat(store.advance(scope("ns_1"), mark, mark.later(later))).isTrue();
        assertThat(store.advance(scope("ns_1"), mark, mark.later(later))).isFalse();
        assertThat(store.due(later, 10)).isEmpty();
    }

    @Test
    void onlyMarkedNamespacesCanBeRemoved() {
        store.insert(namespace("ns_1", "production"));

        store.remove(scope("ns_1"));
        assertThat(store.find(ORGANIZATION, "ns_1")).isPresent();

        store.mark(scope("ns_1"), mark("ns_1"));
        store.remove(scope("ns_1"));
        assertThat(store.findMarked(scope("ns_1"))).isEmpty();
    }

    private static NamespaceChange rename(String name) {
        return new NamespaceChange(name, Change.none(), Change.none(), null, Change.none());
    }

    private static Deletion mark(String id) {
        return NamespaceDeletions.mark(namespace(id, "production"), NOW);
    }

    private static Scope scope(String id) {
        return new Scope(ORGANIZATION, new NamespaceId(id));
    }

    private static Namespace namespace(String id, String name) {
        return namespace(ORGANIZATION, id, name);
    }

    private static Namespace namespace(OrganizationId organization, String id, String name) {
        return new Namespace(
                new NamespaceId(id),
                organization,
                name,
                NamespaceType.STANDARD,
                "before",
                List.of(new FeatureExtractor("text_extractor", "v1", null)),
                null,
                false,
                null,
                NOW,
                NOW);
    }
}
