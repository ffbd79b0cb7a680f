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
 * Finds the bucket of each request. What it found holds for two seconds, so a change made on another instance is seen
 * within that time; that there is none holds for a moment only, as the next request may come right after it was made
 * elsewhere.
 */
@Component
class BucketLookup implements BucketResolver {

    private static final Duration FOUND = Duration.ofSeconds(2);
    private static final Duration MISSED = Duration.ofMillis(200);
    private static final int MAX_ENTRIES = 10_000;

    private final BucketStore store;
    private final Cache<String, Optional<Bucket>> cache;

    BucketLookup(BucketStore store, MeterRegistry meters) {
        this.store = store;
        this.cache = Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfter(
                        Expiry.<String, Optional<Bucket>>writing((key, found) -> found.isPresent() ? FOUND : MISSED))
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

    /** Forgets a bucket under its id and its name, after a change. */
    void forget(Bucket bucket) {
        cache.invalidate(bucket.scope().key(bucket.id().value()));
        cache.invalidate(bucket.scope().key(bucket.name()));
    }
}
