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
 * What this instance believes of keys, for a few seconds. An entry is as old as the moment its reading began, so a slow
 * read cannot stretch the time in which a revocation takes effect. Requests with the same key share one read.
 *
 * <p>Unknown keys are remembered apart from the known ones: a flood of invented keys then pushes out only its like.
 */
public final class KeyCache implements MeterBinder {

    private static final int MOST_KEYS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Executor READERS =
            task -> Thread.ofVirtual().name("key-lookup").start(task);

    /** What a reading found: a key, nothing, or no answer. A failure is a value here, so that its waiters share it. */
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
        if (isOld(entry)) {
            // The cache learns an entry's age a moment after its readers do; whoever is quicker looks for himself.
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

    private boolean isOld(Entry entry) {
        return ticker.read() - entry.readAt() >= ttl.toNanos();
    }

    /** Forgets a key on this instance at once; the others forget it when its time is up. */
    public void forget(String hash) {
        known.synchronous().invalidate(hash);
        unknown.invalidate(hash);
    }

    /** Forgets all keys on this instance, for changes that touch an unknown number of them. */
    public void forgetAll() {
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
            return reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
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
