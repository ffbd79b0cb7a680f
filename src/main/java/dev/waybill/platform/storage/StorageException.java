package dev.waybill.platform.storage;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure of object storage or of the local disk, for which the client is not to blame. The message is fixed for each
 * kind; what storage said is in the cause only.
 */
public final class StorageException extends WaybillException {

    /** What may be done about it. */
    public enum Kind {
        /** It may work later: time-outs, throttling, 5xx, no connection. */
        UNAVAILABLE,
        /**
         * A write was sent, and no answer came: it may have been done, or be done still. Read what is there, or repeat
         * it.
         */
        UNKNOWN,
        /** The service's credentials may not do this. */
        DENIED,
        /** Storage answered with something that makes no sense here. */
        BROKEN,
        /** Storage is not to blame: this machine's own disk has no room for bytes on their way. It may work later. */
        DISK_FULL
    }

    private final Kind kind;

    public StorageException(Kind kind, @Nullable Throwable cause) {
        super(code(kind), message(kind), Map.of(), cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether it is worth a retry later; a write may have been done already then. */
    public boolean passes() {
        return kind == Kind.UNAVAILABLE || kind == Kind.UNKNOWN || kind == Kind.DISK_FULL;
    }

    private static ErrorCode code(Kind kind) {
        return switch (kind) {
            case UNAVAILABLE, UNKNOWN -> ErrorCode.STORAGE_UNAVAILABLE;
            case DENIED -> ErrorCode.STORAGE_DENIED;
            case BROKEN -> ErrorCode.STORAGE_BROKEN;
            case DISK_FULL -> ErrorCode.LOCAL_DISK_FULL;
        };
    }

    private static String message(Kind kind) {
        return switch (kind) {
            case UNAVAILABLE -> "Storage does not answer just now. Try again.";
            case UNKNOWN ->
                "Storage did not answer in time, and whether it did what was asked is not known. Try again.";
            case DENIED -> "Storage refused the service's credentials. Tell the operator.";
            case BROKEN -> "Storage gave an answer that could not be used. Try again.";
            case DISK_FULL -> "The service's own disk is full just now. Try again later.";
        };
    }
}
