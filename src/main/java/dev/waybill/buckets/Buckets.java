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

/** The door to buckets for the rooms above. */
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
     * The bucket of that id or name; cached for a second or two, as uploads ask for it with every request.
     *
     * @throws dev.waybill.platform.errors.WaybillException 404 when there is none, or it is being deleted
     */
    public Bucket require(Scope scope, String identifier) {
        return find(scope, identifier).orElseThrow(() -> missing.of(scope, identifier));
    }

    /** The same; empty when there is none, or it is being deleted. */
    public Optional<Bucket> find(Scope scope, String identifier) {
        return lookup.find(scope, identifier);
    }

    /** Where something lies. */
    public record BucketRef(Scope scope, BucketId bucket) {}

    /** Those of the buckets that are not there any more, not even as ones that are being deleted; as stored just now. */
    public Set<BucketRef> absent(Collection<BucketRef> places) {
        return store.absent(places);
    }

    /**
     * Makes sure that a bucket takes new content.
     *
     * @throws WaybillException 409 that says why it does not
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
     * Keeps freshly computed counters, unless newer ones are there.
     *
     * @param usage without {@link BucketUsage#statsUpdatedAt()} it counts as computed now
     */
    public void recordUsage(Scope scope, BucketId bucket, BucketUsage usage) {
        Instant computedAt = usage.statsUpdatedAt();
        store.recordUsage(scope, bucket, usage, computedAt == null ? clock.instant() : computedAt);
    }
}
