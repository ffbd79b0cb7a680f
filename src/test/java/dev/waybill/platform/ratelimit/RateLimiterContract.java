package dev.waybill.platform.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.MovedClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Contract of the rate limiter on one instance, whatever stores the count. */
abstract class RateLimiterContract {

    static final Duration MINUTE = Duration.ofMinutes(1);

    final MovedClock clock = new MovedClock();

    /** A counter that no other test uses. */
    abstract SharedCounter counter();

    final RateLimiter limiter() {
        return new RateLimiter(counter(), clock);
    }

    @Test
    void refusesBeyondTheLimitWithRetryAfter() {
        RateLimiter limiter = limiter();
        clock.move(Duration.ofMillis(12_500));

        assertThat(limiter.acquire("key", "a", 3, MINUTE).remaining()).isEqualTo(2);
        assertThat(limiter.acquire("key", "a", 3, MINUTE).remaining()).isEqualTo(1);
        RateLimitResult last = limiter.acquire("key", "a", 3, MINUTE);
        RateLimitResult refused = limiter.acquire("key", "a", 3, MINUTE);

        assertThat(last.allowed()).isTrue();
        assertThat(last.remaining()).isZero();
        assertThat(last.retryAfter()).isZero();
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.remaining()).isZero();
        assertThat(refused.limit()).isEqualTo(3);
        assertThat(refused.resetsAt()).isEqualTo("2030-01-01T00:01:00Z");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(48));
    }

    @Test
    void aNewWindowIsEmpty() {
        RateLimiter limiter = limiter();
        limiter.acquire("key", "a", 1, MINUTE);
        assertThat(limiter.acquire("key", "a", 1, MINUTE).allowed()).isFalse();

        clock.move(MINUTE);

        assertThat(limiter.acquire("key", "a", 1, MINUTE).allowed()).isTrue();
    }

    @Test
    void keysAndNamesAreIndependent() {
        RateLimiter limiter = limiter();
        limiter.acquire("key", "a", 1, MINUTE);

        assertThat(limiter.acquire("key", "b", 1, MINUTE).allowed()).isTrue();
        assertThat(limiter.acquire("agent", "a", 1, MINUTE).allowed()).isTrue();
    }

    @Test
    void aRaisedLimitCountsAtOnce() {
        RateLimiter limiter = limiter();
        limiter.acquire("key", "a", 1, MINUTE);
        assertThat(limiter.acquire("key", "a", 1, MINUTE).allowed()).isFalse();

        assertThat(limiter.acquire("key", "a", 5, MINUTE).allowed()).isTrue();
    }

    @Test
    void isExactUnderConcurrency() throws Exception {
        assertThat(allowedOf(300, 100)).isEqualTo(100);
    }

    @Test
    void leasesGrantTheWholeLimitAndNoMore() throws Exception {
        assertThat(allowedOf(5_000, 2_000)).isEqualTo(2_000);
    }

    private long allowedOf(int requests, int limit) throws InterruptedException {
        RateLimiter limiter = limiter();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> calls = IntStream.range(0, requests)
                    .mapToObj(i -> (Callable<Boolean>)
                            () -> limiter.acquire("key", "a", limit, MINUTE).allowed())
                    .toList();
            long allowed = threads.invokeAll(calls).stream()
                    .filter(done -> done.resultNow())
                    .count();
            // The last lease may have come in when the others had already been refused.
            while (limiter.acquire("key", "a", limit, MINUTE).allowed()) {
                allowed++;
            }
            return allowed;
        }
    }
}
