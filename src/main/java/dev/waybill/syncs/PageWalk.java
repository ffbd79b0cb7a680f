package dev.waybill.syncs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.syncs.LedgerDocument.Outcome;
import dev.waybill.syncs.LedgerDocument.State;
import dev.waybill.syncs.SyncRunDocument.Failure;
import dev.waybill.syncs.SyncRunDocument.Listing;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Goes through a listing. A page's files are looked up in the ledger by one query and copied side by side while the next
 * pages come; a few pages at most are on their way. The checkpoint moves behind a page when each of its files has its end
 * in the ledger and all pages before it are through, so it never passes an unfinished file: whoever takes the run over
 * lists some pages again, and finds in the ledger what is done.
 */
final class PageWalk {

    /** Keys that wait for another try are taken so many at a time. */
    private static final int REPLAYED = 100;

    /** What a page that a source fails with is divided by; a source has few tries. */
    private static final int SMALLER = 4;

    /** Which part of the largest page is added with each page that comes. */
    private static final int LARGER = 10;

    private static final String NOT_IN_PATH = "NOT_IN_PATH";

    private final Attempt attempt;
    private final SyncRunStore runs;
    private final LedgerStore ledger;
    private final Duplicates duplicates;
    private final FileWork files;
    private final Ends ends;
    private final SyncProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;
    private final Classifier classifier;
    private final CompletableFuture<Void> stopped;
    private final Deque<PageWork> onTheirWay = new ArrayDeque<>();
    private SyncRunDocument run;
    private long room;
    private int pageSize;

    /** Why the listing does not go on; what was begun is brought to its end first. */
    private Halt.Reason.@Nullable Failed broken;

    /**
     * @param run as it was taken up
     * @param room how many files may still be copied
     * @param stopped completes when the attempt is halted
     */
    PageWalk(
            Attempt attempt,
            SyncRunDocument run,
            long room,
            Stores stores,
            FileWork files,
            Ends ends,
            CompletableFuture<Void> stopped) {
        this.attempt = attempt;
        this.run = run;
        this.room = room;
        this.runs = stores.runs();
        this.ledger = stores.ledger();
        this.duplicates = stores.duplicates();
        this.properties = stores.properties();
        this.pageSize = properties.pageSize();
        this.faults = stores.faults();
        this.clock = stores.clock();
        this.files = files;
        this.ends = ends;
        this.stopped = stopped;
        this.classifier =
                new Classifier(attempt.path(), attempt.filters(), attempt.mapping(), run.mode() == RunMode.FULL);
    }

    /** What it works with. */
    @Component
    record Stores(
            SyncRunStore runs,
            LedgerStore ledger,
            Duplicates duplicates,
            SyncProperties properties,
            FaultPoints faults,
            InstantSource clock) {}

