/** The object-storage port in our own words, and its implementations. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.ids", "platform.deadline", "platform.errors", "platform.text"})
package dev.waybill.platform.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
