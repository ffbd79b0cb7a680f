package dev.waybill.submissions;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the agents' API, under {@code waybill.submissions}.
 *
 * @param requestsPerHour requests per hour of each agent, on all instances together
 * @param platformRequestsPerHour requests per hour of all agents of all organizations, on all instances together
 * @param urlLifetime lifetime of a URL to PUT a file
 * @param unconfirmedFor how long after its URL's expiry an unconfirmed file is stored
 * @param downloadLifetime lifetime of an organization's URLs to GET files
 */
@Validated
@ConfigurationProperties("waybill.submissions")
record SubmissionsProperties(
        @DefaultValue("100") @Min(1) @Max(1_000_000) int requestsPerHour,
        @DefaultValue("100000") @Min(1) @Max(1_000_000_000) int platformRequestsPerHour,

        @DefaultValue("1h") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration urlLifetime,

        @DefaultValue("24h") @DurationMin(minutes = 1) Duration unconfirmedFor,

        @DefaultValue("1h") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration downloadLifetime) {}
