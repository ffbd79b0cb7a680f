package dev.waybill.deliveries;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one delivery attempt: what to write to the delivery.
 *
 * @param before as it was read
 * @param attempt to be added to its log
 * @param status PENDING with the time of the next attempt, else without
 * @param error why it ended without success; null otherwise
 */
record DeliveryAttempt(
        DeliveryEntity before,
        DeliveryEntity.Attempt attempt,
        SendResult result,
        DeliveryStatus status,
        @Nullable Instant next,
        @Nullable String error) {}
