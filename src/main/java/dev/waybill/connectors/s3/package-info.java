/**
 * Amazon S3 and stores that speak its API (R2, B2, Wasabi, Tigris, Supabase), read with the AWS SDK. Each provider's
 * differences are in {@code S3Store}; reads are pinned by version or ETag. Begin with {@code BucketConnector}, then
 * {@code S3Source}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.fetch", "connectors"})
package dev.waybill.connectors.s3;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
