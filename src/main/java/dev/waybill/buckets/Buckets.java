package dev.waybill.buckets;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** The door to buckets for the rooms above. */
@Component
public class Buckets {

    private static final Duration SUMS_HOLD = Duration.ofSeconds(3);
    private static final int MAX_SUMS = 10_000;

    private final BucketStore store;
    private final BucketLookup lookup;
    private final InstantSource clock;
    private final Cache<OrganizationId, Long> storedBytes = Caffeine.newBuilder()
            .maximumSize(MAX_SUMS)
            .expireAfterWrite(SUMS_HOLD)
            .build();

    Buckets(BucketStore store, BucketLookup lookup, InstantSource clock) {
        this.store = store;
        this.lookup = lookup;
        this.clock = clock;
    }

    /**
     * The bucket of that id or name; cached for a second or two, as uploads ask for it with every request.
     *
     * @throws dev.waybill.platform.errors.WaybillException 404 when there is none, or it is being deleted
     */
    public Bucket require(Scope scope, String identifier) {
        return lookup.find(scope, identifier).orElseThrow(() -> WaybillException.notFound("bucket", identifier));
    }

    /**
     * Keeps freshly computed counters, unless newer ones are there.
     *
     * @param usage without {@link BucketUsage#computedAt()} it counts as computed now
     */
    public void recordUsage(Scope scope, BucketId bucket, BucketUsage usage) {
        Instant computedAt = usage.computedAt();
        store.recordUsage(scope, bucket, usage, computedAt == null ? clock.instant() : computedAt);
    }

    /** The bytes that the organization's buckets hold together, at most a few seconds old. */
    public long storedBytes(OrganizationId organization) {
        return storedBytes.get(organization, store::storedBytes);
    }
}
