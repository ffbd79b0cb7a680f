/**
 * The port to object storage: put, head, ranged get, pinned copy, delete, multipart, presigned URLs. What a presigned
 * PUT allows is signed, reads can be pinned to an ETag, and each failure says whether a retry helps. Begin with
 * {@code ObjectStorage} and {@code UrlSigner}; the adapter is {@code storage.s3}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.ids", "platform.text", "platform.errors", "platform.deadline"})
package dev.waybill.platform.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
