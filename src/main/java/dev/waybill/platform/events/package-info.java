/** What rooms tell others of, without knowing who listens. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.ids", "platform.errors", "platform.tenancy"})
package dev.waybill.platform.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
