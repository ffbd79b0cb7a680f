/**
 * What connectors have in common that speak a provider's HTTP API themselves: a client that dials past the address guard
 * only, tokens that are renewed, listings that go by tokens, reads that are pinned, and one look at all of it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"connectors", "platform.fetch"})
package dev.waybill.connectors.rest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
