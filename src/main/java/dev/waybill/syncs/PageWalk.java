package dev.waybill.syncs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.syncs.LedgerEntity.Outcome;
import dev.waybill.syncs.LedgerEntity.State;
import dev.waybill.syncs.SyncRunEntity.Effort;
import dev.waybill.syncs.SyncRunEntity.Failure;
import dev.waybill.syncs.SyncRunEntity.Listing;
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

    private final RunAttempt runAttempt;
    private final SyncRunStore runs;
    private final LedgerStore ledger;
    private final DuplicateFiles duplicates;
    private final FileProcessor files;
    private final PublicationQueue publicationQueue;
    private final SyncProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;
    private final Classifier classifier;
    private final CompletableFuture<Void> stopped;
    private final Deque<PageProgress> onTheirWay = new ArrayDeque<>();
    private SyncRunEntity run;
    private long room;
    private int pageSize;

    /** Why the listing does not go on; what was begun is brought to its end first. */
    private HaltReason.Reason.@Nullable Failed broken;

    /**
     * @param run as it was taken up
     * @param room how many files may still be copied
     * @param stopped completes when the attempt is halted
     */
    PageWalk(
            RunAttempt runAttempt,
            SyncRunEntity run,
            long room,
            Stores stores,
            FileProcessor files,
            PublicationQueue publicationQueue,
            CompletableFuture<Void> stopped) {
        this.runAttempt = runAttempt;
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
        this.publicationQueue = publicationQueue;
        this.stopped = stopped;
        this.classifier = new Classifier(
                runAttempt.path(), runAttempt.filters(), runAttempt.mapping(), run.mode() == RunMode.FULL);
    }

    /** What it works with. */
    @Component
    record Stores(
            SyncRunStore runs,
            LedgerStore ledger,
            DuplicateFiles duplicates,
            SyncProperties properties,
            FaultPoints faults,
            InstantSource clock) {}

    /** Goes on to the end of the listing, or until the attempt is halted; waits for all that it began. */
    void go() throws InterruptedException {
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                walk(workers);
                if (!runAttempt.halt().isSet() && !run.listing().capped()) {
                    replay(workers);
                }
            } catch (InterruptedException abandoned) {
                runAttempt.halt().because(new HaltReason.Reason.Canceled());
                throw abandoned;
            } catch (FencedException fencedException) {
                runAttempt.halt().because(new HaltReason.Reason.Fenced());
            } catch (RuntimeException broken) {
                runAttempt.halt().because(new HaltReason.Reason.Broken(broken));
            }
        }
    }

    /** What came to its end after the attempt was halted counts too, and so does what it cost. */
    SyncRunEntity settle() {
        moveOn();
        runs.spent(run, Effort.take(runAttempt.meter()));
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
        while (!runAttempt.halt().isSet() && !(over && onTheirWay.isEmpty())) {
            moveOn();
            if (!over && onTheirWay.size() < properties.pagesAtOnce()) {
                Optional<SourcePage> listed = list(cursor);
                if (listed.isPresent()) {
                    PageProgress page = begin(workers, cursor, listed.get());
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
            runAttempt.halt().because(broken);
        }
    }

    private void await(PageProgress page) throws InterruptedException {
        try {
            CompletableFuture.anyOf(page.done(), stopped).get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One page; empty when there is none to be had. */
    private Optional<SourcePage> list(@Nullable String cursor) throws InterruptedException {
        try {
            return asked(runAttempt.meter().lists, () -> listed(cursor));
        } catch (SourceException failed) {
            broken = new HaltReason.Reason.Failed(failure(failed), failed.diagnosis());
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
            SourcePage page = runAttempt.source().list(runAttempt.path(), cursor, pageSize);
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
        while (runAttempt.pace().rest()) {
            questions.increment();
            try {
                return Optional.of(question.get());
            } catch (SourceException failed) {
                boolean throttled = failed.diagnosis() == Diagnosis.THROTTLED;
                if (throttled) {
                    runAttempt.throttled(failed.retryAfter());
                }
                throttles += throttled ? 1 : 0;
                failures += throttled ? 0 : 1;
                if (!failed.passes() || failures >= properties.tries() || throttles >= properties.patience()) {
                    throw failed;
                }
                runAttempt.meter().retries.increment();
                if (!throttled && !runAttempt.pace().pause(failures)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    static Failure failure(SourceException failed) {
        return new Failure(failed.diagnosis().name(), failed.getMessage(), failed.passes());
    }

    private PageProgress begin(ExecutorService workers, @Nullable String cursor, SourcePage listed)
            throws InterruptedException {
        PageProgress page = new PageProgress(cursor, listed);
        onTheirWay.add(page);
        List<SourceFile> found = listed.files();
        Map<String, LedgerEntity> rows = duplicates.looked(
                runAttempt.sync().scope(),
                ledger.rows(
                        runAttempt.sync().key(),
                        found.stream().map(SourceFile::id).toList()));
        for (SourceFile file : found) {
            take(workers, page, file, rows.get(file.id()));
            if (runAttempt.halt().isSet()) {
                return page;
            }
        }
        if (room <= 0) {
            page.enough();
        }
        page.ended();
        return page;
    }

    private void take(ExecutorService workers, PageProgress page, SourceFile file, @Nullable LedgerEntity before)
            throws InterruptedException {
        Classifier.Class as = classifier.classify(file, before, runAttempt.run());
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
        LedgerEntity seen = LedgerEntity.seen(runAttempt.sync(), runAttempt.run(), file, before, clock.instant());
        LedgerEntity row = isOfAFormerWorker(as, before) ? seen : Classifier.row(as, seen, before);
        if (row != null && row != before) {
            end(page, row);
        }
    }

    /** One that was fenced off may take back what it wrote last, unless this worker has written it as its own by then. */
    private boolean isOfAFormerWorker(Classifier.Class as, @Nullable LedgerEntity before) {
        return as instanceof Classifier.Class.Done
                && before != null
                && before.fence() < runAttempt.sync().fence();
    }

    /** Waits for a turn first, so that no more files wait than can be read. */
    private void copy(ExecutorService workers, PageProgress page, SourceFile file, @Nullable LedgerEntity before)
            throws InterruptedException {
        page.opened();
        runAttempt.meter().begun.increment();
        if (runAttempt.pace().enter()) {
            workers.execute(() -> files.bring(page, file, before));
        }
    }

    private void checkpoint(PageProgress page) {
        Listing listing = page.onTopOf(run.listing(), clock.instant());
        if (!runs.checkpoint(run, listing, Effort.take(runAttempt.meter()))) {
            throw new FencedException();
        }
        run = run.at(listing);
        if (listing.capped()) {
            runs.warn(
                    run,
                    "The run took %d files, as many as one may (RUN_CAP); the next one goes on behind them at once"
                            .formatted(runAttempt.sync().settings().maxObjectsPerRun()));
        }
        faults.reach("sync.checkpoint-moved");
    }

    /** What is to be tried again, and the listing did not bring: it is gone, or lies before where the listing began. */
    private void replay(ExecutorService workers) throws InterruptedException {
        for (List<LedgerEntity> some = waiting(); !some.isEmpty() && room > 0; some = waiting()) {
            PageProgress page = PageProgress.ofNoPage();
            for (LedgerEntity row : some) {
                replay(workers, page, row);
            }
            page.ended();
            await(page);
            if (runAttempt.halt().isSet()) {
                return;
            }
        }
    }

    private List<LedgerEntity> waiting() {
        return ledger.waiting(runAttempt.sync().key(), runAttempt.run(), REPLAYED);
    }

    private void replay(ExecutorService workers, PageProgress page, LedgerEntity row) throws InterruptedException {
        if (!runAttempt.path().contains(row.sourceKey())) {
            end(page, elsewhere(row));
            return;
        }
        try {
            Optional<Optional<SourceFile>> answer = asked(
                    runAttempt.meter().others, () -> runAttempt.source().look(runAttempt.path(), row.sourceKey()));
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
                runAttempt.halt().because(new HaltReason.Reason.Failed(failure(failed), failed.diagnosis()));
            } else {
                end(page, refused(taken(row), failed));
            }
        }
    }

    /** Of a file that the sync looked at before its path was another one. */
    private LedgerEntity elsewhere(LedgerEntity row) {
        return taken(row)
                .in(
                        State.SKIPPED,
                        NOT_IN_PATH,
                        "It is not within the sync's source_path any more: " + runAttempt.path());
    }

    private LedgerEntity taken(LedgerEntity row) {
        return row.takenBy(runAttempt.sync(), runAttempt.run(), clock.instant());
    }

    private static LedgerEntity refused(LedgerEntity row, SourceException failed) {
        return row.in(State.QUARANTINED, failed.diagnosis().name(), failed.getMessage())
                .after(row.attempts() + 1)
                .finishing(Outcome.QUARANTINED, 0);
    }

    private void end(PageProgress page, LedgerEntity row) {
        page.opened();
        runAttempt.meter().begun.increment();
        publicationQueue.add(page, row);
    }
}
