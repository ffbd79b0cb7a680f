package dev.waybill.platform.storage;

/** The outcome of a server-side copy. */
public sealed interface CopyResult {

    /**
     * The copy is there.
     *
     * @param object as it lies at its new key; its time and its SHA-256 only where storage returned them
     * @param isProven the copy's own ETag shows that its bytes are the pinned ones. False where it can't prove it
     *     (ETags of multipart uploads, of encrypted objects): not every server keeps to a pin, so whoever relies on the
     *     bytes then reads them at the new key
     */
    record Copied(StoredObject object, boolean isProven) implements CopyResult {}

    /** The source no longer holds the pinned bytes. The new key holds nothing that anybody may use. */
    record Changed() implements CopyResult {}

    /** There is no source. */
    record Absent() implements CopyResult {}
}
