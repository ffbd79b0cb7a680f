package dev.waybill.connectors.mux;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the connector to Mux, under {@code waybill.connectors.mux}. Overridden endpoints pass the address guard
 * like any other.
 *
 * @param endpoint of its API
 * @param streamEndpoint where renditions are delivered
 */
@ConfigurationProperties("waybill.connectors.mux")
record MuxProperties(
        @DefaultValue("https://api.mux.com") URI endpoint,
        @DefaultValue("https://stream.mux.com") URI streamEndpoint) {}
