/**
 * Startup, before the first request: settings are validated, connections to the stores checked, the log's format set.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.mongo", "platform.storage"})
package dev.waybill.platform.startup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
