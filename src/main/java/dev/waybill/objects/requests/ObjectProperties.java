package dev.waybill.objects.requests;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of objects, under {@code waybill.objects}.
 *
 * @param downloadUrlLifetime how long a presigned download works, 1 s to 7 days
 * @param inlineUpTo larger content of a request is put into storage; keep it far below 16 MB, the maximum size of a
 *     MongoDB document
 * @param parallelCreates how many objects of one batch are created in parallel
 */
@Validated
@ConfigurationProperties("waybill.objects")
record ObjectProperties(
        @DefaultValue("1h") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration downloadUrlLifetime,

        @DefaultValue("64KB") @NotNull DataSize inlineUpTo,
        @DefaultValue("8") @Min(1) @Max(100) int parallelCreates) {}
