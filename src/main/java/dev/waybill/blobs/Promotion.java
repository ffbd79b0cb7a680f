package dev.waybill.blobs;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.CopyResult;
import dev.waybill.platform.storage.CopyTerms;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Brings verified bytes to a key that nobody but this service can write, and that is written once: by a server-side copy
 * of the very bytes that were verified, with nothing of what the client put beside them.
 */
@Component
public class Promotion {

    private final ObjectStorage storage;
    private final IdGenerator ids;
    private final FaultPoints faults;

    public Promotion(ObjectStorage storage, IdGenerator ids, FaultPoints faults) {
        this.storage = storage;
        this.ids = ids;
        this.faults = faults;
    }

    /**
     * What is to lie at the final key.
     *
     * @param from as it was looked at: its key, size and ETag, and its Content-Encoding, which stays where the bytes
     *     show it
     * @param partition the namespace, or the organization of what lies in none
     * @param contentType what the bytes show
     * @param filename the name to save them under
     */
    public record Wanted(StoredObject from, String partition, String contentType, String filename) {}

    /** What came of it. */
    public sealed interface Result {

        /**
         * The bytes lie at a final key.
         *
         * @param isProven whether the copy's own ETag shows that they are the ones that were verified; else they must be
         *     looked at again there
         */
        record Promoted(StoredObject object, boolean isProven) implements Result {}

        /** Other bytes were put since, or none are there any more. */
        record Changed() implements Result {}
    }

    /** @throws dev.waybill.platform.storage.StorageException when storage is away, or may have copied without an answer */
    public Result promote(Wanted wanted) {
        StoredObject from = wanted.from();
        ObjectKey to = BlobKeys.fresh(ids, wanted.partition(), wanted.filename());
        // Anybody may put any word here. What browsers are to unpack must be what it says.
        boolean isGzip = "gzip".equalsIgnoreCase(from.contentEncoding())
                && wanted.contentType().equals("application/gzip");
        @Nullable String encoding = isGzip ? "gzip" : null;
        CopyResult copied = storage.copy(new CopyTerms(
                from.key(), from.etag(), from.size(), to, wanted.contentType(), wanted.filename(), encoding));
        faults.reach("blobs.copied");
        return switch (copied) {
            case CopyResult.Copied done -> new Result.Promoted(done.object(), done.isProven());
            case CopyResult.Changed changed -> new Result.Changed();
            case CopyResult.Absent absent -> new Result.Changed();
        };
    }
}
