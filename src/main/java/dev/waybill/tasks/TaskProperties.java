package dev.waybill.tasks;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the task queue and its workers.
 *
 * @param workersEnabled whether this instance runs tasks; one that does not still accepts and reports them
 * @param maxInFlight how many tasks run side by side on this instance
 * @param lease how long a worker that fell silent keeps its task; renewed every third of it
 * @param maxAttempts how often a handler may fail before the task is FAILED
 * @param retryDelay the backoff after the first failure; doubles with each further one, with jitter
 * @param maxRetryDelay the longest backoff between two attempts
 * @param readBlock how long one read waits for the stream to bring something
 * @param sweepInterval how often each instance polls the database for tasks that are due, with jitter
 * @param wakeGrace how long a fresh task is left to the stream before a sweep takes it
 * @param unknownHandlerPatience how long a task waits for an instance that knows its handler
 * @param cacheTtl how long Redis caches a task
 * @param cacheTrust how old an unfinished task from Redis may be before the database is queried
 * @param shutdownWait how long running handlers may take to finish when the service stops
 */
@Validated
@ConfigurationProperties("waybill.tasks")
record TaskProperties(
        @DefaultValue("true") boolean workersEnabled,
        @DefaultValue("16") @Min(1) @Max(1000) int maxInFlight,
        @DefaultValue("15s") @DurationMin(millis = 300) Duration lease,
        @DefaultValue("5") @Min(1) @Max(100) int maxAttempts,
        @DefaultValue("1s") @DurationMin(millis = 1) Duration retryDelay,
        @DefaultValue("1m") @DurationMin(millis = 1) Duration maxRetryDelay,
        @DefaultValue("1s") @DurationMin(millis = 10) Duration readBlock,
        @DefaultValue("3s") @DurationMin(millis = 10) Duration sweepInterval,
        @DefaultValue("5s") @DurationMin(millis = 0) Duration wakeGrace,
        @DefaultValue("15m") @DurationMin(millis = 1) Duration unknownHandlerPatience,
        @DefaultValue("24h") @DurationMin(seconds = 1) Duration cacheTtl,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration cacheTrust,
        @DefaultValue("20s") @DurationMin(millis = 0) Duration shutdownWait) {}
