/** Storage quotas: bytes are reserved before they are written. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"platform.errors", "platform.tenancy", "platform.web", "platform.mongo", "auth"})
package dev.waybill.quotas;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
