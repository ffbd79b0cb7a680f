package dev.waybill.connectors.gcs;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the connector to Google, under {@code waybill.connectors.gcs}. Overridden endpoints pass the address
 * guard like any other.
 *
 * @param endpoint of the JSON API, without a path
 * @param tokenEndpoint where service accounts get their tokens
 */
@ConfigurationProperties("waybill.connectors.gcs")
record GcsProperties(
        @DefaultValue("https://storage.googleapis.com") URI endpoint,
        @DefaultValue("https://oauth2.googleapis.com/token") URI tokenEndpoint) {}
