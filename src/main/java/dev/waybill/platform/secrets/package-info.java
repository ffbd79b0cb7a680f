/** Secrets that the service must be able to read again: encrypted at rest. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors"})
package dev.waybill.platform.secrets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
