package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.connectors.ScriptedFiles.Draft;
import dev.waybill.deletions.DeletionPass;
import dev.waybill.deletions.DeletionTarget;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The identity of files: which object belongs to which file. */
@Order(4)
class SyncIdentityTests extends SyncBench {

    @Test
    void aChangedFileIsTheSameObjectWithOtherBytes() {
        put("a", "the first version");
        run();
        String object = row("a").objectId();
        put("a", "the second one");

        SyncRunEntity second = run();

        assertThat(second.outcomes().updated()).isOne();
        assertThat(second.outcomes().created()).isZero();
        assertThat(row("a").objectId()).isEqualTo(object);
        assertHas(Map.of("a", "the second one"));
        put("a", "the first version");
        run();
        put("a", "the second one");
        run();
        assertHas(Map.of("a", "the second one"));
        assertTotals(4, 4, 0, 17 + 14 + 17 + 14);
        assertThat(row("a").history()).hasSize(4);
    }

    @Test
    void aRenamedFileIsAnotherOneAndNothingIsDeleted() {
        put("old", "the bytes");
        run();
        script.remove(source, "old");
        put("new", "the bytes");

        SyncRunEntity second = run();

        assertThat(second.outcomes().duplicate()).isOne();
        assertThat(row("new").reason()).isEqualTo("DUPLICATE_OF");
        assertThat(row("new").objectId()).isEqualTo(row("old").objectId());
        assertHas(1);
    }

    @Test
    void aFileThatIsKnownByAnIdIsTheSameObjectUnderAnotherKeyAndIsNotReadAgain() {
        script.knows(source, "drafts/cut", "4711");
        script.knows(source, "final/film", "4711");
        put("drafts/cut", "the bytes");
        run();
        String object = row("drafts/cut").objectId();
        script.remove(source, "drafts/cut");
        put("final/film", "the bytes");

        SyncRunEntity second = run();

        assertThat(second.effort().readRequests()).isZero();
        assertThat(second.listing().unchanged()).isOne();
        assertThat(row("final/film").objectId()).isEqualTo(object);
        assertThat(row("final/film").state()).isEqualTo(State.SYNCED);
        assertThat(ledger.find(sync.key(), "drafts/cut")).isEmpty();
        assertHas(Map.of("final/film", "the bytes"));
        put("final/film", "other bytes");
        run();
        assertThat(row("final/film").objectId()).isEqualTo(object);
        assertHas(Map.of("final/film", "other bytes"));
    }

    @Test
    void aRenamedFileIsASecondObjectWhereDuplicatesAreWanted() {
        sync = sync(new With(source).duplicates());
        put("old", "the bytes");
        run();
        script.remove(source, "old");
        put("new", "the bytes");

        assertThat(run().outcomes().created()).isOne();

        assertHas(Map.of("old", "the bytes", "new", "the bytes"));
    }

    @Test
    void equalBytesUnderTwoKeysAreOneObject() {
        put("a", "the same bytes");
        put("b", "the same bytes");

        SyncRunEntity run = run();

        assertThat(run.outcomes().created()).isOne();
        assertThat(run.outcomes().duplicate()).isOne();
        List<LedgerEntity> duplicates = rows(State.SKIPPED);
        assertThat(duplicates).singleElement().satisfies(row -> {
            assertThat(row.reason()).isEqualTo("DUPLICATE_OF");
            assertThat(row.detail()).contains(row.objectId());
        });
        assertThat(run().listing().unchanged()).isEqualTo(2);
        assertHas(1);
        put("b", "other bytes");
        put("a", "yet other bytes");
        run();
        assertHas(Map.of("a", "yet other bytes", "b", "other bytes"));
    }

    @Test
    void aDuplicateThatChangesBecomesAnObjectAndTheOtherFileStaysAsItIs() {
        put("a", "the same bytes");
        run();
        put("b", "the same bytes");
        run();
        String object = row("a").objectId();
        put("b", "other bytes");

        SyncRunEntity run = run();

        assertThat(run.outcomes().created()).isOne();
        assertThat(run.outcomes().updated()).isZero();
        assertThat(run.listing().unchanged()).isOne();
        assertThat(row("a").objectId()).isEqualTo(object);
        assertHas(Map.of("a", "the same bytes", "b", "other bytes"));
        put("b", "the same bytes");
        run();
        assertThat(text("a")).isEqualTo("the same bytes");
        assertThat(text("b")).as("what has an object keeps it").isEqualTo("the same bytes");
        assertNothingLeft();
    }

    @Test
    void aDuplicateBecomesAnObjectWhenTheOtherFileChanges() {
        put("a", "the same bytes");
        run();
        put("b", "the same bytes");
        run();
        assertThat(row("b").reason()).isEqualTo("DUPLICATE_OF");
        put("a", "yet other bytes");

        run();
        SyncRunEntity next = run();

        assertThat(next.outcomes().all()).isLessThanOrEqualTo(1);
        assertHas(Map.of("a", "yet other bytes", "b", "the same bytes"));
        assertThat(run().listing().unchanged()).isEqualTo(2);
    }

    @Test
    void aDuplicateBecomesAnObjectWhenTheOthersIsDeleted() {
        put("a", "the same bytes");
        run();
        put("b", "the same bytes");
        run();
        assertThat(run().listing().unchanged()).as("nothing changed").isEqualTo(2);
        assertThat(workspace
                        .client()
                        .delete(workspace.path("/objects/" + row("a").objectId()))
                        .status())
                .isEqualTo(204);

        SyncRunEntity run = run();

        assertThat(run.outcomes().created()).isOne();
        assertThat(text("b")).isEqualTo("the same bytes");
        assertThat(objects()).hasSize(1);
        assertNothingLeft();
    }

