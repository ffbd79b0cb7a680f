package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedFiles.Draft;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.connectors.SourceException;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Which files a run lists, whatever the listing does. */
@Order(4)
class SyncListingTests extends SyncBench {

    private static final Instant SECOND = Instant.parse("2026-11-01T10:00:00Z");

    @Test
    void twoFilesOfTheSameSecondBothArriveAndTheFirstIsNotReadAgain() {
        put("a", Draft.of("first").modified(SECOND));
        assertThat(run().outcomes().created()).isOne();
        put("b", Draft.of("second").modified(SECOND));

        SyncRunEntity second = run();

        assertThat(second.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(second.listing().unchanged()).isOne();
        assertThat(second.outcomes().created()).isOne();
        assertThat(script.opened().getLast()).isEqualTo("b");
        assertThat(second.effort().readRequests()).isOne();
        assertHas(Map.of("a", "first", "b", "second"));
        assertTotals(3, 2, 0, 11);
    }

    @Test
    void aFileThatIsOlderThanTheLastRunArrives() {
        put("a", Draft.of("first").modified(SECOND));
        run();
        put("big", Draft.of("begun long ago").modified(SECOND.minusSeconds(86_400)));

        run();

        assertHas(Map.of("a", "first", "big", "begun long ago"));
    }

    @Test
    void aListingThatGoesInCirclesEndsTheRun() {
        putMany("f", 5);
        script.pagesOf(2);
        script.goesInCirclesAt(2);
        int lists = script.calls(Call.LIST);

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(run.failure().code()).isEqualTo("BROKEN_LISTING");
        assertThat(run.listing().listed()).isLessThanOrEqualTo(4);
        assertThat(script.calls(Call.LIST) - lists).as("it is noticed at once").isLessThanOrEqualTo(4);
        script.goesInCirclesAt(0);
        assertThat(run().status()).isEqualTo(TaskStatus.COMPLETED);
        assertHas(5);
    }

    @Test
    void anEmptyPageIsNotTheEnd() {
        putMany("f", 7);
        script.pagesOf(2);
        script.emptyPageEvery(2);

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.listing().complete()).isTrue();
        assertThat(run.listing().listed()).isEqualTo(7);
        assertHas(7);
    }

    @Test
    void aListingThatBreaksIsResumedByTheNextRun() {
        putMany("f", 10);
        script.pagesOf(2);
        script.on(Call.LIST).from(4).fails(Diagnosis.NETWORK);

        SyncRunEntity broken = run();

        assertThat(broken.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(broken.failure().code()).isEqualTo("NETWORK");
        assertThat(broken.failure().retryable()).isTrue();
        assertThat(broken.listing().pages()).isEqualTo(3);
        assertThat(broken.listing().listed()).isEqualTo(6);
        assertHas(6);
        assertThat(reread().resume().lastKey()).isEqualTo("f00005");
        assertThat(reread().failures()).isOne();
        assertThat(reread().lastError()).isNotBlank();
        script.behave();
        int lists = script.calls(Call.LIST);

        SyncRunEntity second = run();

        assertThat(second.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(script.calls(Call.LIST) - lists).isEqualTo(2);
        assertThat(second.listing().complete()).isFalse();
        assertThat(second.outcomes().created()).isEqualTo(4);
        assertHas(10);
        assertThat(reread().resume()).isNull();
        assertThat(reread().failures()).isZero();
        SyncRunEntity third = run();
        assertThat(third.listing().complete()).isTrue();
        assertThat(third.listing().unchanged()).isEqualTo(10);
        assertTotals(6 + 4 + 10, 10, 0, bytesOf(10));
    }

    @Test
    void aPathThatIsSetDuringARunIsListedFromItsStartByTheNextOne() {
        putMany("f", 10);
        put("z/a", "of the folder");
        script.pagesOf(2);
        script.on(Call.LIST).nth(2).does(() -> {
            SyncEntity now = reread();
            assertThat(syncs.change(now, new With(source + "/z").settings(), true, true, Instant.now()))
                    .isPresent();
        });
        script.on(Call.LIST).from(4).fails(Diagnosis.NETWORK);

        SyncRunEntity broken = run();

        assertThat(broken.listing().cursor()).isNotNull();
        assertThat(reread().resume()).isNull();
        script.behave();
        SyncRunEntity second = run();
        assertThat(second.listing().from()).isNull();
        assertThat(second.listing().complete()).isTrue();
        assertThat(text("z/a")).isEqualTo("of the folder");
    }

    @Test
    void aPageThatFailsOnceIsRetried() {
        putMany("f", 6);
        script.pagesOf(2);
        script.on(Call.LIST).nth(2).fails(Diagnosis.NETWORK);

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.listing().listed()).isEqualTo(6);
        assertHas(6);
    }

    @Test
    void anEmptyListingAfterFilesWereKnownDeletesNothingAndWarns() {
        putMany("f", 30);
        run();
        for (int i = 0; i < 30; i++) {
            script.remove(source, "f%05d".formatted(i));
        }

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED_WITH_ERRORS);
        assertThat(run.warnings()).singleElement().asString().contains("no file");
        assertThat(rows(State.SYNCED)).hasSize(30);
        assertHas(30);
    }

    @Test
    void aFolderIsNotItsSiblings() {
        sync = sync(new With(source + "/videos"));
        put("videos", "the key itself");
        put("videos/a", "in the folder");
        put("videos/b/c", "deeper");
        put("videos-old/a", "of another folder");
        put("videos2/a", "of yet another one");

        run();

        assertHas(Map.of("videos", "the key itself", "videos/a", "in the folder", "videos/b/c", "deeper"));
    }

