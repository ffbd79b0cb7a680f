package dev.waybill.blobs;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.CopyResult;
import dev.waybill.platform.storage.CopyTerms;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Promotes verified bytes from staging to a final key, which only this service can write, and writes once: by a
 * server-side copy on condition that the bytes are the verified ones, without the client's metadata.
 */
@Component
public class Promotion {

    private final ObjectStorage storage;
    private final BatchedDeletes deletes;
    private final IdGenerator ids;
    private final FaultPoints faults;

    public Promotion(ObjectStorage storage, BatchedDeletes deletes, IdGenerator ids, FaultPoints faults) {
        this.storage = storage;
        this.deletes = deletes;
        this.ids = ids;
        this.faults = faults;
    }

    /**
     * The blob to create at a final key.
     *
     * @param from as it was verified: its key, size and ETag
     * @param partition the namespace, or the organization of what belongs to none
     * @param contentType as detected from the bytes
     * @param filename the name to save them under
     * @param contentEncoding the compression, as detected from the bytes; null when there is none. What the client
     *     declared is not trusted, as browsers decompress by this header.
     */
    public record Wanted(
            StoredObject from,
            String partition,
            String contentType,
            String filename,
            @Nullable String contentEncoding) {}

    /**
     * Copies the bytes. Where the ETag of the copy does not prove that they are the verified ones, they are verified
     * again at their final key, and removed there on a mismatch.
     *
     * @param isSame whether a copy is what was verified; called only when its ETag proves nothing
     * @return the object at its final key; empty when the source has changed since, or is gone
     * @throws dev.waybill.platform.storage.StorageException when storage is unavailable, or may have copied without an
     *     answer
     */
    public Optional<StoredObject> promote(Wanted wanted, Predicate<StoredObject> isSame) {
        StoredObject from = wanted.from();
        ObjectKey to = BlobKeys.fresh(ids, wanted.partition(), wanted.filename());
        CopyResult copied = storage.copy(new CopyTerms(
                from.key(),
                from.etag(),
                from.size(),
                to,
                wanted.contentType(),
                wanted.filename(),
                wanted.contentEncoding()));
        faults.reach("blobs.copied");
        if (!(copied instanceof CopyResult.Copied done)) {
            return Optional.empty();
        }
        if (!done.isProven() && !isSame.test(done.object())) {
            deletes.add(List.of(to));
            return Optional.empty();
        }
        return Optional.of(done.object());
    }
}
