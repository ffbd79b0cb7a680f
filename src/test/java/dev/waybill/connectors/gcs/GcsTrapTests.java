package dev.waybill.connectors.gcs;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContract;
import dev.waybill.connectors.rest.Trap;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lying;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract tests on faulty servers of Google: which faults the source handles, and which ones are detected. */
class GcsTrapTests {

    private static final List<Trap<FakeGcs>> TRAPS = List.of(
            Trap.seenThrough("is told one token again and again", GcsTricks::repeatsToken, Trap.PAGES),
            Trap.walkedInto(
                    "follows a token that is told again and again",
                    GcsTricks::repeatsToken,
                    Trap.FOLLOWS_TOKENS,
                    Trap.PAGES),
            Trap.noticed("is led in circles", GcsTricks::goesInCircles, Trap.MANY_PAGES),
            Trap.seenThrough("is told of empty pages", GcsTricks::returnsEmptyPages, Trap.LISTINGS),
            Trap.walkedInto(
                    "ends at an empty page", GcsTricks::returnsEmptyPages, Trap.ENDS_AT_AN_EMPTY_PAGE, Trap.LISTINGS),
            Trap.noticed("has packed files unpacked on their way", GcsTricks::unpacks, List.of("whatIsPackedStaysSo")),
            Trap.noticed("has files changed whenever they are about to be read", GcsTricks::changes, Trap.READS));

    @TestFactory
    Stream<DynamicTest> trapsAreHandledOrDetected() {
        return Trap.tests(Liar.class, TRAPS);
    }

    @Lying
    static class Liar extends SourceContract {

        static List<Lie<Source>> lies() {
            return Trap.lies(TRAPS);
        }

        private final GcsElsewhere elsewhere;

        Liar(Lie<Source> lie) {
            elsewhere = GcsElsewhere.create(lie::over);
            Trap.set(TRAPS, lie, elsewhere.server());
        }

        @AfterEach
        void close() {
            elsewhere.close();
        }

        @Override
        protected Elsewhere elsewhere() {
            return elsewhere;
        }
    }
}
