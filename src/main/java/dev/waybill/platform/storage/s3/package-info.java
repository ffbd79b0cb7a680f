/**
 * The adapter behind the storage port: S3 and what speaks its API, its settings, and presigned URLs by Signature
 * Version 4. Nothing outside depends on the SDK, and each failure is mapped to the port's exceptions. Begin with
 * {@code StorageConfiguration}, then {@code S3ObjectStorage} and {@code SigV4UrlSigner}.
 */
@NullMarked
package dev.waybill.platform.storage.s3;

import org.jspecify.annotations.NullMarked;
