/**
 * Checksums of copied bytes, computed while they stream. A copy is compared by the strongest checksum that the source
 * publishes. Begin with {@code Digests}.
 */
@NullMarked
package dev.waybill.syncs.integrity;

import org.jspecify.annotations.NullMarked;
