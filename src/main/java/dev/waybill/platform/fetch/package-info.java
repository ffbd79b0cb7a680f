/** HTTP requests to URLs that callers name, without being led to where only the service itself may go. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.deadline", "platform.errors", "platform.storage"})
package dev.waybill.platform.fetch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
