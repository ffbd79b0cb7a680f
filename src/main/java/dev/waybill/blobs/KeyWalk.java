package dev.waybill.blobs;

import static java.util.stream.Collectors.groupingBy;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists old keys in the order of their times, page by page, and finds the orphans among them. */
@Component
class KeyWalk {

    /** No attempt may name a key older than {@link BlobKeys#YOUNG}, so a key this old gets no new owner. */
    static final Duration BEHIND = Duration.ofHours(24);

    static final int PAGE = 1_000;

    private final ObjectStorage storage;
    private final List<BlobOwner> owners;

    KeyWalk(ObjectStorage storage, List<BlobOwner> owners) {
        this.storage = storage;
        this.owners = List.copyOf(owners);
    }

    /**
     * The next page of keys created before the limit. Keys of another form have no time, and are included.
     *
     * @param prefix one of {@link BlobKeys#SHARDS}, behind {@link BlobKeys#STAGING} or by itself
     * @return {@value #PAGE} keys, or fewer when there are no more
     */
    List<StoredObject> next(String prefix, @Nullable ObjectKey after, Instant limit) {
        return storage.list(prefix, after, PAGE).stream()
                .takeWhile(found -> BlobKeys.timeOf(found.key())
                        .map(made -> made.isBefore(limit))
                        .orElse(true))
                .toList();
    }

    /** The orphans of a page of final keys: written before the limit, and referenced by no row. */
    List<StoredObject> orphans(List<StoredObject> page, Instant limit) {
        List<StoredObject> orphans = new ArrayList<>();
        page.stream()
                .filter(found -> isWrittenBefore(found, limit))
                .filter(found -> BlobKeys.partitionOf(found.key()).isPresent())
                .collect(groupingBy(found -> BlobKeys.partitionOf(found.key()).orElseThrow()))
                .forEach((partition, candidates) -> {
                    Set<ObjectKey> owned = owned(
                            partition,
                            candidates.stream().map(StoredObject::key).toList());
                    candidates.stream()
                            .filter(found -> !owned.contains(found.key()))
                            .forEach(orphans::add);
                });
        return orphans;
    }

    /** By storage's clock, as bytes may be put long after their key was created. */
    static boolean isWrittenBefore(StoredObject found, Instant limit) {
        Instant written = found.lastModified();
        return written != null && written.isBefore(limit);
    }

    private Set<ObjectKey> owned(String partition, List<ObjectKey> keys) {
        Set<ObjectKey> owned = new HashSet<>();
        owners.forEach(owner -> owned.addAll(owner.owned(partition, keys)));
        return owned;
    }
}
