/** The connector to Box: files in folders, identified by their ids, read over its HTTP API. */
@NullMarked
@ApplicationModule(allowedDependencies = {"connectors", "connectors.rest", "platform.errors"})
package dev.waybill.connectors.box;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
