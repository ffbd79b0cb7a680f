/**
 * Copies one version of a file from a source into managed storage, as fast as the source allows. It takes constant
 * memory, compares the bytes with the source's checksums, and leaves no bytes behind when it fails. Begin with {@code
 * FileCopy}; {@code Transfer} is its context, {@code AdaptiveConcurrency} limits parallel reads.
 */
@NullMarked
package dev.waybill.syncs.transfer;

import org.jspecify.annotations.NullMarked;
