/**
 * One exception and one catalogue of error codes. A violation names the field and the fix, and all violations of a
 * request are reported together. Begin with {@code WaybillException} and {@code ErrorCode}; {@code FaultPoints} are
 * where tests crash the service.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.text"})
package dev.waybill.platform.errors;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
