package dev.waybill.platform.fetch;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits and time-outs of fetching URLs, under {@code waybill.fetch}.
 *
 * @param allow what may be reached although it is not public: hosts ({@code files.example.com}, {@code *.example.com}),
 *     addresses and CIDR ranges
 * @param connectTimeout for looking a host up, and for each connection
 * @param idleTimeout the longest silence
 * @param totalTimeout for everything together, redirects included
 * @param maxSize the largest file; each fetch may take so much room in the temporary folder
 * @param maxRedirects how many redirects are followed
 * @param maxConcurrent how many fetches run at once; others wait, for as long as a fetch may take
 */
@Validated
@ConfigurationProperties("waybill.fetch")
record FetchProperties(
        @DefaultValue List<String> allow,

        @DefaultValue("5s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration connectTimeout,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(minutes = 5)
        Duration idleTimeout,

        @DefaultValue("60s") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration totalTimeout,

        @DefaultValue("500MB") @NotNull DataSize maxSize,
        @DefaultValue("5") @Min(0) @Max(20) int maxRedirects,
        @DefaultValue("16") @Min(1) @Max(1000) int maxConcurrent) {}
