package dev.waybill.tasks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a task is retried whose handler threw. The backoff doubles with each failure, with jitter.
 *
 * @param attempts how often in a row it may fail before it is FAILED; 0 for {@code waybill.tasks.max-attempts}
 * @param firstPause backoff after the first failure, more than nothing; null for {@code waybill.tasks.retry-delay}
 * @param longestPause upper bound of the backoff; null for {@code waybill.tasks.max-retry-delay}
 */
public record RetryPolicy(
        int attempts,
        @Nullable Duration firstPause,
        @Nullable Duration longestPause) {

    /** As configured. */
    public static final RetryPolicy STANDARD = new RetryPolicy(0, null, null);

    /** Never gives up, for work that nothing else would make up for; the backoff is as configured. */
    public static final RetryPolicy ENDLESS = new RetryPolicy(Integer.MAX_VALUE, null, null);

    public RetryPolicy {
        if (attempts < 0) {
            throw new IllegalArgumentException("attempts must be 0 or more, not " + attempts);
        }
    }

    int attempts(TaskProperties properties) {
        return attempts == 0 ? properties.maxAttempts() : attempts;
    }

    /** A task whose workers crashed that often is likely what crashes them. */
    long claims(TaskProperties properties) {
        return attempts(properties) * 4L;
    }

    /** Backoff before the next attempt, without jitter. */
    Duration pause(int failures, TaskProperties properties) {
        Duration first = firstPause == null ? properties.retryDelay() : firstPause;
        Duration longest = longestPause == null ? properties.maxRetryDelay() : longestPause;
        long full = first.toMillis() << Math.clamp(failures - 1L, 0, 20);
        return Duration.ofMillis(Math.min(full, longest.toMillis()));
    }
}
