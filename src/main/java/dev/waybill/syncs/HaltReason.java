package dev.waybill.syncs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.syncs.SyncRunEntity.Failure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Why a worker stops before a run is through. All its threads look here. */
final class HaltReason {

    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
    private final Consumer<Reason> wake;

    /** @param wake ends the waiting of those that wait */
    HaltReason(Consumer<Reason> wake) {
        this.wake = wake;
    }

    /** Why. */
    sealed interface Reason {

        /** Somebody canceled the task, or it is another worker's. */
        record Canceled() implements Reason {}

        /** Another worker has the run, or the sync is gone. */
        record Fenced() implements Reason {}

        /** The run has failed. @param cause of the source; null when it is not the source's */
        record Failed(Failure failure, @Nullable Diagnosis cause) implements Reason {}

        /**
         * The source asks for more patience than a worker has. What is being read is brought to its end; else a source that
         * asks for it with every tenth file would never give the whole of a large one.
         */
        record Away(Duration asked) implements Reason {}

        /** This worker cannot go on; another try may. */
        record Broken(RuntimeException cause) implements Reason {}
    }

    /** The first reason counts, but any other counts for more than that the source is left for a while. */
    void because(Reason why) {
        reason.accumulateAndGet(why, (first, next) -> first == null || first instanceof Reason.Away ? next : first);
        wake.accept(why);
    }

    /** Nobody else would hear of it: threads of their own end with it. */
    void because(Error fatal) {
        because(new Reason.Broken(new IllegalStateException(fatal)));
    }

    boolean isSet() {
        return reason.get() != null;
    }

    /** Whether nothing is begun any more, but what is being read is brought to its end. */
    boolean isAway() {
        return reason.get() instanceof Reason.Away;
    }

    /** Null while it goes on. */
    @Nullable
    Reason reason() {
        return reason.get();
    }
}
