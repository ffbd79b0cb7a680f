package dev.waybill.objects;

/**
 * Why nothing stands under an id.
 *
 * @param why a sentence for the person reading; empty when the cause says it all
 * @param keepsBytes whether the bytes of the upload are to stay in storage all the same
 */
public record UploadOutcome(Cause cause, String why, boolean keepsBytes) {

    /** What ended it. */
    public enum Cause {
        /** The object was there, and was deleted. */
        DELETED,
        /** Its upload was canceled. */
        CANCELED,
        /** Its upload failed, or expired. */
        FAILED
    }
}
