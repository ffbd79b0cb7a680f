package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedSource;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.connectors.SourceException;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.settings.SyncProperties;
import dev.waybill.syncs.transfer.AdaptiveConcurrency;
import dev.waybill.tasks.TaskStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A run whose source throttles or refuses. */
@Order(4)
class SyncPaceTests extends SyncBench {

    @Test
    void aThrottlingSourceIsNotCalledForThatLong() {
        putMany("f", 40);
        script.pagesOf(20);
        script.on(Call.LIST).nth(2).throttles(Duration.ofMillis(300));
        script.on(Call.OPEN).nth(5).throttles(Duration.ofMillis(400));
        long begun = System.nanoTime();

        SyncRunEntity run = run();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(690));
        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.effort().throttled()).isEqualTo(2);
        assertThat(run.outcomes().quarantined()).isZero();
        assertHas(40);
    }

    @Test
    void fewerFilesAreReadConcurrentlyAfterwards() throws InterruptedException {
        SyncProperties properties = SERVICE.bean(SyncProperties.class);
        AdaptiveConcurrency adaptiveConcurrency = new AdaptiveConcurrency(50, properties);
        assertThat(adaptiveConcurrency.limit()).isEqualTo(8);

        adaptiveConcurrency.throttled(Duration.ofMillis(1));
        adaptiveConcurrency.throttled(Duration.ofMillis(1));
        assertThat(adaptiveConcurrency.limit()).isEqualTo(4);
        for (int i = 0; i < 8; i++) {
            assertThat(adaptiveConcurrency.enter()).isTrue();
            adaptiveConcurrency.leave(true);
        }

        assertThat(adaptiveConcurrency.limit()).isEqualTo(5);
        assertThat(adaptiveConcurrency.throttled()).isEqualTo(2);
        adaptiveConcurrency.end();
        assertThat(adaptiveConcurrency.enter()).isFalse();
    }

    @Test
    void throttlingHalvesTheLimitAndDelaysPermits() throws Exception {
        Duration retryAfter = Duration.ofMillis(300);
        putMany("f", 40);
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch rest = new CountDownLatch(1);
        AtomicLong throttledAt = new AtomicLong();
        AtomicLong nextAt = new AtomicLong();
        script.on(Call.OPEN).nth(8).fails(() -> {
            throttledAt.set(System.nanoTime());
            return new SourceException(Diagnosis.THROTTLED, "Slow down", true, retryAfter, null);
        });
        script.on(Call.OPEN).from(8).does(() -> nextAt.compareAndSet(0, System.nanoTime()));
        script.on(Call.READ).times(7).waitsFor(first);
        script.on(Call.READ).waitsFor(rest);
        CompletableFuture<SyncRunEntity> run = meanwhile(this::run);
        await().until(() -> throttledAt.get() > 0 && script.reading() == 7);

        first.countDown();

        await().until(() -> script.reading() == 4);
        await().during(Duration.ofMillis(200)).until(() -> script.reading() == 4);
        assertThat(Duration.ofNanos(nextAt.get() - throttledAt.get())).isGreaterThanOrEqualTo(retryAfter);
        rest.countDown();
        SyncRunEntity ended = run.get();
        assertThat(ended.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(ended.effort().throttled()).isOne();
        assertThat(ended.outcomes().created()).isEqualTo(40);
        assertThat(rows(State.QUARANTINED)).isEmpty();
        assertHas(40);
    }

    @Test
    void expiredCredentialsStopTheRunAndNoFileIsQuarantined() {
        putMany("f", 50);
        script.pagesOf(10);
        script.on(Call.OPEN).nth(25).does(script::expire);

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(run.failure().code()).isEqualTo("EXPIRED_CREDENTIALS");
        assertThat(run.failure().retryable()).isFalse();
        assertThat(rows(State.FAILED)).isEmpty();
        assertThat(rows(State.QUARANTINED)).isEmpty();
        assertThat(reread().current()).isNull();
        script.renew();
        script.behave();
        assertThat(run().status()).isEqualTo(TaskStatus.COMPLETED);
        assertHas(50);
        assertThat(reread().totals().synced()).isEqualTo(50);
    }

    @Test
    void fiveFilesInARowWithTheSameCauseStopTheRun() {
        sync = sync(new With(source).sideBySide(1));
        putMany("f", 30);
        script.on(Call.OPEN).from(4).fails(Diagnosis.NETWORK);

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(run.failure().code()).isEqualTo("NETWORK");
        assertThat(run.outcomes().created()).isEqualTo(3);
        assertGivenBack(4);
        script.behave();
        SyncRunEntity next = run();
        assertThat(next.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(next.outcomes().created()).isEqualTo(27);
        assertHas(30);
    }

    /**
     * Asserts that so many quarantined files are marked as failed when the run stopped, and that the next run copies
     * them.
     */
    private void assertGivenBack(int files) {
        assertThat(rows(State.QUARANTINED)).isEmpty();
        assertThat(rows(State.FAILED))
                .hasSize(files)
                .allSatisfy(row -> assertThat(row.attempts()).isZero());
        assertThat(reread().totals().failed()).isZero();
    }

    @Test
    void filesQuarantinedBeforeTheRunStoppedForTheSameCauseAreCopiedByTheNextOne() {
        sync = sync(new With(source).sideBySide(1));
        putMany("f", 12);
        script.pagesOf(2);
        put("e", "refused for itself");
        script.on(Call.OPEN).of("e").fails(Diagnosis.KMS_DENIED);
        for (int i = 3; i < 12; i++) {
            script.on(Call.OPEN).of("f%05d".formatted(i)).fails(Diagnosis.NETWORK);
        }

        SyncRunEntity run = run();

        assertThat(run.failure().code()).isEqualTo("NETWORK");
        assertThat(run.outcomes().failed()).isEqualTo(4);
        assertThat(run.outcomes().quarantined()).isOne();
        assertThat(rows(State.QUARANTINED)).extracting(LedgerEntity::reason).containsExactly("KMS_DENIED");
        assertThat(rows(State.FAILED)).hasSize(4).allSatisfy(row -> {
            assertThat(row.attempts()).isZero();
            assertThat(row.reason()).isEqualTo("NETWORK");
        });
        assertThat(reread().resume())
                .as("the listing goes on behind some of them")
                .isNotNull();
        script.behave();

        assertThat(run().outcomes().created()).isEqualTo(9);
        assertThat(rows(State.FAILED)).isEmpty();
        assertHas(12);
        assertThat(reread().totals().failed()).isOne();
    }

    @Test
    void streamsThatAllBreakOffStopTheRunAndNotEachFile() {
        sync = sync(new With(source).sideBySide(1));
        putMany("f", 30);
        script.on(Call.READ).breaksOff();

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(run.failure().code()).isEqualTo("NETWORK");
        assertThat(run.failure().retryable()).isTrue();
        assertGivenBack(4);
        script.behave();
        assertThat(run().outcomes().created()).isEqualTo(30);
        assertHas(30);
    }

    @Test
    void aTransientFailureIsRetriedInTheSameRun() {
        putMany("f", 3);
        script.on(Call.OPEN).of("f00001").times(2).fails(Diagnosis.NETWORK);

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.effort().retries()).isEqualTo(2);
        assertHas(3);
    }

    @Test
    void theSecretIsNowhereStored() {
        put("a", "bytes");
        assertThat(run().outcomes().created()).isOne();
        script.on(Call.LIST).fails(() -> new SourceException(Diagnosis.INVALID_CREDENTIALS, "The secret is wrong"));
        assertThat(run().failure().code()).isEqualTo("INVALID_CREDENTIALS");

        String all = mongo.getCollectionNames().stream()
                .map(collection -> mongo.findAll(Document.class, collection).toString())
                .collect(Collectors.joining("\n"));

        assertThat(all)
                .as("the connection, the sync, its run and its row are among it")
                .contains("key-of-" + source, sync.key(), reread().lastRun(), source + "/a")
                .doesNotContain(ScriptedSource.SECRET);
    }
}
