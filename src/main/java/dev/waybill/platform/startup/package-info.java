/**
 * What happens before the first request: settings are validated as a whole, stores are probed, log output is
 * configured. A service that could not work refuses to start and says in sentences why. Begin with {@code Settings}
 * and {@code StartupProbe}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.mongo", "platform.storage"})
package dev.waybill.platform.startup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
