package dev.waybill.connectors.rest;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How patient one is with providers that are asked over HTTP, under {@code waybill.connectors.rest}.
 *
 * @param connectTimeout for each connection, and for waiting for a free one
 * @param idleTimeout the longest silence
 * @param answerTimeout the longest that an answer may take to come in, all of it but a file's bytes; at most so long that two
 *     of them fit into the four minutes that an exchange of a single-use token is left to one instance
 * @param maxConnections how many there may be at once to the servers of one opened source
 */
@Validated
@ConfigurationProperties("waybill.connectors.rest")
public record RestProperties(
        @DefaultValue("5s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration connectTimeout,

        @DefaultValue("30s") @DurationMin(millis = 1) @DurationMax(minutes = 5)
        Duration idleTimeout,

        @DefaultValue("60s") @DurationMin(millis = 1) @DurationMax(seconds = 100)
        Duration answerTimeout,

        @DefaultValue("250") @Min(1) @Max(10_000) int maxConnections) {}
