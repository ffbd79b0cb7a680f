/** Redis: key names, a circuit breaker that opens when it is away, health. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.ids", "platform.tenancy", "platform.query"})
package dev.waybill.platform.redis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
