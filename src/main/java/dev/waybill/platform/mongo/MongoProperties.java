package dev.waybill.platform.mongo;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Time-outs and pool size of the connections to MongoDB. What the connection string says wins over the first five.
 *
 * @param serverSelectionTimeout how long a request waits for a server before it fails as the database is away
 * @param connectTimeout how long a connection may take to open
 * @param readTimeout how long an answer may take where no request waits for it
 * @param poolWaitTimeout how long a request waits for a free connection
 * @param maxConnections connections to each server
 * @param queryTimeout how long the search behind one list may take on the server; shorter than the deadline of
 *     requests, which would come first
 */
@Validated
@ConfigurationProperties("waybill.mongo")
record MongoProperties(
        @DefaultValue("3s") @DurationMin(millis = 100) Duration serverSelectionTimeout,

        @DefaultValue("2s") @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration connectTimeout,

        @DefaultValue("15s") @DurationMin(millis = 100) @DurationMax(minutes = 60)
        Duration readTimeout,

        @DefaultValue("5s") @DurationMin(millis = 100) Duration poolWaitTimeout,
        @DefaultValue("100") @Min(1) @Max(10_000) int maxConnections,
        @DefaultValue("8s") @DurationMin(millis = 100) Duration queryTimeout) {}
