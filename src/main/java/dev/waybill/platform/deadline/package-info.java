/**
 * The deadline of a request, for all its calls together. A call never waits longer than the request that made it has
 * left. Begin with {@code RequestDeadline}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.waybill.platform.deadline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
