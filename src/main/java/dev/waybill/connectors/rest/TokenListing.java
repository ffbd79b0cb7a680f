package dev.waybill.connectors.rest;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ListingCursor;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists page by page what a store lists by tokens, and never in circles. */
public final class TokenListing {

    private static final int MAX_PAGE = 1_000;

    private final String name;
    private final Pages store;

    /** @param name as the store's users call it */
    public TokenListing(String name, Pages store) {
        this.name = name;
        this.store = store;
    }

    /** How a store that has buckets tells of its files. */
    public interface Pages {

        /**
         * A page of all files whose keys begin so.
         *
         * @param token null for the first page
         * @param from the first key that is wanted; empty for any, and always where a store cannot begin at a key
         * @param max how many files at most, 1 to 1000
         * @throws SourceException {@link Diagnosis#BROKEN_LISTING} when it does not take the token
         */
        Page ask(String bucket, String prefix, @Nullable String token, String from, int max);

        /** One file as a listing shows it; empty when it is not there. */
        Optional<SourceFile> find(String bucket, String key);

        /** Whether its pages are in the order of their keys, so that it can begin at any. */
        boolean beginsAtKeys();
    }

    /**
     * What it tells.
     *
     * @param next null at the end
     */
    public record Page(List<SourceFile> files, @Nullable String next) {}

    /** See {@link dev.waybill.connectors.Source#list}. */
    public SourcePage page(SourcePath path, @Nullable String cursor, int max) {
        if (max < 1 || max > MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to %d files".formatted(MAX_PAGE));
        }
        ListingCursor place = ListingCursor.read(cursor);
        List<SourceFile> files = new ArrayList<>();
        if (cursor == null && !prefix(path).equals(path.prefix())) {
            // Between a folder's own name and what is in it, siblings may lie by the million: it is asked for apart.
            bearer(path).ifPresent(files::add);
        }
        if (files.size() == max) {
            return new SourcePage(files, new ListingCursor(null, path.prefix()).cursor());
        }
        return follow(path, place, max, files);
    }

    /** See {@link dev.waybill.connectors.Source#look}. */
    public Optional<SourceFile> look(SourcePath path, String key) {
        return path.contains(key) && !key.isEmpty() ? store.find(path.container(), key) : Optional.empty();
    }

    /** The file that is called as the folder is. Whoever may see only what is in the folder is not told of it. */
    private Optional<SourceFile> bearer(SourcePath path) {
        try {
            return store.find(path.container(), path.prefix());
        } catch (SourceException refused) {
            if (refused.diagnosis() == Diagnosis.ACCESS_DENIED || refused.diagnosis() == Diagnosis.ACCESS_DENIED_READ) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private SourcePage follow(SourcePath path, ListingCursor place, int max, List<SourceFile> files) {
        int wanted = max - files.size();
        Page page = goingOn(path, place, wanted);
        List<SourceFile> told = page.files().stream()
                .filter(file -> !file.key().equals(place.after()))
                .toList();
        told.stream().limit(wanted).filter(file -> path.contains(file.key())).forEach(files::add);
        if (told.size() > wanted) {
            return new SourcePage(
                    files, new ListingCursor(null, told.get(wanted - 1).key()).cursor());
        }
        String token = page.next();
        if (token == null) {
            return new SourcePage(files, null);
        }
        boolean isRepeated = token.equals(place.token());
        if (isRepeated && (!store.beginsAtKeys() || told.isEmpty())) {
            throw broken("tells of the same place again and again");
        }
        String last = told.isEmpty() ? place.after() : told.getLast().key();
        return new SourcePage(files, new ListingCursor(isRepeated ? null : token, last).cursor());
    }

    /** The page behind a place: by its token, or else by its key, and then perhaps with one file more. */
    private Page goingOn(SourcePath path, ListingCursor place, int max) {
        boolean mayBegin = store.beginsAtKeys();
        if (place.token() != null) {
            try {
                Page page = ask(path, place.token(), "", max);
                if (isBehind(place, page)) {
                    return page;
                }
            } catch (SourceException refused) {
                // The token may be too old.
                if (refused.diagnosis() != Diagnosis.BROKEN_LISTING || !mayBegin) {
                    throw refused;
                }
            }
            if (!mayBegin) {
                throw broken("tells of the same files again and again");
            }
        }
        if (!mayBegin || place.after().isEmpty()) {
            return ask(path, null, "", max);
        }
        // The first of them is the last one that was told, unless it is gone.
        Page page = ask(path, null, place.after(), Math.min(max + 1, MAX_PAGE));
        if (!isAtOrBehind(place, page)) {
            throw broken("tells of the same files again and again");
        }
        return page;
    }

    private Page ask(SourcePath path, @Nullable String token, String from, int max) {
        Page page = store.ask(path.container(), prefix(path), token, from, max);
        if (page.files().size() > max) {
            throw broken("tells of more files than it was asked for");
        }
        return page;
    }

    private boolean isBehind(ListingCursor place, Page page) {
        if (page.files().isEmpty()) {
            return true;
        }
        return store.beginsAtKeys()
                ? place.isBefore(page.files().getFirst().key())
                : page.files().stream().noneMatch(file -> file.key().equals(place.after()));
    }

    /** Behind it, or with the very file that was the last one. */
    private static boolean isAtOrBehind(ListingCursor place, Page page) {
        if (page.files().isEmpty()) {
            return true;
        }
        String first = page.files().getFirst().key();
        return first.equals(place.after()) || place.isBefore(first);
    }

    private static String prefix(SourcePath path) {
        String prefix = path.prefix();
        return path.isFolder() && !prefix.isEmpty() && !prefix.endsWith("/") ? prefix + "/" : prefix;
    }

    private SourceException broken(String how) {
        return new SourceException(
                Diagnosis.BROKEN_LISTING,
                "%s %s; nothing can be told of what lies there until it is mended".formatted(name, how));
    }
}
