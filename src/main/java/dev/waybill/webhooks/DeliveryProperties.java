package dev.waybill.webhooks;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events are delivered, under {@code waybill.webhooks}.
 *
 * @param retryDelay the longest wait before the second attempt; doubles with each further one, and is cut to a random
 *     part of it
 * @param maxRetryDelay the longest wait between two attempts
 * @param giveUpAfter how long an event is tried to be delivered
 * @param pauseAfter how long a channel may fail without any success before its webhook is paused
 * @param maxRest how long the circuit of an endpoint that does not answer, or asks for a pause, is open, at most
 * @param endpointsAtOnce endpoints that one instance delivers to at once; each takes a place among its tasks
 * @param ailingAtOnce places besides these for endpoints that did not answer the last time, or took longer than a turn;
 *     an organization holds at most half of them, rounded up
 * @param parallelPerEndpoint requests to one endpoint at once, while it answers
 * @param turn how long an endpoint with much to deliver keeps its place before others have their turn
 * @param fanOutPatience how long after an event was kept the periodic job hands it out, when nobody else did
 * @param keep how long events and deliveries are kept after they ended
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