    @Test
    void filtersAreCountedByReasonAndTheirRowsAreWrittenOnce() {
        sync = sync(new With(source)
                .filters(Map.of("include_patterns", List.of("*.txt"), "min_size_bytes", 1, "max_size_bytes", 10)));
        put("a.txt", "bytes");
        put("b.bin", "bytes");
        put("empty.txt", "");
        put("large.txt", "more than ten bytes");

        SyncRunEntity run = run();

        assertThat(run.listing().filteredBy()).isEqualTo(Map.of("INCLUDE_MISS", 1L, "TOO_SMALL", 1L, "TOO_BIG", 1L));
        assertThat(run.listing().matched()).isOne();
        assertThat(row("empty.txt").state()).isEqualTo(State.FILTERED);
        assertThat(row("large.txt").detail()).contains("10").contains("19");
        Instant written = row("b.bin").updatedAt();
        assertThat(run().listing().filtered()).isEqualTo(3);
        assertThat(row("b.bin").updatedAt()).isEqualTo(written);
        assertHas(Map.of("a.txt", "bytes"));
    }

    @Test
    void aRunThatReachesItsCapLeavesTheRestToTheNextOne() {
        sync = sync(new With(source).atMost(5));
        putMany("f", 12);
        script.pagesOf(4);

        SyncRunEntity first = run();
        assertThat(first.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(first.listing().capped()).isTrue();
        assertThat(first.listing().complete()).isFalse();
        assertThat(first.outcomes().created()).isEqualTo(5);
        assertThat(first.warnings()).singleElement().asString().contains("RUN_CAP", "5 files");
        assertHas(5);
        assertThat(explained("f00004").verdict()).isEqualTo("SYNCED");
        assertThat(explained("f00005").reason()).isEqualTo("RUN_CAP");
        assertThat(explained("f00011").sentence()).contains("5 files");
        put("a", "put before them meanwhile");
        assertThat(explained("a").reason()).isNull();
        script.remove(source, "a");
        assertThat(reread().nextSyncAt()).isBeforeOrEqualTo(Instant.now().plusSeconds(1));

        assertThat(run().outcomes().created()).isEqualTo(5);
        SyncRunEntity third = run();

        assertThat(third.outcomes().created()).isEqualTo(2);
        assertThat(third.listing().capped()).isFalse();
        assertThat(third.warnings()).isEmpty();
        put("g", "put behind them");
        assertThat(explained("g").reason()).isNull();
        script.remove(source, "g");
        assertHas(12);
        assertThat(reread().totals().synced()).isEqualTo(12);
    }

    @Test
    void everyCauseThatConcernsTheWholeSourceEndsTheRunByItsName() {
        for (Diagnosis cause : Diagnosis.values()) {
            if (cause.reach() == Diagnosis.Reach.RUN) {
                script.behave();
                // Another connection each time: five failures suspend one.
                source = source + "-" + cause.ordinal();
                put("a", "bytes");
                script.on(Call.LIST).fails(() -> new SourceException(cause, "Change the settings of " + cause));
                SyncEntity one = sync(new With(source));

                SyncRunEntity run = run(one);

                assertThat(run.status()).as(cause.name()).isEqualTo(TaskStatus.FAILED);
                assertThat(run.failure().code()).isEqualTo(cause.name());
                assertThat(reread(one).lastError()).isEqualTo("Change the settings of " + cause);
                assertThat(reread(one).status()).isEqualTo(TaskStatus.FAILED);
                assertThat(reread(one).current()).isNull();
            }
        }
        assertThat(objects()).isEmpty();
    }

    @Test
    void fiveFailedRunsInARowSuspendTheSync() {
        script.on(Call.LIST).fails(Diagnosis.BROKEN_LISTING);
        for (int i = 0; i < 4; i++) {
            run();
            assertThat(reread().paused()).isNull();
        }

        run();

        assertThat(reread().status()).isEqualTo(TaskStatus.SUSPENDED);
        assertThat(reread().paused().reason()).isEqualTo("BROKEN_LISTING");
        assertThat(reread().nextSyncAt()).isNull();
    }

    @Test
    void aPageThatAlwaysFailsIsCountedInTheCost() {
        put("a", "bytes");
        script.on(Call.LIST).fails(Diagnosis.NETWORK);

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(run.effort().listRequests()).isEqualTo(3);
        assertThat(run.effort().retries()).isEqualTo(2);
    }

    @Test
    void manyPagesAreInFlightAndNoneIsLost() {
        putMany("f", 2_000);
        script.pagesOf(100);

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.listing().pages()).isEqualTo(20);
        assertThat(run.outcomes().created()).isEqualTo(2_000);
        assertHas(2_000);
        SyncRunEntity second = run();
        assertThat(second.listing().unchanged()).isEqualTo(2_000);
        assertThat(second.effort().readRequests()).isZero();
    }

    private ExplanationResponse explained(String key) {
        Bucket bucket = SERVICE.bean(Buckets.class).require(scope(), workspace.bucket());
        return SERVICE.bean(SyncHistory.class).explain(caller(), bucket, sync.syncId(), key);
    }

    private static long bytesOf(int files) {
        long bytes = 0;
        for (int i = 0; i < files; i++) {
            bytes += ("bytes of f" + i).length();
        }
        return bytes;
    }
}
