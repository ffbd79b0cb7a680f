package dev.waybill.connectors;

import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Faults of sources in listings, which the contract tests must detect. */
final class SourceListingLies {

    static final List<Lie<Source>> ALL = List.of(
            lie(
                    "calls a file by its key alone",
                    "list",
                    each(file -> file(file.key(), file.key(), file.sizeBytes(), file.version(), file.kind(), file)),
                    "oddKeysStayAsTheyAreAndApart",
                    "oneFileIsFoundByItsKey",
                    "whatWasPutIsListed"),
            lie(
                    "tells the version that it saw first",
                    "list",
                    call -> page(
                            call,
                            file -> file(
                                    file.id(),
                                    file.key(),
                                    file.sizeBytes(),
                                    (String) call.memory().computeIfAbsent(file.key(), key -> file.version()),
                                    file.kind(),
                                    file)),
                    "aVersionIsTheContents"),
            lie(
                    "lists as much as it likes",
                    "list",
                    call -> call.with(2, 1_000).proceed(),
                    "aFolderEndsAtItsSlash",
                    "filesThatComeAndGoBehindACursorDoNotShiftIt",
                    "keysComeInTheirOrderInPagesThatAreBounded",
                    "oddKeysStayAsTheyAreAndApart"),
            lie(
                    "knows its own cursors only",
                    "list",
                    call -> {
                        String cursor = call.argument(1);
                        if (cursor != null && !call.memory().containsKey(cursor)) {
                            throw new SourceException(Diagnosis.BROKEN_LISTING, "who are you?");
                        }
                        SourcePage page = call.proceed();
                        if (page.next() != null) {
                            call.memory().put(page.next(), true);
                        }
                        return page;
                    },
                    "aCursorIsGoodForAnotherInstance"),
            lie(
                    "counts files instead of going on behind one",
                    "list",
                    call -> {
                        String cursor = call.argument(1);
                        int from = cursor == null ? 0 : Integer.parseInt(cursor);
                        SourcePage all = call.with(1, null).with(2, 1_000).proceed();
                        int to = Math.min(all.files().size(), from + call.<Integer>argument(2));
                        return new SourcePage(
                                all.files().subList(Math.min(from, to), to),
                                to < all.files().size() ? String.valueOf(to) : null);
                    },
                    "filesThatComeAndGoBehindACursorDoNotShiftIt"),
            lie(
                    "promises more behind nothing",
                    "list",
                    call -> {
                        SourcePage first = call.with(1, null).proceed();
                        return first.files().isEmpty() ? new SourcePage(first.files(), "1:") : call.proceed();
                    },
                    "nothingIsAnEmptyPageAndTheEnd"),
            lie(
                    "takes a folder for a prefix",
                    "list",
                    call -> {
                        SourcePath path = call.argument(0);
                        return call.with(0, new SourcePath(path.container(), path.prefix(), false))
                                .proceed();
                    },
                    "aFolderEndsAtItsSlash"),
            lie(
                    "takes markers for files",
                    "list",
                    each(file ->
                            file(file.id(), file.key(), file.sizeBytes(), file.version(), SourceFile.Kind.FILE, file)),
                    "foldersAreMarkedAndNoFiles"),
            lie(
                    "takes all that ends in a slash for markers",
                    "list",
                    each(file -> file(
                            file.id(),
                            file.key(),
                            file.sizeBytes(),
                            file.version(),
                            file.key().endsWith("/") ? SourceFile.Kind.FOLDER_MARKER : file.kind(),
                            file)),
                    "foldersAreMarkedAndNoFiles"),
            lie(
                    "trims keys",
                    "list",
                    each(file -> file(
                            file.id().strip(),
                            file.key().strip(),
                            file.sizeBytes(),
                            file.version(),
                            file.kind(),
                            file)),
                    "oddKeysStayAsTheyAreAndApart"),
            lie(
                    "reads a plus as a space",
                    "open",
                    call -> {
                        SourceFile file = call.argument(1);
                        String key = file.key().replace('+', ' ');
                        return call.with(1, file(file.id(), key, file.sizeBytes(), file.version(), file.kind(), file))
                                .proceed();
                    },
                    "oddKeysStayAsTheyAreAndApart"),
            lie(
                    "finds whatever begins so",
                    "find",
                    call -> {
                        Optional<SourceFile> found = call.proceed();
                        SourcePath path = call.argument(0);
                        String key = call.argument(1);
                        return found.isPresent()
                                ? found
                                : call.<Source>truth().list(path, null, 1_000).files().stream()
                                        .filter(file -> file.key().startsWith(key))
                                        .findFirst();
                    },
                    "oneFileIsFoundByItsKey"));

    private SourceListingLies() {}

    private static Lie<Source> lie(String name, String method, Twist twist, String... red) {
        return Lie.of(Source.class, name, method, twist, red);
    }

    private static Twist each(UnaryOperator<SourceFile> change) {
        return call -> page(call, change);
    }

    private static SourcePage page(Lie.Call call, UnaryOperator<SourceFile> change) throws Throwable {
        SourcePage page = call.proceed();
        return new SourcePage(page.files().stream().map(change).toList(), page.next());
    }

    private static SourceFile file(
            String id, String key, long size, String version, SourceFile.Kind kind, SourceFile like) {
        return new SourceFile(
                id, key, size, like.modifiedAt(), version, like.facts(), like.contentType(), like.storageClass(), kind);
    }
}
