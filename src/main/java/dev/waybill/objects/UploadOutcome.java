package dev.waybill.objects;

/**
 * The reason of a tombstone: the object was deleted, or its upload canceled or failed.
 *
 * @param why a message for people; empty when the cause is enough
 * @param keepsBytes whether the bytes of the upload stay in storage
 */
public record UploadOutcome(Cause cause, String why, boolean keepsBytes) {

    /** The cause. */
    public enum Cause {
        /** The object was deleted. */
        DELETED,
        /** Its upload was canceled. */
        CANCELED,
        /** Its upload failed, or expired. */
        FAILED
    }
}
