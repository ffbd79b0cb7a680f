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
 * Brings verified bytes to a key that nobody but this service can write, and that is written once: by a server-side copy
 * of the very bytes that were verified, with nothing of what the client put beside them.
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
     * What is to lie at the final key.
     *
     * @param from as it was looked at: its key, size and ETag
     * @param partition the namespace, or the organization of what lies in none
     * @param contentType what the bytes show
     * @param filename the name to save them under
     * @param contentEncoding how they are packed, as the bytes show; null when they are not. What was put beside them is
     *     anybody's word, and what browsers are to unpack must be what it says.
     */
    public record Wanted(
            StoredObject from,
            String partition,
            String contentType,
            String filename,
            @Nullable String contentEncoding) {}

    /**
     * Copies the bytes. Where the copy's own ETag does not show that they are the ones that were verified, they are looked
     * at again at their new key; what is something else there goes.
     *
     * @param isSame whether a copy is what was verified; asked only when its ETag proves nothing
     * @return as they lie at a final key; empty when other bytes were put since, or none are there any more
     * @throws dev.waybill.platform.storage.StorageException when storage is away, or may have copied without an answer
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
