package dev.waybill.platform.ratelimit;

import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import dev.waybill.testing.Lying;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Proves that the contract of shared counters fails each implementation that breaks a promise. */
class RateLimiterKitTests {

    private static final List<Lie<SharedCounter>> LIES = List.of(
            Lie.none(SharedCounter.class),
            lie(
                    "counts windows together",
                    call -> call.with(0, call.<String>argument(0).replaceAll(":[0-9]+$", ""))
                            .proceed(),
                    "aNewWindowIsEmpty"),
            lie(
                    "counts all keys together",
                    call -> call.with(0, call.<String>argument(0).replaceAll("^.*:", ""))
                            .proceed(),
                    "keysAndNamesAreIndependent"),
            lie(
                    "loses every seventh addition",
                    call -> times(call) % 7 == 0 ? call.with(1, 0L).proceed() : call.proceed(),
                    "isExactUnderConcurrency",
                    "leasesGrantTheWholeLimitAndNoMore"),
            lie(
                    "counts too much from the second addition on",
                    call -> times(call) < 2
                            ? call.proceed()
                            : OptionalLong.of(call.<OptionalLong>proceed().getAsLong() + 10_000),
                    "refusesBeyondTheLimitWithRetryAfter",
                    "aRaisedLimitCountsAtOnce",
                    "isExactUnderConcurrency",
                    "leasesGrantTheWholeLimitAndNoMore"));

    @TestFactory
    Stream<DynamicTest> everyLieIsDetected() {
        return Kits.tests(Liar.class, LIES);
    }

    private static Lie<SharedCounter> lie(String name, Twist twist, String... red) {
        return Lie.of(SharedCounter.class, name, "add", twist, red);
    }

    /** How often this key was added to. */
    private static int times(Lie.Call call) {
        return (Integer) call.memory().merge(call.argument(0), 1, (a, b) -> (Integer) a + (Integer) b);
    }

    @Lying
    static class Liar extends RateLimiterContract {

        private final SharedCounter counter;

        Liar(Lie<SharedCounter> lie) {
            counter = lie.over(new MemoryCounter());
        }

        static List<Lie<SharedCounter>> lies() {
            return LIES;
        }

        @Override
        SharedCounter counter() {
            return counter;
        }
    }
}
