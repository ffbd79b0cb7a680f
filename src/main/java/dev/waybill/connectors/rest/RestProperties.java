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
 * Time-outs and limits of providers with an HTTP API, under {@code waybill.connectors.rest}.
 *
 * @param connectTimeout to connect, and to wait for a free connection
 * @param idleTimeout the longest time without data
 * @param answerTimeout for a complete response, except a file's bytes; at most so long that two of them fit into the
 *     four minutes' lease for the exchange of a single-use token
 * @param maxConnections connections at once to the servers of one opened source
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
