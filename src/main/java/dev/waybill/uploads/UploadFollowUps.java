package dev.waybill.uploads;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.blobs.BlobKeys;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.UploadCompletion;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Completes uploads whose outcome was decided by an attempt that died before it updated them; called by the objects'
 * walk.
 */
@Component
class UploadFollowUps implements UploadCompletion {

    private static final Logger LOG = LoggerFactory.getLogger(UploadFollowUps.class);

    private final UploadStore store;
    private final UploadConfirmation confirmation;
    private final BatchedDeletes deletes;

    UploadFollowUps(UploadStore store, UploadConfirmation confirmation, BatchedDeletes deletes) {
        this.store = store;
        this.confirmation = confirmation;
        this.deletes = deletes;
    }

    @Override
    public Set<UploadRef> complete(Collection<UploadRef> uploads) {
        Map<Buckets.BucketRef, List<UploadEntity>> open = store.open(uploads).stream()
                .collect(Collectors.groupingBy(upload -> new Buckets.BucketRef(upload.scope(), upload.bucket())));
        Set<UploadRef> left = new HashSet<>();
        open.values().forEach(some -> left.addAll(stillOpen(some)));
        return left;
    }

    /** @return those that are still open */
    private List<UploadRef> stillOpen(List<UploadEntity> open) {
        try {
            return confirmation.completeDecided(open).stream()
                    .map(UploadFollowUps::reference)
                    .toList();
        } catch (RuntimeException notNow) {
            LOG.warn("{} decided uploads will be completed later: {}", open.size(), notNow.toString());
            return open.stream().map(UploadFollowUps::reference).toList();
        }
    }

    private static UploadRef reference(UploadEntity upload) {
        return new UploadRef(upload.scope(), upload.bucket(), upload.id().value());
    }

    @Override
    public void removeAll(Collection<UploadRef> uploads) {
        Map<Scope, List<UploadRef>> byScope = uploads.stream().collect(Collectors.groupingBy(UploadRef::scope));
        byScope.forEach((scope, inScope) -> {
            List<UploadId> ids =
                    inScope.stream().map(one -> new UploadId(one.uploadId())).toList();
            deletes.add(store.findAll(scope, ids).stream()
                    .map(upload -> upload.file().key())
                    .filter(BlobKeys::isStaged)
                    .toList());
            store.removeAll(scope, ids);
        });
    }
}
