package dev.waybill.idempotency;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of idempotency keys, under {@code waybill.idempotency}.
 *
 * @param retention how long the first response is replayed
 * @param lease lease of an execution: how long a request whose instance died blocks others of its key; renewed three
 *     times within it
 * @param patience how long a second request waits for the first before it is refused with {@code Retry-After}
 * @param maxAnswerSize larger responses, after compression, are not stored: the request runs again with the same ids
 */
@Validated
@ConfigurationProperties("waybill.idempotency")
record IdempotencyProperties(
        @DefaultValue("24h") @DurationMin(seconds = 1) Duration retention,
        @DefaultValue("15s") @DurationMin(millis = 100) Duration lease,
        @DefaultValue("2s") @DurationMin(millis = 0) Duration patience,
        @DefaultValue("1MB") DataSize maxAnswerSize) {}
