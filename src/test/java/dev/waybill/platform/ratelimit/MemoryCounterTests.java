package dev.waybill.platform.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryCounterTests extends RateLimiterContract {

    @Override
    SharedCounter counter() {
        return new MemoryCounter();
    }

    @Test
    void refusalsNeedNoRoundTrip() {
        MemoryCounter counter = new MemoryCounter();
        RateLimiter limiter = new RateLimiter(counter, clock);
        limiter.acquire("key", "a", 1, MINUTE);
        int calls = counter.calls;

        assertThat(limiter.acquire("key", "a", 1, MINUTE).allowed()).isFalse();
        assertThat(counter.calls).isEqualTo(calls);
    }

    @Test
    void aLargeLimitNeedsFewRoundTrips() {
        MemoryCounter counter = new MemoryCounter();
        RateLimiter limiter = new RateLimiter(counter, clock);

        for (int i = 0; i < 1_000; i++) {
            limiter.acquire("key", "a", 60_000, MINUTE);
        }

        assertThat(counter.calls).isEqualTo(10);
    }

    @Test
    void whatWasCountedLocallyIsAddedWhenTheCounterIsBack() {
        MemoryCounter counter = new MemoryCounter();
        RateLimiter one = new RateLimiter(counter, clock);
        RateLimiter two = new RateLimiter(counter, clock);
        take(one, 4);
        counter.unavailable = true;
        take(one, 3);
        counter.unavailable = false;
        take(one, 1);

        assertThat(two.acquire("key", "a", 10, MINUTE).remaining()).isEqualTo(1);
        assertThat(two.acquire("key", "a", 10, MINUTE).allowed()).isTrue();
        assertThat(two.acquire("key", "a", 10, MINUTE).allowed()).isFalse();
    }

    private static void take(RateLimiter limiter, int requests) {
        for (int i = 0; i < requests; i++) {
            assertThat(limiter.acquire("key", "a", 10, MINUTE).allowed()).isTrue();
        }
    }
}
