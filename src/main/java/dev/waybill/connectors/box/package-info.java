/**
 * Box over its HTTP API: files in folders, identified by id. Each file is read in the version that was listed, and
 * tokens are renewed where the credentials allow it. Begin with {@code BoxConnector}, then {@code BoxSource}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "connectors", "connectors.rest"})
package dev.waybill.connectors.box;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
