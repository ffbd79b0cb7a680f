/** What texts of callers may hold. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.waybill.platform.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
