/** What happens before the first request: settings are judged, stores are met, logs get their form. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.mongo", "platform.storage"})
package dev.waybill.platform.startup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
