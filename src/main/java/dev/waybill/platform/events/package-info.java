/**
 * The port by which modules publish events, without knowing who subscribes. Event ids are derived from what happened,
 * so publishing again is the same event. Begin with {@code EventOutbox} and {@code PublicEvent}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.tenancy"})
package dev.waybill.platform.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
