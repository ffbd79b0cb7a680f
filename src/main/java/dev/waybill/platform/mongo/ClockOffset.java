package dev.waybill.platform.mongo;

import com.mongodb.client.MongoDatabase;
import dev.waybill.platform.ids.DatabaseClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.stereotype.Component;

/**
 * Synchronizes the {@link DatabaseClock} with the database: measures how far the database's clock is from this
 * machine's, before anything else starts and twice a minute. When the database does not answer, the last offset holds.
 */
@Component
final class ClockOffset implements SmartLifecycle, MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(ClockOffset.class);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration FAR = Duration.ofSeconds(5);
    private static final int SAMPLES = 5;

    private final MongoDatabaseFactory databases;
    private final DatabaseClock clock;
    private boolean known;
    private boolean far;
    private volatile @Nullable Thread following;

    ClockOffset(MongoDatabaseFactory databases, DatabaseClock clock) {
        this.databases = databases;
        this.clock = clock;
    }

    /** @param error how much the offset may be off */
    private record Sample(Duration offset, Duration error) {}

    @Override
    public void start() {
        measure();
        following = Thread.ofVirtual().name("clock-offset").start(this::follow);
    }

    @Override
    public void stop() {
        Thread thread = following;
        if (thread != null) {
            thread.interrupt();
            following = null;
        }
    }

    @Override
    public boolean isRunning() {
        return following != null;
    }

    /** Right after the first connection to the database. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        TimeGauge.builder(
                        "waybill.clock.offset",
                        clock,
                        TimeUnit.MILLISECONDS,
                        each -> each.offset().toMillis())
                .description("How far the database's clock is ahead of this machine's")
                .register(registry);
    }

    private void follow() {
        try {
            while (true) {
                Thread.sleep(known ? EVERY : UNTIL_KNOWN);
                measure();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Measures; of a few samples, the one with the shortest round trip is the most exact.
     *
     * @return whether this machine's clock is far off and was not before, which is logged
     */
    boolean measure() {
        Sample best = null;
        try {
            MongoDatabase database =
                    databases.getMongoDatabase().withTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < SAMPLES; i++) {
                Sample sample = sample(database);
                if (best == null || sample.error().compareTo(best.error()) < 0) {
                    best = sample;
                }
            }
        } catch (RuntimeException unanswered) {
            log.debug("The database did not report its time", unanswered);
        }
        return best != null && applied(best);
    }

    private Sample sample(MongoDatabase database) {
        Instant sentAt = clock.machineTime();
        long start = System.nanoTime();
        Document hello = database.runCommand(new Document("hello", 1));
        Duration half = Duration.ofNanos((System.nanoTime() - start) / 2);
        if (!(hello.get("localTime") instanceof Date there)) {
            throw new IllegalStateException("hello without localTime");
        }
        // Its milliseconds are cut, not rounded.
        return new Sample(Duration.between(sentAt.plus(half), there.toInstant()), half.plusMillis(1));
    }

    /** A difference that may be none is left as it is: the clock would tremble, and step back every other time. */
    private boolean applied(Sample sample) {
        known = true;
        Duration change = sample.offset().minus(clock.offset());
        if (change.abs().compareTo(sample.error()) > 0) {
            clock.follow(sample.offset());
        }
        boolean wasFar = far;
        far = clock.offset().abs().compareTo(FAR) > 0;
        boolean isNew = far && !wasFar;
        if (isNew) {
            log.warn(
                    "This machine's clock differs from the database's by {} ms. Waybill goes by the database's; storage"
                            + " and webhooks' receivers have clocks of their own, so have NTP mend the wrong one.",
                    clock.offset().toMillis());
        }
        return isNew;
    }
}
