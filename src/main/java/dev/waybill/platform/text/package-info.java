/**
 * Which characters names and texts of callers may hold. What cannot be stored, shown or found again is refused with a
 * reason. Begin with {@code Letters} and {@code PlainName}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.waybill.platform.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
