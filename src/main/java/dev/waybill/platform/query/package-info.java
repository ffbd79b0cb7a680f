/** Filters, sorts, pages and cursors, with their bounds. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.text"})
package dev.waybill.platform.query;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
