/**
 * Verifies the staged bytes of an upload against what its client declared, and promotes what is good to a final key.
 * A result belongs to the bytes of exactly one size and ETag; verifying changes no upload and can be repeated. Begin
 * with {@code Verifier} and {@code VerificationResult}; {@code PropertyPlacement} chooses the property for the bytes.
 */
@NullMarked
package dev.waybill.uploads.verification;

import org.jspecify.annotations.NullMarked;
