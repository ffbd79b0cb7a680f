package dev.waybill.deliveries;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the delivery of events, under {@code waybill.webhooks}.
 *
 * @param retryDelay the longest wait before the second attempt; doubles with each further one, and is cut to a random
 *     part of it
 * @param maxRetryDelay the longest wait between two attempts
 * @param giveUpAfter how long the delivery of an event is retried
 * @param pauseAfter how long a channel may fail without any success before its webhook is paused
 * @param maxRest how long, at most, the circuit of an endpoint that does not answer, or requests a pause, is open
 * @param endpointsAtOnce endpoints that one instance delivers to at once; each occupies one of its task workers
 * @param ailingAtOnce endpoints besides these that did not answer the last time, or took longer than a turn; at most
 *     half of them, rounded up, of one organization
 * @param parallelPerEndpoint requests to one endpoint at once, while it answers
 * @param turn how long an endpoint with much to deliver holds its worker before others have their turn
 * @param fanOutPatience how long after an event was stored the periodic job dispatches it, unless that was done
 * @param keep how long events and deliveries are stored after they ended
 * @param mailFrom the sender of emails; empty for the user name of the mail server's account
 */
@Validated
@ConfigurationProperties("waybill.webhooks")
record DeliveryProperties(
        @DefaultValue("10s") @DurationMin(millis = 1) Duration retryDelay,
        @DefaultValue("1h") @DurationMin(millis = 1) Duration maxRetryDelay,
        @DefaultValue("24h") @DurationMin(millis = 1) Duration giveUpAfter,
        @DefaultValue("24h") @DurationMin(millis = 1) Duration pauseAfter,
        @DefaultValue("10m") @DurationMin(millis = 1) Duration maxRest,
        @DefaultValue("8") @Min(1) @Max(1000) int endpointsAtOnce,
        @DefaultValue("2") @Min(1) @Max(1000) int ailingAtOnce,
        @DefaultValue("4") @Min(1) @Max(100) int parallelPerEndpoint,
        @DefaultValue("2s") @DurationMin(millis = 1) Duration turn,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration fanOutPatience,
        @DefaultValue("7d") @DurationMin(millis = 1) Duration keep,
        @DefaultValue("") String mailFrom) {}
