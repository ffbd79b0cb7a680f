package dev.waybill.connectors.box;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Box is, under {@code waybill.connectors.box}.
 *
 * @param endpoint of its API and of its tokens; a stand-in passes the address guard like any other
 */
@ConfigurationProperties("waybill.connectors.box")
record BoxProperties(@DefaultValue("https://api.box.com") URI endpoint) {}
