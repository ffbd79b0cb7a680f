/** The error model: one exception, one catalogue of codes. */
@NullMarked
@ApplicationModule(allowedDependencies = "platform.text")
package dev.waybill.platform.errors;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
