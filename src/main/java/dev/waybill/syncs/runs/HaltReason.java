package dev.waybill.syncs.runs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.syncs.runs.SyncRunEntity.Failure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Why a worker halts before its run is complete; shared by all its threads. */
final class HaltReason {

    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
    private final Consumer<Reason> wake;

    /** @param wake wakes the waiting threads */
    HaltReason(Consumer<Reason> wake) {
        this.wake = wake;
    }

    /** The reason. */
    sealed interface Reason {

        /** The task was canceled, or another worker has claimed it. */
        record Canceled() implements Reason {}

        /** Another worker has claimed the run, or the sync was deleted. */
        record Fenced() implements Reason {}

        /** The run has failed. @param cause the diagnosis; null when the source is not the cause */
        record Failed(Failure failure, @Nullable Diagnosis cause) implements Reason {}

        /**
         * The source throttles for longer than a worker waits. Reads in progress are completed; otherwise a source that
         * throttles at every tenth file would never deliver a large one.
         */
        record Away(Duration retryAfter) implements Reason {}

        /** This worker cannot continue; a retry of the task may. */
        record Broken(RuntimeException cause) implements Reason {}
    }

    /** The first reason wins, but any other replaces {@link Reason.Away}. */
    void because(Reason why) {
        reason.accumulateAndGet(why, (first, next) -> first == null || first instanceof Reason.Away ? next : first);
        wake.accept(why);
    }

    /** Errors end the thread silently, so they are recorded here. */
    void because(Error fatal) {
        because(new Reason.Broken(new IllegalStateException(fatal)));
    }

    boolean isSet() {
        return reason.get() != null;
    }

    /** Whether nothing new is started, but reads in progress are completed. */
    boolean isAway() {
        return reason.get() instanceof Reason.Away;
    }

    /** Null while the worker is not halted. */
    @Nullable
    Reason reason() {
        return reason.get();
    }
}
