/** Stores that speak S3, each by its own rules, read with the AWS SDK. */
@NullMarked
@ApplicationModule(allowedDependencies = {"connectors", "platform.errors", "platform.fetch"})
package dev.waybill.connectors.s3;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
