/** Integrity checks: compares copied bytes with the checksums of the source. */
@NullMarked
package dev.waybill.syncs.integrity;

import org.jspecify.annotations.NullMarked;
