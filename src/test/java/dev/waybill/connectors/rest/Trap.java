package dev.waybill.connectors.rest;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A fault of a provider's server, and the reader: the source as it is, or one with a flaw.
 *
 * @param lie its name, the flaw if there is one, and the contract tests that fail
 * @param set injects the fault
 * @param tried the contract tests that run with it in every build
 */
public record Trap<F>(Lie<Source> lie, Consumer<F> set, List<String> tried) {

    /** The contract tests that list page by page. */
    public static final List<String> PAGES = List.of(
            "aCursorIsGoodForAnotherInstance",
            "aFolderEndsAtItsSlash",
            "filesThatComeAndGoBehindACursorDoNotShiftIt",
            "keysComeInTheirOrderInPagesThatAreBounded",
            "oddKeysStayAsTheyAreAndApart");

    /** Those of them that list more than two pages. */
    public static final List<String> MANY_PAGES =
            PAGES.stream().filter(test -> !test.equals("aFolderEndsAtItsSlash")).toList();

    /** Those that need any file of a listing. */
    public static final List<String> LISTINGS = List.of(
            "aCursorIsGoodForAnotherInstance",
            "aFolderEndsAtItsSlash",
            "aStreamThatIsClosedEarlyBlocksNothing",
            "aVersionIsTheContents",
            "anEmptyFileIsAFile",
            "anotherVersionIsNeverRead",
            "bytesAreReadAsTheyAre",
            "filesThatComeAndGoBehindACursorDoNotShiftIt",
            "foldersAreMarkedAndNoFiles",
            "keysComeInTheirOrderInPagesThatAreBounded",
            "metadataIsReturnedInLowerCase",
            "oddKeysStayAsTheyAreAndApart",
            "oneFileIsFoundByItsKey",
            "readingGoesOnInTheMiddle",
            "tagsAreReturnedAsTheyAre",
            "aMissingFileIsReportedAsVanished",
            "whatIsPackedStaysSo",
            "whatWasPutIsListed");

    /** Those that read a file while it is there. */
    public static final List<String> READS = List.of(
            "aStreamThatIsClosedEarlyBlocksNothing",
            "anEmptyFileIsAFile",
            "bytesAreReadAsTheyAre",
            "manyMayReadAtOnce",
            "metadataIsReturnedInLowerCase",
            "oddKeysStayAsTheyAreAndApart",
            "readingGoesOnInTheMiddle",
            "whatIsPackedStaysSo",
            "whatWorksIsChecked");

    /** A flaw: an empty page ends the listing. */
    public static final Twist ENDS_AT_AN_EMPTY_PAGE = call -> {
        SourcePage page = call.proceed();
        return page.files().isEmpty() ? new SourcePage(page.files(), null) : page;
    };

    /** A flaw: tokens are followed without cycle detection. */
    public static final Twist FOLLOWS_TOKENS = call -> {
        SourcePath path = call.argument(0);
        TokenListing.Page page = call.<TokenListing.Pages>truth()
                .fetchPage(path.container(), path.prefix(), call.argument(1), "", call.<Integer>argument(2));
        List<SourceFile> files =
                page.files().stream().filter(file -> path.contains(file.key())).toList();
        return new SourcePage(files, page.next());
    };

    /** A fault that the source handles: no test fails. */
    public static <F> Trap<F> seenThrough(String name, Consumer<F> set, List<String> tried) {
        return new Trap<>(Lie.of(Source.class, name, "list", Lie.Call::proceed), set, tried);
    }

    /** A fault with which the source cannot meet the contract, and reports that. */
    public static <F> Trap<F> noticed(String name, Consumer<F> set, List<String> red) {
        return walkedInto(name, set, Lie.Call::proceed, red);
    }

    /** A fault that a source with a flaw does not handle. */
    public static <F> Trap<F> walkedInto(String name, Consumer<F> set, Twist flaw, List<String> red) {
        return new Trap<>(Lie.of(Source.class, name, "list", flaw, red.toArray(String[]::new)), set, red);
    }

    /** A test for each. @param liar with these, in this order */
    public static <F> Stream<DynamicTest> tests(Class<?> liar, List<Trap<F>> traps) {
        return Kits.some(liar, lies(traps), traps.stream().map(Trap::tried).toList());
    }

    public static <F> List<Lie<Source>> lies(List<Trap<F>> traps) {
        return traps.stream().map(Trap::lie).toList();
    }

    /** Injects the fault that belongs to a lie. */
    public static <F> void set(List<Trap<F>> traps, Lie<Source> lie, F server) {
        traps.stream()
                .filter(trap -> trap.lie().equals(lie))
                .forEach(trap -> trap.set().accept(server));
    }
}
