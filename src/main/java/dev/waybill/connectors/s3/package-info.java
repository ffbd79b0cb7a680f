/** Connectors to S3-compatible stores, each with its deviations, read with the AWS SDK. */
@NullMarked
@ApplicationModule(allowedDependencies = {"connectors", "platform.errors", "platform.fetch"})
package dev.waybill.connectors.s3;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
