package dev.waybill.blobs;

import dev.waybill.blobs.BlobOwner.Named;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import dev.waybill.testing.Lying;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract kit of owners detects each violation. */
class BlobOwnerKitTests {

    private static final List<Lie<BlobOwner>> LIES = List.of(
            Lie.none(BlobOwner.class),
            lie(
                    "owns every key",
                    "owned",
                    call -> Set.copyOf(call.argument(1)),
                    "ownsWhatItsRowsName",
                    "keepsPartitionsApart"),
            lie("owns nothing", "owned", call -> Set.of(), "ownsWhatItsRowsName"),
            lie(
                    "lists its rows backwards",
                    "page",
                    call -> call.<List<Named>>proceed().reversed(),
                    "goesThroughAllRowsInTheOrderOfTheirIds"),
            lie(
                    "lists more rows than the maximum",
                    "page",
                    call -> call.with(2, 1000).proceed(),
                    "goesThroughAllRowsInTheOrderOfTheirIds"),
            lie(
                    "always reads the same partition",
                    "page",
                    call -> call.with(0, "a").proceed(),
                    "keepsPartitionsApart"),
            lie(
                    "never ends",
                    "page",
                    call -> {
                        List<Named> page = call.proceed();
                        return page.isEmpty() ? List.of(new Named("9", new ObjectKey("x"))) : page;
                    },
                    "goesThroughAllRowsInTheOrderOfTheirIds",
                    "keepsPartitionsApart",
                    "leavesOutRowsThatNameNoFinalKeyOfTheirOwn"));

    @TestFactory
    Stream<DynamicTest> everyLieIsDetected() {
        return Kits.tests(Liar.class, LIES);
    }

    private static Lie<BlobOwner> lie(String name, String method, Twist twist, String... red) {
        return Lie.of(BlobOwner.class, name, method, twist, red);
    }

    @Lying
    static class Liar extends BlobOwnerContract {

        private final MemoryOwner truth = new MemoryOwner();
        private final BlobOwner owner;

        Liar(Lie<BlobOwner> lie) {
            owner = lie.over(truth);
        }

        static List<Lie<BlobOwner>> lies() {
            return LIES;
        }

        @Override
        protected BlobOwner owner() {
            return owner;
        }

        @Override
        protected String partition(String name) {
            return name;
        }

        @Override
        protected String id(int number) {
            return String.valueOf(number);
        }

        @Override
        protected void row(String partition, String id, ObjectKey key) {
            truth.add(partition, id, key);
        }

        @Override
        protected void rowWithout(String partition, String id) {
            truth.add(partition, id);
        }
    }
}
