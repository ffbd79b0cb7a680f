/**
 * What connectors over a provider's HTTP API share: a client that connects through the address guard only, renewed
 * access tokens, paged listings, pinned reads, and the check of a source.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"connectors", "platform.fetch"})
package dev.waybill.connectors.rest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
