package dev.waybill.platform.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Classifies an exception by what it says about Redis. */
enum RedisFailure {
    /** No connection, no answer in time, or still loading. */
    AWAY,
    /** It answered, with an error. */
    REFUSED,
    /** Redis has nothing to do with it. */
    NOT_REDIS;

    static RedisFailure of(RuntimeException failure) {
        if (!(failure instanceof DataAccessException) && !(failure instanceof RedisException)) {
            return NOT_REDIS;
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException answer) {
                return isNotReady(answer) ? AWAY : REFUSED;
            }
        }
        return AWAY;
    }

    private static boolean isNotReady(RedisCommandExecutionException answer) {
        String text = String.valueOf(answer.getMessage());
        return text.startsWith("LOADING") || text.startsWith("MASTERDOWN") || text.startsWith("CLUSTERDOWN");
    }
}
