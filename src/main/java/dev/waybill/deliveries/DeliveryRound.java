package dev.waybill.deliveries;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The combined outcome of requests that were sent to one endpoint in parallel.
 *
 * @param accepted whether any was accepted
 * @param unanswered whether any was not answered
 * @param error of the last one that failed; null when none did
 * @param retryAfter the longest pause that an answer requested; null when none did
 * @param longest how long the slowest of them took
 */
record DeliveryRound(
        boolean accepted,
        boolean unanswered,
        @Nullable String error,
        @Nullable Duration retryAfter,
        Duration longest) {

    static DeliveryRound of(List<DeliveryAttempt> attempts) {
        return new DeliveryRound(
                attempts.stream().anyMatch(one -> one.status() == DeliveryStatus.DELIVERED),
                attempts.stream().anyMatch(one -> !one.result().answered()),
                attempts.stream()
                        .map(one -> one.result().error())
                        .filter(Objects::nonNull)
                        .reduce((earlier, later) -> later)
                        .orElse(null),
                attempts.stream()
                        .map(one -> one.result().retryAfter())
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                attempts.stream()
                        .map(one -> Duration.ofMillis(one.attempt().durationMillis()))
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO));
    }
}
