package dev.waybill.platform.mongo;

import com.mongodb.MongoSecurityException;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.Map;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Pings MongoDB. */
@Component
public class MongoPing {

    private final MongoOperations mongo;

    MongoPing(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /**
     * Returns when MongoDB answers; takes as long as the driver waits for a server.
     *
     * @throws WaybillException {@link ErrorCode#UNAUTHORIZED} when it refuses the credentials, else
     *     {@link ErrorCode#SERVICE_UNAVAILABLE}
     */
    public void check() {
        try {
            mongo.executeCommand("{ping: 1}");
        } catch (RuntimeException e) {
            throw isRefused(e)
                    ? new WaybillException(
                            ErrorCode.UNAUTHORIZED, "MongoDB refused the service's credentials.", Map.of(), e)
                    : new WaybillException(ErrorCode.SERVICE_UNAVAILABLE, "MongoDB does not answer.", Map.of(), e);
        }
    }

    private static boolean isRefused(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MongoSecurityException || cause instanceof PermissionDeniedDataAccessException) {
                return true;
            }
        }
        return false;
    }
}