    @Test
    void equalBytesAreTwoObjectsWhereThatIsWanted() {
        sync = sync(new With(source).duplicates());
        put("a", "the same bytes");
        put("b", "the same bytes");

        run();

        assertHas(Map.of("a", "the same bytes", "b", "the same bytes"));
    }

    @Test
    void twoSyncsOfOneFileMakeOneObjectAndDoNotFight() {
        put("a", "the first version");
        SyncEntity other = sync(new With(source));
        run();
        run(other);
        assertThat(row(other, "a").objectId()).isEqualTo(row("a").objectId());
        assertThat(objects()).hasSize(1);
        put("a", "the second version");
        run(other);
        run();
        Document object = object(row("a").objectId());
        long version = object.get("version", Number.class).longValue();
        assertThat(version).isEqualTo(2);

        run();
        run(other);

        assertThat(object(row("a").objectId()).get("version", Number.class).longValue())
                .isEqualTo(2);
        assertHas(Map.of("a", "the second version"));
    }

    @Test
    void equalKeysInTwoLocationsAreTwoObjectsAndTwoKeysToOneLocationSeeOne() {
        put("a", "the first version");
        SyncEntity otherKey = sync(new With(source).connection("another-key-of-", null));
        SyncEntity elsewhere =
                sync(new With(source).duplicates().connection("a-third-key-of-", "https://elsewhere.example.com"));
        run();
        run(otherKey);
        assertThat(otherKey.connectionId()).isNotEqualTo(sync.connectionId());
        assertThat(row(otherKey, "a").objectId()).isEqualTo(row("a").objectId());
        assertThat(objects()).hasSize(1);

        run(elsewhere);

        assertThat(row(elsewhere, "a").objectId()).isNotEqualTo(row("a").objectId());
        assertThat(objects()).hasSize(2);
        assertNothingLeft();
    }

    @Test
    void anObjectThatWasDeletedHereComesBackOnlyWhenItsFileChanges() {
        put("a", "the bytes");
        run();
        String object = row("a").objectId();
        assertThat(workspace
                        .client()
                        .delete(workspace.path("/objects/" + object))
                        .status())
                .isEqualTo(204);

        assertThat(run().listing().unchanged()).isOne();
        assertThat(objects()).isEmpty();
        put("a", "other bytes");
        SyncRunEntity third = run();

        assertThat(third.outcomes().created() + third.outcomes().updated()).isOne();
        assertThat(row("a").objectId()).isNotEqualTo(object);
        assertHas(Map.of("a", "other bytes"));
    }

    @Test
    void aOneTimeSyncIsCompletedAfterItsRun() {
        sync = sync(new With(source).once());
        putMany("f", 3);

        run();

        assertThat(reread().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(reread().nextSyncAt()).isNull();
        assertThat(reread().lastSyncAt()).isNotNull();
    }

    @Test
    void theObjectsOfARunAreProcessedInBatches() {
        sync = sync(new With(source).batches());
        putMany("f", 250);

        SyncRunEntity run = run();

        assertThat(run.batches()).isEqualTo(3);
        assertThat(reread().batchIds()).hasSize(3).allMatch(id -> id.startsWith("btch_"));
        assertThat(reread().batchesCreated()).isEqualTo(3);
        List<Document> batches =
                mongo.find(query(where("bucket_id").is(workspace.bucket())), Document.class, "batches");
        assertThat(batches).hasSize(3).allMatch(batch -> "QUEUED".equals(batch.getString("status")));
        assertThat(batches.stream()
                        .mapToLong(
                                batch -> batch.get("object_count", Number.class).longValue())
                        .sum())
                .isEqualTo(250);
        assertThat(run().batches()).isZero();
    }

    @Test
    void aSyncsLedgerAndRunsAreDeletedWithItAndItsObjectsStay() {
        putMany("f", 5);
        run();

        assertThat(new SyncRemovalPass().of(sync)).isTrue();

        assertThat(ledger.find(sync.key(), "f00000")).isEmpty();
        assertThat(objects()).hasSize(5);
    }

    @Test
    void onlyWhatFailedIsRequeued() {
        put("a", Draft.of("bytes"));
        run();

        assertThat(ledger.requeue(sync.key(), null, Instant.now())).isZero();
        assertThat(ledger.replay(sync.key(), List.of("a"), Instant.now())).isOne();
        SyncRunEntity again = run();

        assertThat(again.outcomes().updated()).isOne();
        assertHas(Map.of("a", "bytes"));
    }

    /** Deletes what a sync's deletion deletes. */
    private static final class SyncRemovalPass implements DeletionPass {

        private boolean found;

        boolean of(SyncEntity sync) {
            DeletionTarget.Kind kind = SERVICE.bean(SyncDeletion.class).kind();
            SERVICE.bean(SyncDeletion.class)
                    .purge(DeletionTarget.in(sync.scope(), kind, sync.syncId(), sync.syncId(), sync.createdAt()), this);
            return found;
        }

        @Override
        public void found() {
            found = true;
        }

        @Override
        public void removed(long count) {
            found |= count > 0;
        }

        @Override
        public boolean stopped() {
            return false;
        }
    }
}
