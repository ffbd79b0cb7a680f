package dev.waybill.syncs.runs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.syncs.runs.LedgerEntity.Outcome;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.runs.SyncRunEntity.Failure;
import dev.waybill.syncs.settings.SyncProperties;
import dev.waybill.syncs.transfer.FileCopy;
import dev.waybill.syncs.transfer.FileRefused;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Processes one file of a run: copies it, with retries, and queues its outcome for publication. Where the source as a
 * whole fails, the run is halted instead.
 */
final class FileProcessor {

    private static final Logger log = LoggerFactory.getLogger(FileProcessor.class);

    /** So many files in a row that fail with the same diagnosis are a failure of the source. */
    private static final int IN_A_ROW = 5;

    private final RunAttempt runAttempt;
    private final FileCopy copies;
    private final PublicationQueue publicationQueue;
    private final SyncProperties properties;
    private final InstantSource clock;
    private @Nullable Diagnosis cause;
    private int inARow;

    FileProcessor(
            RunAttempt runAttempt,
            FileCopy copies,
            PublicationQueue publicationQueue,
            SyncProperties properties,
            InstantSource clock) {
        this.runAttempt = runAttempt;
        this.copies = copies;
        this.publicationQueue = publicationQueue;
        this.properties = properties;
        this.clock = clock;
    }

    /** A file's attempts so far. @param throttles how often the source throttled */
    private record Tries(SourceFile file, int failures, int throttles) {

        Tries failed(SourceFile now) {
            return new Tries(now, failures + 1, throttles);
        }

        Tries throttled() {
            return new Tries(file, failures, throttles + 1);
        }
    }

    /**
     * Processes a file. The caller holds a permit, which the first attempt releases.
     *
     * @param before its ledger row; null when it was never seen
     */
    void process(PageProgress page, SourceFile file, @Nullable LedgerEntity before) {
        Optional<Tries> next = Optional.of(new Tries(file, 0, 0));
        try {
            while (next.isPresent()) {
                Tries tries = next.get();
                next = attempt(page, tries, before);
                if (next.isPresent() && !acquireForRetry(tries, next.get())) {
                    return;
                }
            }
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("nothing interrupts this thread", impossible);
        } catch (RuntimeException broken) {
            runAttempt.halt().because(new HaltReason.Reason.Broken(broken));
        } catch (Error fatal) {
            runAttempt.halt().because(fatal);
            throw fatal;
        }
    }

    /** Acquires a permit for the next attempt. @return false when the run stops */
    private boolean acquireForRetry(Tries before, Tries next) throws InterruptedException {
        runAttempt.cost().retries.increment();
        boolean failed = next.failures() > before.failures();
        return (!failed || runAttempt.concurrency().pause(next.failures()))
                && runAttempt.concurrency().enter();
    }

    /** @return the next attempt; empty when the file is finished, or the run stops */
    private Optional<Tries> attempt(PageProgress page, Tries tries, @Nullable LedgerEntity before) {
        SourceFile file = tries.file();
        boolean served = false;
        try {
            FileCopy.Copied copied = copies.copy(runAttempt, file);
            served = true;
            succeeded();
            publicationQueue.add(page, new Publication.Ready(seen(file, before), copied));
            return Optional.empty();
        } catch (FileRefused refused) {
            served = true;
            succeeded();
            return refused(page, tries, before, refused);
        } catch (SourceException failed) {
            return runAttempt.halt().isSet() ? Optional.empty() : onSourceFailure(page, tries, before, failed);
        } catch (UncheckedIOException broken) {
            return runAttempt.halt().isSet()
                    ? Optional.empty()
                    : onSourceFailure(page, tries, before, brokenOff(broken));
        } catch (StorageException away) {
            return again(tries, file, () -> runAttempt.halt().because(new HaltReason.Reason.Broken(away)));
        } catch (WaybillException exceeded) {
            runAttempt.quotaExhausted(exceeded);
            return Optional.empty();
        } catch (DataAccessException away) {
            throw away;
        } catch (RuntimeException unexpected) {
            if (runAttempt.halt().isSet()) {
                return Optional.empty();
            }
            // An unexpected failure of one file must not stop the others.
            log.error(
                    "File {} cannot be copied",
                    LedgerEntity.key(runAttempt.sync().key(), file.id()),
                    unexpected);
            quarantine(page, tries, before, ErrorCode.INTERNAL.name(), "The service cannot take it: a fault of ours");
            return Optional.empty();
        } finally {
            runAttempt.concurrency().leave(served);
        }
    }

    private static SourceException brokenOff(UncheckedIOException broken) {
        return new SourceException(Diagnosis.NETWORK, "Reading it broke off again and again", true, null, broken);
    }

    private LedgerEntity seen(SourceFile file, @Nullable LedgerEntity before) {
        return LedgerEntity.seen(runAttempt.sync(), runAttempt.run(), file, before, clock.instant());
    }

