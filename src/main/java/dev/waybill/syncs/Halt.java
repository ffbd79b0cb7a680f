package dev.waybill.syncs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.syncs.SyncRunDocument.Failure;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Why a worker stops before a run is through: the first reason counts. All its threads look here. */
final class Halt {

    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
    private final Runnable wake;

    /** @param wake ends the waiting of those that wait */
    Halt(Runnable wake) {
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

        /** This worker cannot go on; another try may. */
        record Broken(RuntimeException cause) implements Reason {}
    }

    void because(Reason why) {
        reason.compareAndSet(null, why);
        wake.run();
    }

    /** Nobody else would hear of it: threads of their own end with it. */
    void because(Error fatal) {
        because(new Reason.Broken(new IllegalStateException(fatal)));
    }

    boolean isSet() {
        return reason.get() != null;
    }

    /** Null while it goes on. */
    @Nullable
    Reason reason() {
        return reason.get();
    }
}
