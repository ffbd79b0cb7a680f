package dev.waybill.deletions;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of deletions, under {@code waybill.deletions}.
 *
 * @param settle how long after its mark something is still looked for what arrives late. More than the two seconds that
 *     instances believe a bucket to be there, and a request's deadline
 */
@Validated
@ConfigurationProperties("waybill.deletions")
record DeletionProperties(
        @DefaultValue("60s") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration settle) {}
