/**
 * Health: probes of MongoDB, Redis and storage for clients, load balancers and operators. A probe really uses its
 * part, side by side, within 2 seconds. Begin with {@code HealthCheck}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.mongo", "platform.redis", "platform.storage"})
package dev.waybill.platform.health;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
