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
 * @param settle how long after the flag was set passes still look for late arrivals. More than the two seconds that
 *     instances cache a bucket, and than a request's deadline
 */
@Validated
@ConfigurationProperties("waybill.deletions")
record DeletionProperties(
        @DefaultValue("60s") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration settle) {}
