package dev.waybill.connectors.box;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the connector to Box, under {@code waybill.connectors.box}.
 *
 * @param endpoint of its API and its tokens; an override passes the address guard like any other
 */
@ConfigurationProperties("waybill.connectors.box")
record BoxProperties(@DefaultValue("https://api.box.com") URI endpoint) {}
