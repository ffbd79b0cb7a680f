/** Tenancy, whose data it is: every query needs a scope. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.ids", "platform.errors"})
package dev.waybill.platform.tenancy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
