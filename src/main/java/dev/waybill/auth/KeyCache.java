package dev.waybill.auth;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * In-memory cache of authenticated keys on this instance, with a time to live of a few seconds. An entry's age counts
 * from the start of its read, so a slow read cannot delay a revocation. Requests with the same key share one read.
 *
 * <p>Unknown keys are cached apart from the known ones: a flood of invented keys then evicts only its like.
 */
public final class KeyCache implements MeterBinder {

    private static final int MOST_KEYS = 10_000;
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
    private static final Executor READERS =
            task -> Thread.ofVirtual().name("key-lookup").start(task);

    /** The outcome of a read: a key, nothing, or a failure. A failure is a value here, so that its waiters share it. */
    private record Entry(
            @Nullable AuthenticatedKey key, @Nullable RuntimeException failure, long readAt) {}

    private final KeySource source;
    private final Duration ttl;
    private final Ticker ticker;
    private final AsyncCache<String, Entry> known;
    private final Cache<String, Entry> unknown;

    KeyCache(KeySource source, Duration ttl, Ticker ticker) {
        this.source = source;
        this.ttl = ttl;
        this.ticker = ticker;
        this.known = builder(ttl).buildAsync();
        this.unknown = builder(ttl).build();
    }

    private Caffeine<String, Entry> builder(Duration ttl) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .ticker(ticker)
                .recordStats()
                .expireAfter(new AgeSinceRead(ttl.toNanos()));
    }

    /**
     * The key of a hash.
     *
     * @throws WaybillException 503 when it is not in the cache and cannot be read now
     */
    Optional<AuthenticatedKey> find(String hash) {
        if (unknown.getIfPresent(hash) != null) {
            return Optional.empty();
        }
        Entry entry = current(hash);
        if (isExpired(entry)) {
            // The cache sets an entry's expiry a moment after its waiters get it; such a waiter checks the age itself.
            known.synchronous().asMap().remove(hash, entry);
            entry = current(hash);
        }
        if (entry.failure() != null) {
            throw unavailable(entry.failure());
        }
        if (entry.key() == null) {
            unknown.put(hash, entry);
            known.asMap().remove(hash);
        }
        return Optional.ofNullable(entry.key());
    }

    private Entry current(String hash) {
        return await(known.get(hash, (key, executor) -> CompletableFuture.supplyAsync(() -> read(key), READERS)));
    }

    private boolean isExpired(Entry entry) {
        return ticker.read() - entry.readAt() >= ttl.toNanos();
    }

    /** Evicts a key on this instance at once; on the others it expires. */
    public void evict(String hash) {
        known.synchronous().invalidate(hash);
        unknown.invalidate(hash);
    }

    /** Evicts all keys on this instance, for changes that touch an unknown number of them. */
    public void evictAll() {
        known.synchronous().invalidateAll();
        unknown.invalidateAll();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        CaffeineCacheMetrics.monitor(registry, known, "auth.keys");
        CaffeineCacheMetrics.monitor(registry, unknown, "auth.unknown-keys");
    }

    private Entry read(String hash) {
        long begun = ticker.read();
        try {
            return new Entry(source.find(hash).orElse(null), null, begun);
        } catch (RuntimeException e) {
            return new Entry(null, e, begun);
        }
    }

    private static Entry await(CompletableFuture<Entry> reading) {
        try {
            return reading.get(READ_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable(e);
        }
    }

    private static WaybillException unavailable(Exception cause) {
        return new WaybillException(
                ErrorCode.SERVICE_UNAVAILABLE, "The API key cannot be checked right now. Try again.", Map.of(), cause);
    }

    private record AgeSinceRead(long ttlNanos) implements Expiry<String, Entry> {

        @Override
        public long expireAfterCreate(String hash, Entry entry, long currentTime) {
            return entry.failure() == null ? Math.max(0, entry.readAt() + ttlNanos - currentTime) : 0;
        }

        @Override
        public long expireAfterUpdate(String hash, Entry entry, long currentTime, long currentDuration) {
            return expireAfterCreate(hash, entry, currentTime);
        }

        @Override
        public long expireAfterRead(String hash, Entry entry, long currentTime, long currentDuration) {
            return currentDuration;
        }
    }
}
