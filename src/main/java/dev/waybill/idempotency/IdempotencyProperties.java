package dev.waybill.idempotency;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How long an {@code Idempotency-Key} holds.
 *
 * @param retention how long the first answer is given again
 * @param lease how long a request that fell silent, because its instance died, keeps others of its key waiting; renewed
 *     three times within it
 * @param patience how long a second request waits for the first before it is told to come back
 * @param maxAnswerSize larger answers, after compression, are not kept: the request runs again with the same ids
 */
@Validated
@ConfigurationProperties("waybill.idempotency")
record IdempotencyProperties(
        @DefaultValue("24h") @DurationMin(seconds = 1) Duration retention,
        @DefaultValue("15s") @DurationMin(millis = 100) Duration lease,
        @DefaultValue("2s") @DurationMin(millis = 0) Duration patience,
        @DefaultValue("1MB") DataSize maxAnswerSize) {}
