package dev.waybill.namespaces;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.waybill.auth.NamespaceResolver;
import dev.waybill.platform.tenancy.OrganizationId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Resolves the namespace of each request, with a cache. Hits are cached for two seconds, so a change made on another
 * instance is seen within that time; misses for a moment only, as the next request may come right after the namespace
 * was created on another instance.
 */
@Component
class NamespaceLookup implements NamespaceResolver {

    private static final Duration HIT_TTL = Duration.ofSeconds(2);
    private static final Duration MISS_TTL = Duration.ofMillis(200);
    private static final int MAX_ENTRIES = 20_000;

    private final NamespaceStore store;
    private final Cache<String, Optional<Found>> cache;

    NamespaceLookup(NamespaceStore store, MeterRegistry meters) {
        this.store = store;
        this.cache = Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfter(
                        Expiry.<String, Optional<Found>>writing((key, found) -> found.isPresent() ? HIT_TTL : MISS_TTL))
                .recordStats()
                .build();
        CaffeineCacheMetrics.monitor(meters, cache, "namespaces");
    }

    @Override
    public Optional<Found> resolve(OrganizationId organization, String identifier) {
        return cache.get(
                organization.key(identifier),
                key -> store.find(organization, identifier)
                        .map(namespace -> new Found(namespace.id(), namespace.name())));
    }

    /** Evicts a namespace under its id and its name, after a change. */
    void evict(NamespaceEntity namespace) {
        cache.invalidate(namespace.organization().key(namespace.id().value()));
        cache.invalidate(namespace.organization().key(namespace.name()));
    }
}
