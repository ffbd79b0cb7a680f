package dev.waybill.syncs.runs;

import dev.waybill.connectors.SourcePage;
import dev.waybill.syncs.runs.SyncRunEntity.Listing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Progress of one listed page: counts of its files by class, and how many are not finished yet. Thread-safe. */
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
    private boolean cappedHere;
    private int open = 1; // the classification of the page itself

    /** @param cursor of the page; null for the first one */
    PageProgress(@Nullable String cursor, SourcePage page) {
        this.cursor = cursor;
        this.next = page.next();
        this.lastKey = page.files().isEmpty() ? null : page.files().getLast().key();
    }

    /** For files that belong to no page. */
    static PageProgress ofNoPage() {
        return new PageProgress(null, new SourcePage(List.of(), null));
    }

    @Nullable
    String next() {
        return next;
    }

    /** Whether it is the last page. */
    boolean isLast() {
        return next == null;
    }

    /** Completes when all of its files are finished. */
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
                // Its row is sufficient.
            }
            case Classifier.Class.Unchanged same -> unchanged++;
            case Classifier.Class.Waiting quarantined -> waiting++;
            case Classifier.Class.Done earlier -> matched++;
            case Classifier.Class.Copy copy -> matched++;
        }
        listed += as instanceof Classifier.Class.Marker ? 0 : 1;
    }

    /** A matched file turned out to be filtered or archived. @param reason null when it is archived */
    synchronized void recount(@Nullable String reason) {
        matched--;
        if (reason == null) {
            archived++;
        } else {
            filteredBy.merge(reason, 1L, Long::sum);
        }
    }

    /** A matched file turned out not to be ready yet. */
    synchronized void recountPending() {
        matched--;
        pending++;
    }

    /** A matched file turned out to be a folder marker. */
    synchronized void recountMarker() {
        matched--;
        listed--;
        markers++;
    }

    /** One more file is unfinished. */
    synchronized void opened() {
        open++;
    }

    synchronized void ended() {
        open--;
        if (open == 0) {
            done.complete(null);
        }
    }

    /** The run reached its cap within the page, so the next run begins with this page. */
    synchronized void cut() {
        cut = true;
    }

    /** The run reached its cap with this page. */
    synchronized void capped() {
        cappedHere = true;
    }

    /** The listing advanced past this page. */
    synchronized Listing advance(Listing before, Instant now) {
        boolean capped = cut || (cappedHere && next != null);
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
