package dev.waybill.quotas;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.quotas.BalanceEntity.Reserved;
import dev.waybill.testing.Databases;
import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import dev.waybill.testing.Lying;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Proves that the contract of balance stores fails each implementation that breaks a promise. */
class BalanceStoreKitTests {

    private static final List<Lie<BalanceStore>> LIES = List.of(
            Lie.none(BalanceStore.class),
            lie(
                    "knows every balance",
                    "find",
                    call -> Optional.of(call.<Optional<BalanceEntity>>proceed()
                            .orElse(new BalanceEntity("org", 0, 1, java.util.Map.of()))),
                    "withoutABalanceNothingIsReserved",
                    "theFirstCountCreatesTheBalance"),
            lie(
                    "reserves without a balance",
                    "reserve",
                    call -> {
                        store(call).recount(call.argument(0), null, 0, List.of());
                        return call.proceed();
                    },
                    "withoutABalanceNothingIsReserved"),
            lie(
                    "reserves beyond the quota",
                    "reserve",
                    call -> call.with(3, Long.MAX_VALUE).proceed(),
                    "bytesAreReservedUpToTheQuota",
                    "oneOfManyConcurrentReservationsGetsTheLastBytes"),
            lie(
                    "stops short of the quota",
                    "reserve",
                    call -> call.with(3, call.<Long>argument(3) - 1).proceed(),
                    "bytesAreReservedUpToTheQuota",
                    "oneOfManyConcurrentReservationsGetsTheLastBytes"),
            lie(
                    "reserves again",
                    "reserve",
                    call -> {
                        boolean exists = store(call)
                                .find(call.argument(0))
                                .filter(balance -> balance.reservations().containsKey(call.<String>argument(1)))
                                .isPresent();
                        if (exists) {
                            store(call)
                                    .hold(
                                            call.argument(0),
                                            call.<Reserved>argument(2).bytes());
                        }
                        return call.proceed();
                    },
                    "reservingAgainUnderTheSameTokenReservesOnce"),
            lie("releases nothing", "settle", call -> call.with(2, 0L).proceed(), "unwrittenBytesAreReleasedOnce"),
            lie(
                    "releases again and again",
                    "settle",
                    call -> {
                        boolean settled = call.proceed();
                        if (!settled) {
                            store(call).hold(call.argument(0), -call.<Long>argument(2));
                        }
                        return settled;
                    },
                    "unwrittenBytesAreReleasedOnce"),
            lie(
                    "holds nothing more",
                    "hold",
                    call -> null,
                    "bytesAreHeldBeyondTheQuota",
                    "aCountIsDiscardedIfTheBalanceChangedMeanwhile"),
            lie(
                    "ignores concurrent changes",
                    "recount",
                    call -> call.with(1, store(call).find(call.argument(0)).orElse(null))
                            .proceed(),
                    "theFirstCountCreatesTheBalance",
                    "aCountIsDiscardedIfTheBalanceChangedMeanwhile"),
            lie(
                    "keeps expired reservations",
                    "recount",
                    call -> call.with(3, List.of()).proceed(),
                    "aCountReplacesWhatIsHeldAndRemovesExpiredReservations"));

    @TestFactory
    Stream<DynamicTest> everyLieIsDetected() {
        return Kits.tests(Liar.class, LIES);
    }

    private static Lie<BalanceStore> lie(String name, String method, Twist twist, String... red) {
        return Lie.of(BalanceStore.class, name, method, twist, red);
    }

    private static BalanceStore store(Lie.Call call) {
        return call.truth();
    }

    @Lying
    static class Liar extends BalanceStoreContract {

        static List<Lie<BalanceStore>> lies() {
            return LIES;
        }

        private final TestMongo mongo = new TestMongo(Databases.STAND_IN);
        private final BalanceStore store;

        Liar(Lie<BalanceStore> lie) {
            store = lie.over(new MongoBalanceStore(mongo.template()));
        }

        @AfterEach
        void stop() {
            mongo.close();
        }

        @Override
        BalanceStore store() {
            return store;
        }
    }
}
