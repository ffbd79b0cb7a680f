/** Connectors to external storage: the port for sources, and one package for each provider. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.ids", "platform.errors", "platform.fetch", "platform.web"})
package dev.waybill.connectors;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
