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
 * What a provider's server does to whoever reads from it, and who reads: the source as it is, or one with a flaw.
 *
 * @param lie how it is called, the flaw if there is one, and the tests of the kit that turn red
 * @param set sets it
 * @param tried the tests of the kit that meet it in every build
 */
public record Trap<F>(Lie<Source> lie, Consumer<F> set, List<String> tried) {

    /** The tests of the kit that list page by page. */
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
            "aStreamThatIsClosedEarlyHoldsNothingUp",
            "aVersionIsTheContents",
            "anEmptyFileIsAFile",
            "anotherVersionIsNeverRead",
            "bytesAreReadAsTheyAre",
            "filesThatComeAndGoBehindACursorDoNotShiftIt",
            "foldersAreMarkedAndNoFiles",
            "keysComeInTheirOrderInPagesThatAreBounded",
            "metadataIsToldInLowerCase",
            "oddKeysStayAsTheyAreAndApart",
            "oneFileIsLookedAt",
            "readingGoesOnInTheMiddle",
            "tagsAreToldAsTheyAre",
            "whatIsGoneIsToldSo",
            "whatIsPackedStaysSo",
            "whatWasPutIsListed");

    /** Those that read a file while it is there. */
    public static final List<String> READS = List.of(
            "aStreamThatIsClosedEarlyHoldsNothingUp",
            "anEmptyFileIsAFile",
            "bytesAreReadAsTheyAre",
            "manyMayAskAtOnce",
            "metadataIsToldInLowerCase",
            "oddKeysStayAsTheyAreAndApart",
            "readingGoesOnInTheMiddle",
            "whatIsPackedStaysSo",
            "whatWorksIsChecked");

    /** A flaw: an empty page is taken for the end. */
    public static final Twist ENDS_AT_AN_EMPTY_PAGE = call -> {
        SourcePage page = call.proceed();
        return page.files().isEmpty() ? new SourcePage(page.files(), null) : page;
    };

    /** A flaw: tokens are followed wherever they lead. */
    public static final Twist FOLLOWS_TOKENS = call -> {
        SourcePath path = call.argument(0);
        TokenListing.Page page = call.<TokenListing.Pages>truth()
                .ask(path.container(), path.prefix(), call.argument(1), "", call.<Integer>argument(2));
        List<SourceFile> files =
                page.files().stream().filter(file -> path.contains(file.key())).toList();
        return new SourcePage(files, page.next());
    };

    /** One that the source sees through: nothing turns red. */
    public static <F> Trap<F> seenThrough(String name, Consumer<F> set, List<String> tried) {
        return new Trap<>(Lie.of(Source.class, name, "list", Lie.Call::proceed), set, tried);
    }

    /** One in which the source cannot keep the kit's promises, and says so. */
    public static <F> Trap<F> noticed(String name, Consumer<F> set, List<String> red) {
        return walkedInto(name, set, Lie.Call::proceed, red);
    }

    /** One into which a source walks that lists with a flaw. */
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

    /** Sets the one that belongs to a lie. */
    public static <F> void set(List<Trap<F>> traps, Lie<Source> lie, F server) {
        traps.stream()
                .filter(trap -> trap.lie().equals(lie))
                .forEach(trap -> trap.set().accept(server));
    }
}
