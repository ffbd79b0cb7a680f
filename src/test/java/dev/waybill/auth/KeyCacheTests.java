package dev.waybill.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.MovedClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class KeyCacheTests {

    private static final Duration TTL = Duration.ofSeconds(4);

    private final MovedClock clock = new MovedClock();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile Optional<AuthenticatedKey> stored = Optional.of(known());

    private final KeyCache one = cache();
    private final KeyCache two = cache();

    @Test
    void aRevokedKeyIsRefusedOnEveryInstanceWithinFiveSeconds() {
        assertThat(one.find("h")).isPresent();
        assertThat(two.find("h")).isPresent();

        stored = Optional.empty();
        one.evict("h");

        assertThat(one.find("h")).isEmpty();
        assertThat(two.find("h")).as("still cached for a moment").isPresent();
        clock.move(TTL);
        assertThat(two.find("h")).isEmpty();
    }

    @Test
    void aKeyIsReadOncePerTimeToLive() {
        one.find("h");
        clock.move(TTL.minusMillis(1));
        one.find("h");

        assertThat(reads).hasValue(1);
    }

    @Test
    void anUnknownKeyIsReadOncePerTimeToLiveToo() {
        stored = Optional.empty();
        one.find("h");
        one.find("h");
        assertThat(reads).hasValue(1);

        stored = Optional.of(known());
        clock.move(TTL);
        assertThat(one.find("h")).isPresent();
    }

    @Test
    void evictingAllReadsAgain() {
        one.find("h");
        one.evictAll();
        one.find("h");

        assertThat(reads).hasValue(2);
    }

    @Test
    void requestsOfTheSameKeyShareOneRead() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        KeyCache slow = new KeyCache(
                hash -> {
                    reads.incrementAndGet();
                    begun.countDown();
                    await(finish);
                    return stored;
                },
                TTL,
                clock);
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<Optional<AuthenticatedKey>> find = () -> slow.find("h");
            var found = Stream.generate(() -> threads.submit(find)).limit(8).toList();
            begun.await();
            finish.countDown();
            for (var each : found) {
                assertThat(each.get()).isPresent();
            }
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void aSlowReadCountsFromItsBeginning() {
        KeyCache slow = new KeyCache(
                hash -> {
                    reads.incrementAndGet();
                    clock.move(Duration.ofSeconds(3));
                    return stored;
                },
                TTL,
                clock);
        slow.find("h");
        clock.move(Duration.ofSeconds(1));
        slow.find("h");

        assertThat(reads).hasValue(2);
    }

    @Test
    void aDatabaseOutageDoesNotMakeAKeyInvalid() {
        KeyCache broken = new KeyCache(
                hash -> {
                    throw new DataAccessResourceFailureException("connection refused by 10.0.0.1");
                },
                TTL,
                clock);

        assertThatThrownBy(() -> broken.find("h")).isInstanceOfSatisfying(WaybillException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
            assertThat(failure.getMessage()).doesNotContain("10.0.0.1");
        });
    }

    @Test
    void hitsAndMissesAreMeasured() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        one.bindTo(meters);
        one.find("h");
        one.find("h");

        assertThat(meters.get("cache.gets")
                        .tags("cache", "auth.keys", "result", "hit")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    private KeyCache cache() {
        return new KeyCache(
                hash -> {
                    reads.incrementAndGet();
                    return stored;
                },
                TTL,
                clock);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AuthenticatedKey known() {
        Caller caller = new Caller(
                new OrganizationId("org_acme"),
                "usr_1",
                "key_1",
                Set.of(Permission.READ),
                List.of(),
                Plan.FREE,
                null,
                false);
        return new AuthenticatedKey(caller, null, null);
    }
}
