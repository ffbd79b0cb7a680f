/**
 * Secrets that the service must read again, encrypted at rest with AES-GCM. A ciphertext opens only for the owner
 * that it was encrypted for, and keys can be rotated. Begin with {@code Secrets}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors"})
package dev.waybill.platform.secrets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
