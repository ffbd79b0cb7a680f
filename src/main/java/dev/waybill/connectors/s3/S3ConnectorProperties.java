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
 * How stores elsewhere are read, under {@code waybill.connectors.s3}. Its endpoints stand in for the providers' own, and
 * pass the address guard like any other.
 *
 * @param instanceRole whether connections may use the service's own AWS identity; any caller who may make a connection
 *     could read with it what it may read
 * @param awsEndpoint in the place of Amazon's; null for the region's own
 * @param stsEndpoint where roles are assumed; null for the region's own
 * @param b2Endpoint where Backblaze tells which endpoint a key has
 * @param connectTimeout for each connection, and for waiting for a free one
 * @param idleTimeout the longest silence
 * @param maxConnections how many there may be at once to one source that is open; a sync needs two for each of the files
 *     that it reads side by side, as their tags are asked for meanwhile, and a few
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
