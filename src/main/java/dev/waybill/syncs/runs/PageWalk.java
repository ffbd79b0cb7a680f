package dev.waybill.syncs.runs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.syncs.runs.LedgerEntity.Outcome;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.runs.SyncRunEntity.Effort;
import dev.waybill.syncs.runs.SyncRunEntity.Failure;
import dev.waybill.syncs.runs.SyncRunEntity.Listing;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.syncs.settings.SyncProperties;
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
 * Walks the listing of a run page by page. A page's files are looked up in the ledger by one query and copied
 * concurrently while the next pages are listed; at most a few pages are in flight. The checkpoint advances past a page
 * when all its files are finished in the ledger and all pages before it are done, so it never passes an unfinished
 * file: a worker that takes over the run lists some pages again, and finds in the ledger what is done.
 */
final class PageWalk {

    /** How many queued or failed files are retried at a time. */
    private static final int RETRY_PAGE = 100;

    /** Divisor of the page size after a failure of the source; there are few attempts. */
    private static final int SMALLER = 4;

    /** The page size grows back by this fraction of the largest one with each page. */
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
    private final Deque<PageProgress> inFlight = new ArrayDeque<>();
    private SyncRunEntity run;
    private long remaining;
    private int pageSize;

    /** Why the listing failed; files in progress are finished first. */
    private HaltReason.Reason.@Nullable Failed broken;

