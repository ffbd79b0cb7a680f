package dev.waybill.buckets;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** API of this module for others: looks up buckets and records their usage. */
@Component
public class Buckets {

    private final BucketStore store;
    private final BucketLookup lookup;
    private final MissingBucket missing;
    private final InstantSource clock;

    Buckets(BucketStore store, BucketLookup lookup, MissingBucket missing, InstantSource clock) {
        this.store = store;
        this.lookup = lookup;
        this.missing = missing;
        this.clock = clock;
    }

    /**
     * The bucket of that id or name; cached for 2 s, as every upload request needs it.
     *
     * @throws dev.waybill.platform.errors.WaybillException 404 when there is none, or it is being deleted
     */
    public Bucket require(Scope scope, String identifier) {
        return find(scope, identifier).orElseThrow(() -> missing.of(scope, identifier));
    }

    /** As {@link #require}; empty when there is none, or it is being deleted. */
    public Optional<Bucket> find(Scope scope, String identifier) {
        return lookup.find(scope, identifier);
    }

    /** Reference to a bucket of a tenant's namespace. */
    public record BucketRef(Scope scope, BucketId bucket) {}

    /** Those of the buckets that no longer exist, not even as ones being deleted; bypasses the cache. */
    public Set<BucketRef> absent(Collection<BucketRef> buckets) {
        return store.absent(buckets);
    }

    /**
     * Makes sure that a bucket takes new content.
     *
     * @throws WaybillException 409 with the reason when it does not
     */
    public static void requireOpen(Bucket bucket) {
        if (bucket.status() != TaskStatus.ACTIVE) {
            throw new WaybillException(
                    ErrorCode.BUCKET_NOT_ACTIVE,
                    "Bucket '%s' is %s and takes nothing new".formatted(bucket.name(), bucket.status()),
                    Map.of(
                            "bucket_id",
                            bucket.id().value(),
                            "status",
                            bucket.status().name()));
        }
        if (bucket.locked()) {
            throw new WaybillException(
                    ErrorCode.BUCKET_LOCKED,
                    "Bucket '%s' is locked and takes nothing new".formatted(bucket.name()),
                    Map.of("bucket_id", bucket.id().value()));
        }
    }

    /**
     * Stores freshly computed counters, unless newer ones are stored.
     *
     * @param usage without {@link BucketUsage#statsUpdatedAt()} it counts as computed now
     */
    public void recordUsage(Scope scope, BucketId bucket, BucketUsage usage) {
        Instant computedAt = usage.statsUpdatedAt();
        store.recordUsage(scope, bucket, usage, computedAt == null ? clock.instant() : computedAt);
    }
}
