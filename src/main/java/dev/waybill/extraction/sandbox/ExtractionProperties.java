package dev.waybill.extraction.sandbox;

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
 * Limits of the extraction of one file. Files are opened in child processes, whose memory comes on top of the service's
 * own: {@code parallelism} times {@code memory} and some 100 MB each.
 *
 * @param timeout how long the extraction of a file may take, 1 s to 1 h
 * @param maxFileSize larger files are not read; they are spooled to disk, and reading one may write as much again, so
 *     the temporary directory must hold twice {@code parallelism} of them
 * @param maxPixels images of more pixels are not decoded, 1 to 1 000 000 000
 * @param parallelism files that one instance reads at once, each in a process of its own, 1 to 64
 * @param memory the heap of such a process, 32 MB to 64 GB; a file that needs more is a failure of that file
 */
@Validated
@ConfigurationProperties("waybill.extraction")
record ExtractionProperties(
        @DefaultValue("60s") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration timeout,

        @DefaultValue("512MB") @NotNull DataSize maxFileSize,

        @DefaultValue("50000000") @Min(1) @Max(1_000_000_000)
        int maxPixels,

        @DefaultValue("2") @Min(1) @Max(64) int parallelism,
        @DefaultValue("256MB") @NotNull DataSize memory) {

    private static final DataSize LEAST = DataSize.ofMegabytes(32);
    private static final DataSize MOST = DataSize.ofGigabytes(64);

    ExtractionProperties {
        if (memory.compareTo(LEAST) < 0 || memory.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "waybill.extraction.memory is %s; it should be from 32MB to 64GB, such as 256MB".formatted(memory));
        }
    }
}
