/** The connector to Mux Video: of each asset, one rendition or the master is a file, read over its HTTP API. */
@NullMarked
@ApplicationModule(allowedDependencies = {"connectors", "connectors.rest", "platform.errors"})
package dev.waybill.connectors.mux;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
