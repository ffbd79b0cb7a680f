package dev.waybill.quotas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.quotas.BalanceEntity.Reserved;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Contract of every balance store. */
abstract class BalanceStoreContract {

    static final OrganizationId ACME = new OrganizationId("org_acme");
    static final OrganizationId OTHER = new OrganizationId("org_other");

    private static final Instant UNTIL = Instant.parse("2026-11-27T12:01:00.123Z");
    private static final long QUOTA = 1000;

    /** An empty one. */
    abstract BalanceStore store();

    @Test
    void withoutABalanceNothingIsReserved() {
        assertThat(store().find(ACME)).isEmpty();
        assertThat(reserve("a", 1)).isFalse();
        store().hold(ACME, 1);
        assertThat(store().settle(ACME, "a", 1)).isFalse();
        assertThat(store().find(ACME)).isEmpty();
    }

    @Test
    void theFirstCountCreatesTheBalance() {
        assertThat(store().recount(ACME, null, 100, List.of())).isTrue();
        assertThat(store().recount(ACME, null, 200, List.of())).isFalse();

        assertThat(held()).isEqualTo(100);
        assertThat(store().find(OTHER)).isEmpty();
    }

    @Test
    void bytesAreReservedUpToTheQuota() {
        counted(100);

        assertThat(reserve("a", 901)).isFalse();
        assertThat(held()).isEqualTo(100);
        assertThat(reserve("b", 900)).isTrue();
        assertThat(held()).isEqualTo(1000);
        assertThat(balance().reservations()).isEqualTo(Map.of("b", new Reserved(900, UNTIL)));
        assertThat(reserve("c", 1)).isFalse();
    }

    @Test
    void reservingAgainUnderTheSameTokenReservesOnce() {
        counted(0);

        assertThat(reserve("a", 900)).isTrue();
        assertThat(reserve("a", 900)).isTrue();
        assertThat(reserve("a", 50)).isTrue();

        assertThat(held()).isEqualTo(900);
        assertThat(balance().reservations()).isEqualTo(Map.of("a", new Reserved(900, UNTIL)));
    }

    @Test
    void oneOfManyConcurrentReservationsGetsTheLastBytes() throws Exception {
        counted(100);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> one = () -> reserve(Thread.currentThread().threadId() + "", 900);
            List<Future<Boolean>> attempts = threads.invokeAll(Collections.nCopies(20, one));
            int won = 0;
            for (Future<Boolean> each : attempts) {
                won += each.get() ? 1 : 0;
            }
            assertThat(won).isOne();
        }
        assertThat(held()).isEqualTo(1000);
    }

    @Test
    void unwrittenBytesAreReleasedOnce() {
        counted(100);
        reserve("a", 500);
        reserve("b", 100);

        assertThat(store().settle(ACME, "a", 200)).isTrue();
        assertThat(store().settle(ACME, "a", 200)).isFalse();
        assertThat(store().settle(OTHER, "b", 100)).isFalse();

        assertThat(held()).isEqualTo(500);
        assertThat(balance().reservations()).containsOnlyKeys("b");
    }

    @Test
    void bytesAreHeldBeyondTheQuota() {
        counted(900);

        store().hold(ACME, 500);
        store().hold(OTHER, 500);

        assertThat(held()).isEqualTo(1400);
    }

    @Test
    void aCountReplacesWhatIsHeldAndRemovesExpiredReservations() {
        counted(800);
        reserve("expired", 50);
        reserve("live", 50);

        assertThat(store().recount(ACME, balance(), 150, List.of("expired"))).isTrue();

        assertThat(held()).isEqualTo(150);
        assertThat(balance().reservations()).containsOnlyKeys("live");
    }

    @Test
    void aCountIsDiscardedIfTheBalanceChangedMeanwhile() {
        counted(0);
        List<Runnable> changes = List.of(
                () -> reserve("a", 5),
                () -> store().settle(ACME, "a", 5),
                () -> store().hold(ACME, 0),
                () -> counted(0, balance()));
        for (Runnable change : changes) {
            BalanceEntity read = balance();
            change.run();
            BalanceEntity changed = balance();

            assertThat(store().recount(ACME, read, 77, List.of())).isFalse();

            assertThat(balance()).isEqualTo(changed);
        }
    }

    private boolean reserve(String token, long bytes) {
        return store().reserve(ACME, token, new Reserved(bytes, UNTIL), QUOTA);
    }

    private void counted(long held) {
        store().recount(ACME, null, held, List.of());
    }

    private void counted(long held, BalanceEntity read) {
        store().recount(ACME, read, held, List.of());
    }

    private BalanceEntity balance() {
        return store().find(ACME).orElseThrow();
    }

    private long held() {
        return balance().held();
    }
}
