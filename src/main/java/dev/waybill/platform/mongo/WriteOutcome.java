package dev.waybill.platform.mongo;

/** The outcome of one conditional write. */
public enum WriteOutcome {
    /** This call wrote it. */
    DONE,
    /** Nothing met the condition, so nothing was written. */
    UNMATCHED,
    /** Another document has the {@code _id}, or a value that must be unique; nothing was written. */
    DUPLICATE_KEY,
    /** The write was sent, and no answer came: it may have been made, or be made still. Read what stands there. */
    UNKNOWN
}