    /**
     * @param run as it was claimed
     * @param remaining how many files may still be copied
     * @param stopped completes when the attempt is halted
     */
    PageWalk(
            RunAttempt runAttempt,
            SyncRunEntity run,
            long remaining,
            Stores stores,
            FileProcessor files,
            PublicationQueue publicationQueue,
            CompletableFuture<Void> stopped) {
        this.runAttempt = runAttempt;
        this.run = run;
        this.remaining = remaining;
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

    /** Its collaborators. */
    @Component
    record Stores(
            SyncRunStore runs,
            LedgerStore ledger,
            DuplicateFiles duplicates,
            SyncProperties properties,
            FaultPoints faults,
            InstantSource clock) {}

    /** Runs to the end of the listing, or until the attempt is halted; waits for all that it started. */
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

    /** Also counts the files that were finished after the halt, and the cost. */
    SyncRunEntity settle() {
        advance();
        runs.spent(run, Effort.take(runAttempt.cost()));
        return run;
    }

    private void advance() {
        while (!inFlight.isEmpty() && inFlight.peek().done().isDone()) {
            checkpoint(inFlight.remove());
        }
    }

    private void walk(ExecutorService workers) throws InterruptedException {
        @Nullable String cursor = run.listing().cursor();
        boolean over = run.listing().over();
        while (!runAttempt.halt().isSet() && !(over && inFlight.isEmpty())) {
            advance();
            if (!over && inFlight.size() < properties.pagesAtOnce()) {
                Optional<SourcePage> listed = list(cursor);
                if (listed.isPresent()) {
                    PageProgress page = begin(workers, cursor, listed.get());
                    over = page.isLast() || remaining <= 0;
                    cursor = page.next();
                } else {
                    over = true;
                }
            } else if (!inFlight.isEmpty()) {
                await(inFlight.peek());
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

    /** Lists a page; empty when it cannot be listed. */
    private Optional<SourcePage> list(@Nullable String cursor) throws InterruptedException {
        try {
            return withRetries(runAttempt.cost().lists, () -> listed(cursor));
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

    /**
     * Shrinks the page size where the source breaks off, as the page may be too large for it, and grows it again with
     * each success.
     */
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
     * Calls the source, with retries of transient failures.
     *
     * @return empty when the attempt is halted
     * @throws SourceException the last failure
     */
    private <T> Optional<T> withRetries(LongAdder requests, Supplier<T> call) throws InterruptedException {
        int failures = 0;
        int throttles = 0;
        while (runAttempt.concurrency().awaitQuiet()) {
            requests.increment();
            try {
                return Optional.of(call.get());
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
                runAttempt.cost().retries.increment();
                if (!throttled && !runAttempt.concurrency().pause(failures)) {
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
        inFlight.add(page);
        List<SourceFile> found = listed.files();
        Map<String, LedgerEntity> rows = duplicates.revalidated(
                runAttempt.sync().scope(),
                ledger.rows(
                        runAttempt.sync().key(),
                        found.stream().map(SourceFile::id).toList()));
        for (SourceFile file : found) {
            process(workers, page, file, rows.get(file.id()));
            if (runAttempt.halt().isSet()) {
                return page;
            }
        }
        if (remaining <= 0) {
            page.capped();
        }
        page.ended();
        return page;
    }

    private void process(ExecutorService workers, PageProgress page, SourceFile file, @Nullable LedgerEntity before)
            throws InterruptedException {
        Classifier.Class as = classifier.classify(file, before, runAttempt.run());
        if (as instanceof Classifier.Class.Copy) {
            if (remaining <= 0) {
                page.cut();
                return;
            }
            remaining--;
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

    /** A fenced worker may revert its last rows, unless this worker has rewritten them with its own fence by then. */
    private boolean isOfAFormerWorker(Classifier.Class as, @Nullable LedgerEntity before) {
        return as instanceof Classifier.Class.Done
                && before != null
                && before.fence() < runAttempt.sync().fence();
    }

    /** Waits for a permit first, so that no more files are queued than can be read. */
    private void copy(ExecutorService workers, PageProgress page, SourceFile file, @Nullable LedgerEntity before)
            throws InterruptedException {
        page.opened();
        runAttempt.cost().begun.increment();
        if (runAttempt.concurrency().enter()) {
            workers.execute(() -> files.process(page, file, before));
        }
    }

    private void checkpoint(PageProgress page) {
        Listing listing = page.advance(run.listing(), clock.instant());
        if (!runs.checkpoint(run, listing, Effort.take(runAttempt.cost()))) {
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

    /** Retries queued and failed files that were not listed: they are gone, or lie before the start of the listing. */
    private void replay(ExecutorService workers) throws InterruptedException {
        for (List<LedgerEntity> some = waiting(); !some.isEmpty() && remaining > 0; some = waiting()) {
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
        return ledger.waiting(runAttempt.sync().key(), runAttempt.run(), RETRY_PAGE);
    }

    private void replay(ExecutorService workers, PageProgress page, LedgerEntity row) throws InterruptedException {
        if (!runAttempt.path().contains(row.sourceKey())) {
            end(page, outsidePath(row));
            return;
        }
        try {
            Optional<Optional<SourceFile>> answer = withRetries(
                    runAttempt.cost().others, () -> runAttempt.source().find(runAttempt.path(), row.sourceKey()));
            if (answer.isEmpty()) {
                return;
            }
            Optional<SourceFile> now = answer.get();
            if (now.isPresent() && now.get().id().equals(row.sourceId())) {
                process(workers, page, now.get(), row);
            } else if (now.isPresent()) {
                end(page, outsidePath(row));
            } else {
                end(page, written(row).in(State.GONE, Diagnosis.VANISHED.name(), "It is not there any more"));
            }
        } catch (SourceException failed) {
            if (failed.diagnosis().reach() == Diagnosis.Reach.RUN) {
                runAttempt.halt().because(new HaltReason.Reason.Failed(failure(failed), failed.diagnosis()));
            } else {
                end(page, refused(written(row), failed));
            }
        }
    }

    /** For a file that was listed before the sync's path was changed. */
    private LedgerEntity outsidePath(LedgerEntity row) {
        return written(row)
                .in(
                        State.SKIPPED,
                        NOT_IN_PATH,
                        "It is not within the sync's source_path any more: " + runAttempt.path());
    }

    private LedgerEntity written(LedgerEntity row) {
        return row.writtenBy(runAttempt.sync(), runAttempt.run(), clock.instant());
    }

    private static LedgerEntity refused(LedgerEntity row, SourceException failed) {
        return row.in(State.QUARANTINED, failed.diagnosis().name(), failed.getMessage())
                .after(row.attempts() + 1)
                .finishing(Outcome.QUARANTINED, 0);
    }

    private void end(PageProgress page, LedgerEntity row) {
        page.opened();
        runAttempt.cost().begun.increment();
        publicationQueue.add(page, row);
    }
}
