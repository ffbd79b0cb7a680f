package dev.waybill.syncs;

import dev.waybill.connectors.SourcePage;
import dev.waybill.syncs.SyncRunEntity.Listing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One page on its way: what its files were found to be, and how many of them have no end yet. Thread-safe. */
final class PageProgress {

    private final @Nullable String cursor;
    private final @Nullable String next;
    private final @Nullable String lastKey;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Map<String, Long> filteredBy = new TreeMap<>();
    private long listed;
    private long markers;
    private long matched;
    private long unchanged;
    private long waiting;
    private long archived;
    private long pending;
    private boolean cut;
    private boolean enough;
    private int open = 1; // its own classification

    /** @param cursor where it begins; null for the start */
    PageProgress(@Nullable String cursor, SourcePage page) {
        this.cursor = cursor;
        this.next = page.next();
        this.lastKey = page.files().isEmpty() ? null : page.files().getLast().key();
    }

    /** Some that belong to no page. */
    static PageProgress ofNoPage() {
        return new PageProgress(null, new SourcePage(List.of(), null));
    }

    @Nullable
    String next() {
        return next;
    }

    /** Whether there is no page behind it. */
    boolean isLast() {
        return next == null;
    }

    /** Completes when each of its files has its end. */
    CompletableFuture<Void> done() {
        return done;
    }

    synchronized void count(Classifier.Class as) {
        switch (as) {
            case Classifier.Class.Marker marker -> markers++;
            case Classifier.Class.Filtered filtered ->
                filteredBy.merge(filtered.refusal().reason().name(), 1L, Long::sum);
            case Classifier.Class.FilteredBefore before -> filteredBy.merge(before.reason(), 1L, Long::sum);
            case Classifier.Class.Archived gone -> archived++;
            case Classifier.Class.Pending later -> pending++;
            case Classifier.Class.Unavailable never -> {
                // Its row says it all.
            }
            case Classifier.Class.Unchanged same -> unchanged++;
            case Classifier.Class.Waiting quarantined -> waiting++;
            case Classifier.Class.Done earlier -> matched++;
            case Classifier.Class.Copy copy -> matched++;
        }
        listed += as instanceof Classifier.Class.Marker ? 0 : 1;
    }

    /** One that was to be copied turned out to be nothing for it. @param reason null when it is archived */
    synchronized void recount(@Nullable String reason) {
        matched--;
        if (reason == null) {
            archived++;
        } else {
            filteredBy.merge(reason, 1L, Long::sum);
        }
    }

    /** One that was to be copied turned out not to be ready yet. */
    synchronized void recountPending() {
        matched--;
        pending++;
    }

    /** One that was to be copied turned out to stand for a folder. */
    synchronized void recountMarker() {
        matched--;
        listed--;
        markers++;
    }

    /** One more file has yet to come to its end. */
    synchronized void opened() {
        open++;
    }

    synchronized void ended() {
        open--;
        if (open == 0) {
            done.complete(null);
        }
    }

    /** The run has enough before the page is through, so the next one begins with this page. */
    synchronized void cut() {
        cut = true;
    }

    /** The run has enough with this page. */
    synchronized void enough() {
        enough = true;
    }

    /** The listing with this page behind it. */
    synchronized Listing onTopOf(Listing before, Instant now) {
        boolean capped = cut || (enough && next != null);
        Map<String, Long> filtered = new TreeMap<>(before.filteredBy());
        filteredBy.forEach((reason, count) -> filtered.merge(reason, count, Long::sum));
        return new Listing(
                before.from(),
                cut ? cursor : next,
                lastKey == null || cut ? before.lastKey() : lastKey,
                capped || next == null,
                !capped && next == null && before.from() == null,
                capped,
                now,
                before.pages() + 1,
                before.listed() + listed,
                before.markers() + markers,
                before.matched() + matched,
                filtered,
                before.unchanged() + unchanged,
                before.waiting() + waiting,
                before.archived() + archived,
                before.pending() + pending);
    }
}
