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

/** Rows that name bytes which storage does not have. */
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
     * Goes over all rows of a namespace, or of an organization's that lie in none.
     *
     * @param stop asked before each page
     * @param lost told of each key that is not there
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
        List<Boolean> isThere =
                ParallelCalls.each(page, named -> storage.head(named.key()).isPresent());
        List<Named> missing = IntStream.range(0, page.size())
                .filter(place -> !isThere.get(place))
                .mapToObj(page::get)
                .toList();
        if (missing.isEmpty()) {
            return missing;
        }
        // Some rows went, with their bytes, while storage was asked.
        Set<ObjectKey> still =
                owner.owned(partition, missing.stream().map(Named::key).toList());
        return missing.stream().filter(named -> still.contains(named.key())).toList();
    }
}
