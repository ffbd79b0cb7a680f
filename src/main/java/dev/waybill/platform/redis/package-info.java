/**
 * Redis behind a circuit breaker. While Redis is away no request waits for it or fails, and only a probe closes the
 * circuit. Begin with {@code RedisGate}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.waybill.platform.redis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
