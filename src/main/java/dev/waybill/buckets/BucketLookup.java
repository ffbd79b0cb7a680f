package dev.waybill.buckets;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.waybill.auth.BucketResolver;
import dev.waybill.platform.tenancy.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Cached look-up of buckets by id or name. Hits are cached for 2 s, so that a change made on another instance is seen
 * within that time; misses for 200 ms only, as the bucket may just have been created on another instance.
 */
@Component
class BucketLookup implements BucketResolver {

    private static final Duration HIT_TTL = Duration.ofSeconds(2);
    private static final Duration MISS_TTL = Duration.ofMillis(200);
    private static final int MAX_ENTRIES = 10_000;

    private final BucketStore store;
    private final Cache<String, Optional<Bucket>> cache;

    BucketLookup(BucketStore store, MeterRegistry meters) {
        this.store = store;
        this.cache = Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfter(Expiry.<String, Optional<Bucket>>writing(
                        (key, found) -> found.isPresent() ? HIT_TTL : MISS_TTL))
                .recordStats()
                .build();
        CaffeineCacheMetrics.monitor(meters, cache, "buckets");
    }

    Optional<Bucket> find(Scope scope, String identifier) {
        return cache.get(scope.key(identifier), key -> store.find(scope, identifier));
    }

    @Override
    public Optional<Found> resolve(Scope scope, String identifier) {
        return find(scope, identifier).map(bucket -> new Found(bucket.id().value(), bucket.name()));
    }

    /** Evicts a bucket under its id and its name, after a change. */
    void invalidate(Bucket bucket) {
        cache.invalidate(bucket.scope().key(bucket.id().value()));
        cache.invalidate(bucket.scope().key(bucket.name()));
    }
}