    private Optional<Tries> refused(
            PageProgress page, Tries tries, @Nullable LedgerEntity before, FileRefused refused) {
        SourceFile file = tries.file();
        if (refused.passes()) {
            return again(tries, file, () -> quarantine(page, tries, before, refused.reason(), refused.sentence()));
        }
        LedgerEntity row = seen(file, before);
        if (refused.reason().equals(FileRefused.FOLDER_MARKER)) {
            page.recountMarker();
            publicationQueue.add(page, row.in(State.SKIPPED, FileRefused.FOLDER_MARKER, null));
        } else if (refused.isFiltered()) {
            page.recount(refused.reason());
            publicationQueue.add(
                    page,
                    row.in(State.FILTERED, refused.reason(), refused.sentence())
                            .refusedBy(runAttempt.filters().hash()));
        } else {
            publicationQueue.add(
                    page,
                    row.in(State.QUARANTINED, refused.reason(), refused.sentence())
                            .after(row.attempts() + 1)
                            .refusedBy(runAttempt.mapping().hash())
                            .finishing(Outcome.QUARANTINED, 0));
        }
        return Optional.empty();
    }

    private Optional<Tries> onSourceFailure(
            PageProgress page, Tries tries, @Nullable LedgerEntity before, SourceException failed) {
        SourceFile file = tries.file();
        switch (failed.diagnosis()) {
            case THROTTLED -> {
                runAttempt.throttled(failed.retryAfter());
                if (runAttempt.halt().isSet() || tries.throttles() + 1 < properties.patience()) {
                    return Optional.of(tries.throttled());
                }
                fail(page, tries, before, failed);
            }
            case ARCHIVED -> {
                page.recount(null);
                publicationQueue.add(
                        page, seen(file, before).in(State.SKIPPED, Diagnosis.ARCHIVED.name(), failed.getMessage()));
            }
            case NOT_READY -> {
                page.recountPending();
                publicationQueue.add(
                        page,
                        seen(file, before).in(State.PENDING_SOURCE, Diagnosis.NOT_READY.name(), failed.getMessage()));
            }
            case VANISHED -> gone(page, file, before);
            case CHANGED_DURING_READ -> {
                return changed(page, tries, before, failed);
            }
            default -> {
                boolean whole = failed.diagnosis().reach() == Diagnosis.Reach.RUN;
                if (whole && !failed.passes()) {
                    stop(failed);
                } else if (failed.passes()) {
                    return again(tries, file, () -> {
                        if (whole) {
                            fail(page, tries, before, failed);
                        } else {
                            quarantine(page, tries, before, failed.diagnosis().name(), failed.getMessage());
                        }
                    });
                } else {
                    quarantine(page, tries, before, failed.diagnosis().name(), failed.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    /** Retries with the current version; a file that changes all the time is left to the next run. */
    private Optional<Tries> changed(
            PageProgress page, Tries tries, @Nullable LedgerEntity before, SourceException failed) {
        Optional<SourceFile> now = reread(tries.file());
        if (now.isEmpty()) {
            gone(page, tries.file(), before);
            return Optional.empty();
        }
        return again(
                tries,
                now.get(),
                () -> publicationQueue.add(
                        page,
                        seen(now.get(), before)
                                .in(State.FAILED, failed.diagnosis().name(), failed.getMessage())
                                .finishing(Outcome.FAILED, 0)));
    }

    /** Its current listing; the old one where that cannot be read. */
    private Optional<SourceFile> reread(SourceFile file) {
        runAttempt.cost().others.increment();
        try {
            return runAttempt.source().find(runAttempt.path(), file.key());
        } catch (SourceException unknown) {
            return Optional.of(file);
        }
    }

    private void gone(PageProgress page, SourceFile file, @Nullable LedgerEntity before) {
        publicationQueue.add(
                page,
                seen(file, before)
                        .in(State.GONE, Diagnosis.VANISHED.name(), "It was listed, and was gone when it was to be read")
                        .finishing(Outcome.SKIPPED, 0));
    }

    /** A retry, or the given action when the attempts are exhausted. */
    private Optional<Tries> again(Tries tries, SourceFile file, Runnable last) {
        if (tries.failures() + 1 < properties.tries()) {
            return Optional.of(tries.failed(file));
        }
        last.run();
        return Optional.empty();
    }

    private void quarantine(
            PageProgress page, Tries tries, @Nullable LedgerEntity before, String reason, String sentence) {
        LedgerEntity row = seen(tries.file(), before);
        publicationQueue.add(
                page,
                row.in(State.QUARANTINED, reason, sentence)
                        .after(row.attempts() + tries.failures() + 1)
                        .finishing(Outcome.QUARANTINED, 0));
    }

    /** The failure is likely not the file's own; when it repeats for other files, the run stops. */
    private void fail(PageProgress page, Tries tries, @Nullable LedgerEntity before, SourceException failed) {
        if (isOneOfMany(failed.diagnosis())) {
            stop(failed);
        } else if (failed.diagnosis() == Diagnosis.THROTTLED) {
            // The file is not at fault: the next run retries it.
            publicationQueue.add(
                    page,
                    seen(tries.file(), before)
                            .in(State.FAILED, failed.diagnosis().name(), failed.getMessage())
                            .finishing(Outcome.FAILED, 0));
        } else {
            quarantine(page, tries, before, failed.diagnosis().name(), failed.getMessage());
        }
    }

    private void stop(SourceException failed) {
        runAttempt
                .halt()
                .because(new HaltReason.Reason.Failed(
                        new Failure(failed.diagnosis().name(), failed.getMessage(), failed.passes()),
                        failed.diagnosis()));
    }

    private synchronized void succeeded() {
        inARow = 0;
    }

    private synchronized boolean isOneOfMany(Diagnosis diagnosis) {
        inARow = diagnosis == cause ? inARow + 1 : 1;
        cause = diagnosis;
        return inARow >= IN_A_ROW;
    }
}
