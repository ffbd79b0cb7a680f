/** Events, which modules publish without knowing who subscribes. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.ids", "platform.errors", "platform.tenancy"})
package dev.waybill.platform.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
