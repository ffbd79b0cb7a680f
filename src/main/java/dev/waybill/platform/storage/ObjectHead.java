package dev.waybill.platform.storage;

/**
 * An object's metadata and its first bytes, read in one round trip, so that both belong to the same version.
 *
 * @param head the first bytes: fewer than requested only when the object is shorter; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record ObjectHead(StoredObject object, byte[] head) {}
