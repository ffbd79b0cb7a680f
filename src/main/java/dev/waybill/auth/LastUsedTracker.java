package dev.waybill.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Notes when a key was last used, at most once a minute and beside the request. What cannot be written, or would have to
 * wait in a long queue, is dropped: the next use notes it.
 */
@Component
class LastUsedTracker {

    private static final Logger log = LoggerFactory.getLogger(LastUsedTracker.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int LONGEST_QUEUE = 1_000;
    private static final int MOST_KEYS = 100_000;

    private final LastUsedWriter keys;
    private final InstantSource clock;
    private final Cache<String, Instant> noted =
            Caffeine.newBuilder().maximumSize(MOST_KEYS).build();
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LONGEST_QUEUE),
            Thread.ofVirtual()
                    .name("key-last-use")
                    // Whatever request comes first starts it, and it works for all.
                    .inheritInheritableThreadLocals(false)
                    .factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    LastUsedTracker(LastUsedWriter keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    void note(String keyId) {
        Instant now = clock.instant();
        Instant before = now.minus(INTERVAL);
        Instant last = noted.getIfPresent(keyId);
        if (last == null || last.isBefore(before)) {
            noted.put(keyId, now);
            writer.execute(() -> write(keyId, now, before));
        }
    }

    private void write(String keyId, Instant now, Instant before) {
        try {
            keys.touch(keyId, now, before);
        } catch (RuntimeException e) {
            log.debug("The last use of {} was not noted", keyId, e);
        }
    }

    @PreDestroy
    void close() {
        writer.shutdownNow();
    }
}
