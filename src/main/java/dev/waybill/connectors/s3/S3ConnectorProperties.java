package dev.waybill.connectors.s3;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the connectors to S3-compatible stores, under {@code waybill.connectors.s3}. Its endpoints override the
 * providers' own, and pass the address guard like any other.
 *
 * @param instanceRole whether connections may use the service's own AWS identity; any caller who may make a connection
 *     could then read whatever that identity may read
 * @param awsEndpoint overrides Amazon's; null for the region's own
 * @param stsEndpoint the endpoint of AWS STS; null for the region's own
 * @param b2Endpoint the endpoint of Backblaze's b2_authorize_account
 * @param connectTimeout to connect, and to wait for a free connection
 * @param idleTimeout the longest time without data
 * @param maxConnections connections at once to one open source; a sync needs two for each of the files that it reads in
 *     parallel, as their tags are requested meanwhile, and a few
 */
@Validated
@ConfigurationProperties("waybill.connectors.s3")
record S3ConnectorProperties(
        @DefaultValue("false") boolean instanceRole,
        @Nullable URI awsEndpoint,
        @Nullable URI stsEndpoint,
        @DefaultValue("https://api.backblazeb2.com") URI b2Endpoint,

        @DefaultValue("5s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration connectTimeout,

        @DefaultValue("30s") @DurationMin(millis = 1) @DurationMax(minutes = 5)
        Duration idleTimeout,

        @DefaultValue("250") @Min(1) @Max(10_000) int maxConnections) {}
