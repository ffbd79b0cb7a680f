/**
 * Storage quotas: bytes are reserved before they are written. An organization never stores more than its quota by
 * what its rows say, and a reservation that was never used ends by a recount. Begin with {@code Quotas}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.tenancy", "platform.mongo", "accounts", "auth"})
package dev.waybill.quotas;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
