/** Ids: prefix and time-ordered randomness, made in one place. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.waybill.platform.ids;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
