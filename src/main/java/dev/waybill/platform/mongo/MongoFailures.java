package dev.waybill.platform.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FailureTranslator;
import dev.waybill.platform.errors.WaybillException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Maps failures of a MongoDB that is unavailable to 503 with {@code Retry-After}. */
@Component
public final class MongoFailures implements FailureTranslator {

    private static final int RETRY_AFTER_SECONDS = 5;
    private static final String RETRYABLE = "RetryableWriteError";
    private static final int MAX_CAUSES = 20;

    MongoFailures() {}

    /**
     * Whether the failure, or one that caused it, says that MongoDB cannot be reached or is between two primaries: the
     * same call may well succeed in a few seconds.
     */
    public static boolean isUnavailable(Throwable failure) {
        return isOrIsCausedBy(failure, MongoFailures::saysSo);
    }

    /** Whether a write that failed so was sent: it may have been made although its answer was lost. */
    static boolean mayHaveArrived(Throwable failure) {
        return isOrIsCausedBy(
                failure,
                cause -> (cause instanceof MongoSocketException && !(cause instanceof MongoSocketOpenException))
                        || cause instanceof MongoWriteConcernException
                        || (cause instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() != null)
                        || cause instanceof MongoOperationTimeoutException
                        || cause instanceof MongoInterruptedException
                        || (cause instanceof MongoException labelled && labelled.hasErrorLabel(RETRYABLE)));
    }

    private static boolean isOrIsCausedBy(Throwable failure, Predicate<Throwable> kind) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (kind.test(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    @Override
    public Optional<WaybillException> translate(Throwable failure) {
        return isUnavailable(failure)
                ? Optional.of(new WaybillException(
                        ErrorCode.SERVICE_UNAVAILABLE,
                        "the database cannot be reached, or does not answer in time; try again in a few seconds",
                        Map.of("retry_after", RETRY_AFTER_SECONDS),
                        failure))
                : Optional.empty();
    }

    private static boolean saysSo(Throwable failure) {
        return failure instanceof MongoTimeoutException
                || failure instanceof MongoSocketException
                || failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure instanceof MongoServerUnavailableException
                || failure instanceof MongoConnectionPoolClearedException
                || (failure instanceof MongoException labelled && labelled.hasErrorLabel(RETRYABLE));
    }
}
