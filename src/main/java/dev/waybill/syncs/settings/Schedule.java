package dev.waybill.syncs.settings;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Polling schedule of syncs. */
public final class Schedule {

    private static final Duration LONGEST_BACKOFF = Duration.ofHours(1);
    private static final int MAX_DOUBLINGS = 20;

    private Schedule() {}

    /**
     * When the next run is due: one interval after the start of the previous run, with up to a tenth of jitter, so that
     * syncs created together do not run together for ever. Each failure in a row doubles the interval, up to an hour
     * more.
     *
     * @param failures in a row; 0 after a success
     */
    public static Instant after(Settings settings, int failures, Instant start) {
        Duration interval = Duration.ofSeconds(settings.pollingIntervalSeconds());
        Duration doubled = interval.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        Duration longest = interval.plus(LONGEST_BACKOFF);
        Duration wait = doubled.compareTo(longest) > 0 ? longest : doubled;
        long jitter = ThreadLocalRandom.current().nextLong(interval.toMillis() / 10 + 1);
        return start.plus(wait).plusMillis(jitter);
    }
}
