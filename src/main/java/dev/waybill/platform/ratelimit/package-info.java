/**
 * Counts requests in fixed windows that all instances share. A limit is never exceeded while Redis is there; when it
 * is away, each instance counts for itself and no request fails. Begin with {@code RateLimiter}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.redis"})
package dev.waybill.platform.ratelimit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
