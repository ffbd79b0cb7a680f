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

/** A paged listing over a store's continuation tokens, which detects cycles. */
public final class TokenListing {

    private static final int MAX_PAGE = 1_000;

    private final String name;
    private final Pages store;

    /** @param name of the store, for messages */
    public TokenListing(String name, Pages store) {
        this.name = name;
        this.store = store;
    }

    /** The listing API of a store that has buckets. */
    public interface Pages {

        /**
         * A page of the files whose keys begin with a prefix.
         *
         * @param token null for the first page
         * @param from the first wanted key; empty for any, and always where a store cannot start at a key
         * @param max page size, 1 to 1000
         * @throws SourceException {@link Diagnosis#BROKEN_LISTING} when it rejects the token
         */
        Page fetchPage(String bucket, String prefix, @Nullable String token, String from, int max);

        /** One file as a listing shows it; empty when it does not exist. */
        Optional<SourceFile> find(String bucket, String key);

        /** Whether its pages are in the order of their keys, so that it can start at any. */
        boolean beginsAtKeys();
    }

    /**
     * A page of the store's listing.
     *
     * @param next null on the last page
     */
    public record Page(List<SourceFile> files, @Nullable String next) {}

    /** See {@link dev.waybill.connectors.Source#list}. */
    public SourcePage page(SourcePath path, @Nullable String cursor, int max) {
        if (max < 1 || max > MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to %d files".formatted(MAX_PAGE));
        }
        ListingCursor position = ListingCursor.read(cursor);
        List<SourceFile> files = new ArrayList<>();
        if (cursor == null && !prefix(path).equals(path.prefix())) {
            // Between a folder's own name and its content, there may be millions of siblings: it is requested
            // separately.
            namesake(path).ifPresent(files::add);
        }
        if (files.size() == max) {
            return new SourcePage(files, new ListingCursor(null, path.prefix()).cursor());
        }
        return follow(path, position, max, files);
    }

    /** See {@link dev.waybill.connectors.Source#find}. */
    public Optional<SourceFile> find(SourcePath path, String key) {
        return path.contains(key) && !key.isEmpty() ? store.find(path.container(), key) : Optional.empty();
    }

    /**
     * The file with the folder's own name. Empty without the permission for it, as credentials may be limited to the
     * folder's content.
     */
    private Optional<SourceFile> namesake(SourcePath path) {
        try {
            return store.find(path.container(), path.prefix());
        } catch (SourceException refused) {
            if (refused.diagnosis() == Diagnosis.ACCESS_DENIED || refused.diagnosis() == Diagnosis.ACCESS_DENIED_READ) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private SourcePage follow(SourcePath path, ListingCursor position, int max, List<SourceFile> files) {
        int wanted = max - files.size();
        Page page = nextPage(path, position, wanted);
        List<SourceFile> listed = page.files().stream()
                .filter(file -> !file.key().equals(position.after()))
                .toList();
        listed.stream().limit(wanted).filter(file -> path.contains(file.key())).forEach(files::add);
        if (listed.size() > wanted) {
            return new SourcePage(
                    files, new ListingCursor(null, listed.get(wanted - 1).key()).cursor());
        }
        String token = page.next();
        if (token == null) {
            return new SourcePage(files, null);
        }
        boolean isRepeated = token.equals(position.token());
        if (isRepeated && (!store.beginsAtKeys() || listed.isEmpty())) {
            throw broken("tells of the same place again and again");
        }
        String last = listed.isEmpty() ? position.after() : listed.getLast().key();
        return new SourcePage(files, new ListingCursor(isRepeated ? null : token, last).cursor());
    }

    /** The page after a cursor: by its token, or otherwise by its key, and then perhaps with one more file. */
    private Page nextPage(SourcePath path, ListingCursor position, int max) {
        boolean mayBegin = store.beginsAtKeys();
        if (position.token() != null) {
            try {
                Page page = fetchPage(path, position.token(), "", max);
                if (isAfter(position, page)) {
                    return page;
                }
            } catch (SourceException refused) {
                // The token may have expired.
                if (refused.diagnosis() != Diagnosis.BROKEN_LISTING || !mayBegin) {
                    throw refused;
                }
            }
            if (!mayBegin) {
                throw broken("tells of the same files again and again");
            }
        }
        if (!mayBegin || position.after().isEmpty()) {
            return fetchPage(path, null, "", max);
        }
        // The first of them is the last one that was listed, unless it was deleted.
        Page page = fetchPage(path, null, position.after(), Math.min(max + 1, MAX_PAGE));
        if (!isAtOrAfter(position, page)) {
            throw broken("tells of the same files again and again");
        }
        return page;
    }

    private Page fetchPage(SourcePath path, @Nullable String token, String from, int max) {
        Page page = store.fetchPage(path.container(), prefix(path), token, from, max);
        if (page.files().size() > max) {
            throw broken("tells of more files than it was asked for");
        }
        return page;
    }

    private boolean isAfter(ListingCursor position, Page page) {
        if (page.files().isEmpty()) {
            return true;
        }
        return store.beginsAtKeys()
                ? position.isBefore(page.files().getFirst().key())
                : page.files().stream().noneMatch(file -> file.key().equals(position.after()));
    }

    /** After it, or starting with the very file that was the last one. */
    private static boolean isAtOrAfter(ListingCursor position, Page page) {
        if (page.files().isEmpty()) {
            return true;
        }
        String first = page.files().getFirst().key();
        return first.equals(position.after()) || position.isBefore(first);
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
