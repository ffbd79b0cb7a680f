package dev.waybill.connectors.azure;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContract;
import dev.waybill.connectors.azure.FakeAzure.Credentials;
import dev.waybill.connectors.rest.Trap;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lying;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract tests on faulty servers of Azure: which faults the source handles, and which ones are detected. */
class AzureTrapTests {

    private static final List<String> FOLDERS = List.of("foldersAreMarkedAndNoFiles");
    private static final List<String> VERSIONS = List.of("anotherVersionIsNeverRead");
    private static final List<String> PACKED = List.of("whatIsPackedStaysSo");

    /** A deleted blob exists again then. */
    private static final List<String> READS = Stream.concat(
                    Trap.READS.stream(), Stream.of("aMissingFileIsReportedAsVanished"))
            .toList();

    private static final List<Trap<FakeAzure>> TRAPS = List.of(
            Trap.noticed("is told one marker again and again", AzureTricks::repeatsMarker, Trap.MANY_PAGES),
            Trap.walkedInto(
                    "follows a marker that is told again and again",
                    AzureTricks::repeatsMarker,
                    Trap.FOLLOWS_TOKENS,
                    Trap.PAGES),
            Trap.noticed("is led in circles", AzureTricks::goesInCircles, Trap.PAGES),
            Trap.seenThrough("is told of empty pages", FakeAzure::returnsEmptyPages, Trap.LISTINGS),
            Trap.walkedInto(
                    "ends at an empty page", FakeAzure::returnsEmptyPages, Trap.ENDS_AT_AN_EMPTY_PAGE, Trap.LISTINGS),
            Trap.seenThrough("is shown folders without a slash", FakeAzure::keepsFolders, FOLDERS),
            Trap.noticed("is shown folders without a slash, and not told so", AzureTricks::hidesFolders, FOLDERS),
            Trap.seenThrough("asks for a version in vain", AzureTricks::heedsNoConditions, VERSIONS),
            Trap.noticed(
                    "asks for a version in vain, and is not told which one comes",
                    AzureTricks::tellsNoVersions,
                    VERSIONS),
            Trap.noticed("has packed blobs unpacked on their way", AzureTricks::unpacks, PACKED),
            Trap.noticed(
                    "has packed blobs unpacked on their way, and is not told how long they are",
                    AzureTricks::unpacksSilently,
                    PACKED),
            Trap.noticed("has blobs changed whenever they are about to be read", AzureTricks::changes, READS));

    @TestFactory
    Stream<DynamicTest> trapsAreHandledOrDetected() {
        return Trap.tests(Liar.class, TRAPS);
    }

    @Lying
    static class Liar extends SourceContract {

        static List<Lie<Source>> lies() {
            return Trap.lies(TRAPS);
        }

        private final AzureElsewhere elsewhere;

        Liar(Lie<Source> lie) {
            elsewhere = AzureElsewhere.create(Credentials.SAS, lie::over);
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