    /** Goes on to the end of the listing, or until the attempt is halted; waits for all that it began. */
    void go() throws InterruptedException {
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                walk(workers);
                if (!attempt.halt().isSet() && !run.listing().capped()) {
                    replay(workers);
                }
            } catch (InterruptedException abandoned) {
                attempt.halt().because(new Halt.Reason.Canceled());
                throw abandoned;
            } catch (Fenced fenced) {
                attempt.halt().because(new Halt.Reason.Fenced());
            } catch (RuntimeException broken) {
                attempt.halt().because(new Halt.Reason.Broken(broken));
            }
        }
    }

    /** What came to its end after the attempt was halted counts too, and so does what it cost. */
    SyncRunDocument settle() {
        moveOn();
        runs.spent(run, attempt.meter().take());
        return run;
    }

    private void moveOn() {
        while (!onTheirWay.isEmpty() && onTheirWay.peek().done().isDone()) {
            checkpoint(onTheirWay.remove());
        }
    }

    private void walk(ExecutorService workers) throws InterruptedException {
        @Nullable String cursor = run.listing().cursor();
        boolean over = run.listing().over();
        while (!attempt.halt().isSet() && !(over && onTheirWay.isEmpty())) {
            moveOn();
            if (!over && onTheirWay.size() < properties.pagesAtOnce()) {
                Optional<SourcePage> listed = list(cursor);
                if (listed.isPresent()) {
                    PageWork page = begin(workers, cursor, listed.get());
                    over = page.isLast() || room <= 0;
                    cursor = page.next();
                } else {
                    over = true;
                }
            } else if (!onTheirWay.isEmpty()) {
                await(onTheirWay.peek());
            }
        }
        if (broken != null) {
            attempt.halt().because(broken);
        }
    }

    private void await(PageWork page) throws InterruptedException {
        try {
            CompletableFuture.anyOf(page.done(), stopped).get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One page; empty when there is none to be had. */
    private Optional<SourcePage> list(@Nullable String cursor) throws InterruptedException {
        try {
            return asked(attempt.meter().lists, () -> listed(cursor));
        } catch (SourceException failed) {
            broken = new Halt.Reason.Failed(failure(failed), failed.diagnosis());
            return Optional.empty();
        }
    }

    private SourcePage listed(@Nullable String cursor) {
        SourcePage page = page(cursor);
        if (page.next() != null && page.next().equals(cursor)) {
            throw new SourceException(
                    Diagnosis.BROKEN_LISTING, "The source's listing goes in circles: it told the same place twice");
        }
        faults.reach("sync.page-listed");
        return page;
    }

    /** Fewer files than before where the source breaks off: they may be too many for it. More again while it does not. */
    private SourcePage page(@Nullable String cursor) {
        try {
            SourcePage page = attempt.source().list(attempt.path(), cursor, pageSize);
            int more = Math.max(1, properties.pageSize() / LARGER);
            pageSize = Math.min(properties.pageSize(), pageSize + more);
            return page;
        } catch (SourceException failed) {
            if (failed.diagnosis() == Diagnosis.NETWORK) {
                pageSize = Math.max(1, pageSize / SMALLER);
            }
            throw failed;
        }
    }

    /**
     * Asks the source, and again where that may help.
     *
     * @return empty when the attempt is halted
     * @throws SourceException the last one
     */
    private <T> Optional<T> asked(LongAdder questions, Supplier<T> question) throws InterruptedException {
        int failures = 0;
        int throttles = 0;
        while (attempt.pace().rest()) {
            questions.increment();
            try {
                return Optional.of(question.get());
            } catch (SourceException failed) {
                boolean throttled = failed.diagnosis() == Diagnosis.THROTTLED;
                if (throttled) {
                    attempt.throttled(failed.retryAfter());
                }
                throttles += throttled ? 1 : 0;
                failures += throttled ? 0 : 1;
                if (!failed.passes() || failures >= properties.tries() || throttles >= properties.patience()) {
                    throw failed;
                }
                attempt.meter().retries.increment();
                if (!throttled && !attempt.pace().pause(failures)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    static Failure failure(SourceException failed) {
        return new Failure(failed.diagnosis().name(), failed.getMessage(), failed.passes());
    }

    private PageWork begin(ExecutorService workers, @Nullable String cursor, SourcePage listed)
            throws InterruptedException {
        PageWork page = new PageWork(cursor, listed);
        onTheirWay.add(page);
        List<SourceFile> found = listed.files();
        Map<String, LedgerDocument> rows = duplicates.looked(
                attempt.sync().scope(),
                ledger.rows(
                        attempt.sync().key(), found.stream().map(SourceFile::id).toList()));
        for (SourceFile file : found) {
            take(workers, page, file, rows.get(file.id()));
            if (attempt.halt().isSet()) {
                return page;
            }
        }
        if (room <= 0) {
            page.enough();
        }
        page.ended();
        return page;
    }

    private void take(ExecutorService workers, PageWork page, SourceFile file, @Nullable LedgerDocument before)
            throws InterruptedException {
        Classifier.Class as = classifier.classify(file, before, attempt.run());
        if (as instanceof Classifier.Class.Copy) {
            if (room <= 0) {
                page.cut();
                return;
            }
            room--;
        }
        page.count(as);
        if (as instanceof Classifier.Class.Copy) {
            copy(workers, page, file, before);
            return;
        }
        LedgerDocument seen = LedgerDocument.seen(attempt.sync(), attempt.run(), file, before, clock.instant());
        LedgerDocument row = isOfAFormerWorker(as, before) ? seen : Classifier.row(as, seen, before);
        if (row != null && row != before) {
            end(page, row);
        }
    }

    /** One that was fenced off may take back what it wrote last, unless this worker has written it as its own by then. */
    private boolean isOfAFormerWorker(Classifier.Class as, @Nullable LedgerDocument before) {
        return as instanceof Classifier.Class.Done
                && before != null
                && before.fence() < attempt.sync().fence();
    }

    /** Waits for a turn first, so that no more files wait than can be read. */
    private void copy(ExecutorService workers, PageWork page, SourceFile file, @Nullable LedgerDocument before)
            throws InterruptedException {
        page.opened();
        attempt.meter().begun.increment();
        if (attempt.pace().enter()) {
            workers.execute(() -> files.bring(page, file, before));
        }
    }

    private void checkpoint(PageWork page) {
        Listing listing = page.onTopOf(run.listing(), clock.instant());
        if (!runs.checkpoint(run, listing, attempt.meter().take())) {
            throw new Fenced();
        }
        run = run.at(listing);
        if (listing.capped()) {
            runs.warn(
                    run,
                    "The run took %d files, as many as one may (RUN_CAP); the next one goes on behind them at once"
                            .formatted(attempt.sync().settings().maxObjectsPerRun()));
        }
        faults.reach("sync.checkpoint-moved");
    }

    /** What is to be tried again, and the listing did not bring: it is gone, or lies before where the listing began. */
    private void replay(ExecutorService workers) throws InterruptedException {
        for (List<LedgerDocument> some = waiting(); !some.isEmpty() && room > 0; some = waiting()) {
            PageWork page = PageWork.ofNoPage();
            for (LedgerDocument row : some) {
                replay(workers, page, row);
            }
            page.ended();
            await(page);
            if (attempt.halt().isSet()) {
                return;
            }
        }
    }

    private List<LedgerDocument> waiting() {
        return ledger.waiting(attempt.sync().key(), attempt.run(), REPLAYED);
    }

    private void replay(ExecutorService workers, PageWork page, LedgerDocument row) throws InterruptedException {
        if (!attempt.path().contains(row.sourceKey())) {
            end(page, elsewhere(row));
            return;
        }
        try {
            Optional<Optional<SourceFile>> answer =
                    asked(attempt.meter().others, () -> attempt.source().look(attempt.path(), row.sourceKey()));
            if (answer.isEmpty()) {
                return;
            }
            Optional<SourceFile> now = answer.get();
            if (now.isPresent() && now.get().id().equals(row.sourceId())) {
                take(workers, page, now.get(), row);
            } else if (now.isPresent()) {
                end(page, elsewhere(row));
            } else {
                end(page, taken(row).in(State.GONE, Diagnosis.VANISHED.name(), "It is not there any more"));
            }
        } catch (SourceException failed) {
            if (failed.diagnosis().reach() == Diagnosis.Reach.RUN) {
                attempt.halt().because(new Halt.Reason.Failed(failure(failed), failed.diagnosis()));
            } else {
                end(page, refused(taken(row), failed));
            }
        }
    }

    /** Of a file that the sync looked at before its path was another one. */
    private LedgerDocument elsewhere(LedgerDocument row) {
        return taken(row)
                .in(State.SKIPPED, NOT_IN_PATH, "It is not within the sync's source_path any more: " + attempt.path());
    }

    private LedgerDocument taken(LedgerDocument row) {
        return row.takenBy(attempt.sync(), attempt.run(), clock.instant());
    }

    private static LedgerDocument refused(LedgerDocument row, SourceException failed) {
        return row.in(State.QUARANTINED, failed.diagnosis().name(), failed.getMessage())
                .after(row.attempts() + 1)
                .finishing(Outcome.QUARANTINED, 0);
    }

    private void end(PageWork page, LedgerDocument row) {
        page.opened();
        attempt.meter().begun.increment();
        ends.add(page, row);
    }
}
