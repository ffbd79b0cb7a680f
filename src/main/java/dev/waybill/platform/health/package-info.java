/** Health checks of the service and of what it depends on: for clients, for load balancers, for people. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.mongo", "platform.redis", "platform.storage"})
package dev.waybill.platform.health;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
