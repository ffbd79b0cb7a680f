package dev.waybill.syncs.runs;

import static dev.waybill.syncs.runs.SyncFixtures.NOW;
import static dev.waybill.syncs.runs.SyncFixtures.RUN;
import static dev.waybill.syncs.runs.SyncFixtures.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.SourceFile;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.query.Sort;
import dev.waybill.syncs.runs.LedgerEntity.Outcome;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class LedgerStoreTests {

    private static final String LATER_RUN = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e91";
    private static final List<LedgerFilter> FILTERS = List.of(
            LedgerFilter.NONE,
            new LedgerFilter("FILTERED", null, null, null),
            new LedgerFilter(null, "EXCLUDED", null, null),
            new LedgerFilter(null, null, "videos/", null),
            new LedgerFilter(null, null, null, RUN),
            new LedgerFilter("FILTERED", null, "videos/", null),
            new LedgerFilter(null, "EXCLUDED", "videos/", null),
            new LedgerFilter(null, null, "videos/", RUN));

    private final SyncEntity sync = sync();
    private final TestMongo mongo;
    private final LedgerStore ledger;

    LedgerStoreTests(Databases where) {
        mongo = new TestMongo(where, LedgerEntity.class);
        ledger = new LedgerStore(mongo.template(), mongo.pages());
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Test
    void eachFilterOfAListHasAnIndexInTheListsOrder() {
        List<List<String>> indexes = mongo.template()
                .getCollection(LedgerEntity.COLLECTION)
                .listIndexes()
                .map(index -> List.copyOf(index.get("key", Document.class).keySet()))
                .into(new ArrayList<>());
        for (LedgerFilter filter : FILTERS) {
            Set<String> fields =
                    LedgerStore.within(sync.key(), filter).getCriteriaObject().keySet();
            List<String> wanted = new ArrayList<>(fields);
            wanted.remove("source_key");
            wanted.addAll(List.of("source_key", "_id"));
            assertThat(indexes).as(filter.toString()).contains(wanted);
        }
    }

    @Test
    void aRunsFilesAreThoseThatItProcessedLast() {
        LedgerEntity copied = row(RUN, "a", null).in(State.SYNCED, null, null).finishing(Outcome.CREATED, 1);
        LedgerEntity filtered = row(RUN, "b", null).in(State.FILTERED, "EXCLUDED", "no");
        LedgerEntity changed = row(RUN, "c", null).in(State.SYNCED, null, null).finishing(Outcome.CREATED, 1);
        LedgerEntity quarantined = row(RUN, "d", null).in(State.QUARANTINED, "TOO_LARGE", "no");
        ledger.write(List.of(copied, filtered, changed, quarantined.finishing(Outcome.QUARANTINED, 0)));
        ledger.write(List.of(row(LATER_RUN, "a", copied).in(State.FILTERED, "EXCLUDED", "no")));
        ledger.write(List.of(row(LATER_RUN, "c", changed).finishing(Outcome.UPDATED, 1)));

        assertThat(keys(new LedgerFilter(null, null, null, RUN))).containsExactly("a", "d");
        assertThat(keys(new LedgerFilter(null, null, null, LATER_RUN))).containsExactly("c");
        assertThat(keys(new LedgerFilter(null, "EXCLUDED", null, null))).containsExactly("a", "b");
    }

    @Test
    void theFilesARunCreatedOrUpdatedAreListedByKeyAndOnce() {
        List<LedgerEntity> rows = new ArrayList<>();
        for (String id : List.of("c", "a/1", "a/2", "b", "e", "d")) {
            String key = id.substring(0, 1);
            rows.add(row(RUN, id, key, null).in(State.SYNCED, null, null).finishing(Outcome.CREATED, 1));
        }
        rows.add(row(RUN, "f", null).in(State.FAILED, "NETWORK", "no").finishing(Outcome.FAILED, 0));
        ledger.write(rows);

        List<LedgerEntity> made = new ArrayList<>();
        @Nullable LedgerEntity last = null;
        List<LedgerEntity> some;
        do {
            some = ledger.createdOrUpdated(sync.key(), RUN, last, 2);
            made.addAll(some);
            last = some.isEmpty() ? null : some.getLast();
        } while (!some.isEmpty());
        assertThat(made).extracting(LedgerEntity::sourceKey).containsExactly("a", "a", "b", "c", "d", "e");
        assertThat(made).extracting(LedgerEntity::sourceId).doesNotHaveDuplicates();
    }

    private List<String> keys(LedgerFilter filter) {
        ListQuery query = new ListQuery(Filter.ALL, Sort.ascending("key"), null, true, 10, 0, null, true);
        Page<LedgerEntity> page = ledger.page(sync.key(), filter, query, SyncHistory.LEDGER_FIELDS);
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().stream().map(LedgerEntity::sourceKey).toList();
    }

    private LedgerEntity row(String run, String key, @Nullable LedgerEntity before) {
        return row(run, key, key, before);
    }

    private LedgerEntity row(String run, String id, String key, @Nullable LedgerEntity before) {
        SourceFile file =
                new SourceFile("b/" + id, key, 1, NOW, "v1", Map.of("etag", "v1"), null, null, SourceFile.Kind.FILE);
        return LedgerEntity.seen(sync, run, file, before, NOW);
    }
}
