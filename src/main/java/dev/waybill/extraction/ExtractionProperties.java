package dev.waybill.extraction;

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
 * Limits of what is done for one file.
 *
 * @param timeout how long a file is worked on, 1 s to 1 h
 * @param maxFileSize larger files are not read; they are spooled to disk, so the temporary directory must hold
 *     {@code parallelism} of them
 * @param maxPixels images of more pixels are not decoded, 1 to 1 000 000 000
 * @param parallelism files that one instance works on at once, 1 to 64; each may take some hundred MB of memory
 */
@Validated
@ConfigurationProperties("waybill.extraction")
record ExtractionProperties(
        @DefaultValue("60s") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration timeout,

        @DefaultValue("512MB") @NotNull DataSize maxFileSize,

        @DefaultValue("50000000") @Min(1) @Max(1_000_000_000)
        int maxPixels,

        @DefaultValue("4") @Min(1) @Max(64) int parallelism) {}
