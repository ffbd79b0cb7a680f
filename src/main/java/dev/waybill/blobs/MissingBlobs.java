package dev.waybill.blobs;

import dev.waybill.blobs.BlobOwner.Named;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds rows that reference blobs which storage does not have. */
@Component
class MissingBlobs {

    private static final int PAGE = 1_000;

    private final ObjectStorage storage;
    private final List<BlobOwner> owners;

    MissingBlobs(ObjectStorage storage, List<BlobOwner> owners) {
        this.storage = storage;
        this.owners = List.copyOf(owners);
    }

    /**
     * Checks all rows of a namespace, or those of an organization that belong to none.
     *
     * @param stop polled before each page
     * @param lost receives each row and key whose blob is missing
     */
    void find(String partition, BooleanSupplier stop, Consumer<Named> lost) {
        for (BlobOwner owner : owners) {
            @Nullable String after = null;
            while (!stop.getAsBoolean()) {
                List<Named> page = owner.page(partition, after, PAGE);
                if (page.isEmpty()) {
                    break;
                }
                lost(owner, partition, page).forEach(lost);
                after = page.getLast().id();
            }
        }
    }

    private List<Named> lost(BlobOwner owner, String partition, List<Named> page) {
        List<Boolean> exists =
                ParallelCalls.each(page, named -> storage.head(named.key()).isPresent());
        List<Named> missing = IntStream.range(0, page.size())
                .filter(index -> !exists.get(index))
                .mapToObj(page::get)
                .toList();
        if (missing.isEmpty()) {
            return missing;
        }
        // Some rows were deleted, with their blobs, while storage was queried.
        Set<ObjectKey> stillOwned =
                owner.owned(partition, missing.stream().map(Named::key).toList());
        return missing.stream()
                .filter(named -> stillOwned.contains(named.key()))
                .toList();
    }
}
