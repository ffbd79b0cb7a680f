package dev.waybill.objects;

import dev.waybill.testing.Databases;
import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import dev.waybill.testing.Lying;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The kit of usage stores finds out whoever does not keep to it. */
class UsageStoreKitTests {

    private static final List<Lie<UsageStore>> LIES = List.of(
            Lie.none(UsageStore.class),
            lie(
                    "moves the watermark forward only",
                    "moveWatermark",
                    call -> call.<Instant>argument(0).isBefore(store(call).watermark()) ? null : call.proceed(),
                    "theWatermarkStartsAtTheEpochAndMovesBothWays"),
            lie(
                    "shows marks too early",
                    "due",
                    call -> call.with(0, call.<Instant>argument(0).plusMillis(1))
                            .proceed(),
                    "aMarkIsDueAtOnce"),
            lie(
                    "shows the youngest first",
                    "due",
                    call -> call.<List<UsageMark>>proceed().reversed(),
                    "theLongestDueComeFirst"),
            lie(
                    "shows more than it is asked for",
                    "due",
                    call -> call.with(1, 10).proceed(),
                    "theLongestDueComeFirst"),
            lie(
                    "forgets when something changed",
                    "known",
                    call -> {
                        Map<BucketPlace, Instant> known = call.proceed();
                        known.replaceAll((place, at) -> Instant.EPOCH);
                        return known;
                    },
                    "knowsTheLatestChangeOfWhatIsMarked"),
            lie(
                    "lets nothing rest for long",
                    "computed",
                    call -> call.with(1, call.<Instant>argument(1).minusSeconds(1))
                            .proceed(),
                    "aComputedMarkRestsUntilItIsDueAgain"),
            lie(
                    "allows no pause",
                    "computed",
                    call -> call.with(2, Instant.EPOCH).proceed(),
                    "aMarkThatChangedMeanwhileStaysDueButKeepsItsPause"),
            lie(
                    "notices no change of what rests",
                    "computed",
                    call -> call.with(0, unchanged(call)).proceed(),
                    "aMarkThatChangedMeanwhileStaysDueButKeepsItsPause"),
            lie(
                    "loses the second mark within a second",
                    "mark",
                    call -> {
                        Collection<BucketChange> changes = call.argument(0);
                        Instant now = call.argument(1);
                        Object before =
                                call.memory().put(changes.iterator().next().place(), now);
                        return before == null || !before.equals(now.minusSeconds(1)) ? call.proceed() : null;
                    },
                    "aNewChangeMakesARestingMarkDue"),
            lie(
                    "lets all win",
                    "claim",
                    call -> {
                        call.proceed();
                        return true;
                    },
                    "ofManyClaimsAtOnceOneWins"),
            lie(
                    "forgets what changed",
                    "forget",
                    call -> call.with(0, unchanged(call)).proceed(),
                    "forgetsAMarkUnlessItChanged"),
            lie("forgets nothing", "forget", call -> null, "forgetsAMarkUnlessItChanged"));

    @TestFactory
    Stream<DynamicTest> whoeverLiesIsFoundOut() {
        return Kits.tests(Liar.class, LIES);
    }

    private static Lie<UsageStore> lie(String name, String method, Twist twist, String... red) {
        return Lie.of(UsageStore.class, name, method, twist, red);
    }

    private static UsageStore store(Lie.Call call) {
        return call.truth();
    }

    /** The mark as it is now, as if nothing had changed since it was seen. */
    private static UsageMark unchanged(Lie.Call call) {
        return store(call).due(Instant.parse("2999-01-01T00:00:00Z"), 1).getFirst();
    }

    @Lying
    static class Liar extends UsageStoreContract {

        private final ObjectsDatabase database = new ObjectsDatabase(Databases.STAND_IN);
        private final UsageStore store;

        Liar(Lie<UsageStore> lie) {
            store = lie.over(new MongoUsageStore(database.template()));
        }

        static List<Lie<UsageStore>> lies() {
            return LIES;
        }

        @AfterEach
        void stop() {
            database.close();
        }

        @Override
        UsageStore store() {
            return store;
        }
    }
}
