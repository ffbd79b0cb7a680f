package dev.waybill.platform.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.MovedClock;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RateLimiterPropertyTests {

    @Property
    void instancesTogetherGrantTheLimitWhateverTheOrder(
            @ForAll @IntRange(min = 1, max = 60) int limit,
            @ForAll @Size(min = 1, max = 120) List<@IntRange(min = 0, max = 2) Integer> order) {
        MovedClock clock = new MovedClock();
        MemoryCounter counter = new MemoryCounter();
        List<RateLimiter> instances = List.of(
                new RateLimiter(counter, clock), new RateLimiter(counter, clock), new RateLimiter(counter, clock));

        long allowed = order.stream()
                .filter(i -> instances
                        .get(i)
                        .acquire("key", "a", limit, Duration.ofMinutes(1))
                        .allowed())
                .count();

        assertThat(allowed).isEqualTo(Math.min(limit, order.size()));
    }

    @Property
    void leasesLoseAtMostOneForEachOtherInstance(@ForAll @IntRange(min = 1_000, max = 5_000) int limit) {
        MovedClock clock = new MovedClock();
        MemoryCounter counter = new MemoryCounter();
        RateLimiter idle = new RateLimiter(counter, clock);
        RateLimiter busy = new RateLimiter(counter, clock);
        idle.acquire("key", "a", limit, Duration.ofMinutes(1));

        long allowed = 1;
        while (busy.acquire("key", "a", limit, Duration.ofMinutes(1)).allowed()) {
            allowed++;
        }

        assertThat(allowed).isBetween((long) (limit - limit / 200), (long) limit);
    }
}
