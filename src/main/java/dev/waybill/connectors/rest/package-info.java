/**
 * What connectors share that speak a provider's HTTP API themselves: an HTTP client, token renewal, listings by page
 * token, pinned reads, probes. Every connection is dialled through the address guard, retries are bounded, and no
 * listing runs in circles. Begin with {@code RestClient}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.fetch", "connectors"})
package dev.waybill.connectors.rest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
