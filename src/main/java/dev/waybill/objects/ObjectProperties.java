package dev.waybill.objects;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of objects.
 *
 * @param downloadUrlLifetime how long a presigned download works, 1 s to 7 days
 */
@Validated
@ConfigurationProperties("waybill.objects")
record ObjectProperties(
        @DefaultValue("1h") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration downloadUrlLifetime) {}
