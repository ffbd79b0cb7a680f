/** Storage elsewhere: the port behind which each provider's own code lies, one package a provider. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.ids", "platform.errors", "platform.fetch", "platform.web"})
package dev.waybill.connectors;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
