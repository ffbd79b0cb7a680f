/** Storage quotas: what an organization may still store is reserved before it is written. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"platform.errors", "platform.tenancy", "platform.web", "platform.mongo", "auth"})
package dev.waybill.quotas;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
