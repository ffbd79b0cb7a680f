/** Ids, a prefix and time-ordered randomness, generated in one place; and the clock. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.waybill.platform.ids;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
