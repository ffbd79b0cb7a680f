package dev.waybill.blobs;

import dev.waybill.platform.formats.FileBytes;
import dev.waybill.platform.storage.ObjectHead;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StoredObject;
import java.io.IOException;

/** What can be seen of a file in storage by those who ask what it is. */
public final class StoredFile {

    private StoredFile() {}

    /**
     * The first bytes, and others by a request each: of files that tell what they hold at their end, such as films whose
     * index was written last. Who asks for more gets {@link StorageException} where storage is away; bytes that are
     * others by now are out of sight.
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
