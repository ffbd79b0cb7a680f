package dev.waybill.blobs;

import dev.waybill.platform.formats.FileBytes;
import dev.waybill.platform.storage.ObjectHead;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StoredObject;
import java.io.IOException;

/** Access to the bytes of a stored file for the detection of its format. */
public final class StoredFile {

    private StoredFile() {}

    /**
     * The first bytes at once, others by a ranged GET each: for formats with an index at the end, such as some videos.
     * Reading more throws {@link StorageException} when storage is unavailable, and {@link IOException} when the bytes
     * have changed since.
     */
    public static FileBytes of(ObjectStorage storage, ObjectHead seen) {
        StoredObject object = seen.object();
        return FileBytes.of(
                seen.head(),
                object.size(),
                (from, count) -> storage.part(object.key(), object.etag(), from, count)
                        .orElseThrow(() -> new IOException("other bytes lie there by now, or storage gives no parts")));
    }
}
