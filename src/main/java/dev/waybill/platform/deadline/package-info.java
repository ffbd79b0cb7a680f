/** Request deadlines: how much of its time budget a request has left. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.waybill.platform.deadline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
