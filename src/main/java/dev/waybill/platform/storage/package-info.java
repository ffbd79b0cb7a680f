/** Object storage: the ports, their implementation on S3, and presigned URLs. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.ids", "platform.deadline", "platform.errors", "platform.text"})
package dev.waybill.platform.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
