package dev.waybill.quotas;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.quotas.BalanceEntity.Reserved;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts what an organization stores from the rows of all modules that store files, and writes that into its balance.
 * Each write that adds bytes holds a reservation from before until after, both of them changes of the balance; so where
 * the balance did not change while it was counted, nothing was missed. What is removed is never subtracted: the next
 * count does not find it.
 */
@Component
class StorageCount {

    /** A count of millions of files takes longer; it is cached, so what is removed meanwhile is free a little later. */
    private static final Duration LONG = Duration.ofSeconds(3);

    private static final int PAUSE_PER_DURATION = 10;
    private static final int MAX_RECENT = 10_000;

    private final BalanceStore balances;
    private final List<StoredFiles> sources;
    private final InstantSource clock;
    private final Cache<OrganizationId, Recent> recents =
            Caffeine.newBuilder().maximumSize(MAX_RECENT).build();

    StorageCount(BalanceStore balances, List<StoredFiles> sources, InstantSource clock) {
        this.balances = balances;
        this.sources = sources.stream()
                .sorted(Comparator.comparingInt(StoredFiles::order))
                .toList();
        this.clock = clock;
    }

    /** A cached count that took long. @param until when it expires */
    private record Recent(Counted counted, Instant until) {}

    /**
     * What was counted.
     *
     * @param rows what is stored and announced
     * @param inFlight bytes of writes in flight, of which some may be among the rows already
     */
    record Counted(StoredFiles.Sum rows, long inFlight) {

        /** Never too few. */
        long upperBound() {
            return rows.total() + inFlight;
        }

        /** What to report: more than the quota was never admitted, so what is above was counted twice. */
        StoredFiles.Sum within(long quota) {
            long more = Math.max(0, Math.min(inFlight, quota - rows.total()));
            return rows.plus(new StoredFiles.Sum(0, more));
        }
    }

    /**
     * Counts, and writes the result into the balance, unless that changed meanwhile. A count that takes long is cached
     * for a while.
     */
    Counted count(OrganizationId organization) {
        Instant now = clock.instant();
        Recent recent = recents.getIfPresent(organization);
        if (recent != null && now.isBefore(recent.until())) {
            return recent.counted();
        }
        long started = System.nanoTime();
        Counted counted = counted(organization, now);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        if (took.compareTo(LONG) > 0) {
            recents.put(organization, new Recent(counted, now.plus(took.multipliedBy(PAUSE_PER_DURATION))));
        }
        return counted;
    }

    private Counted counted(OrganizationId organization, Instant now) {
        @Nullable BalanceEntity read = balances.find(organization).orElse(null);
        Map<String, Reserved> open = read == null ? Map.of() : read.reservations();
        List<String> expired = open.entrySet().stream()
                .filter(one -> !one.getValue().until().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
        long inFlight = open.entrySet().stream()
                .filter(one -> !expired.contains(one.getKey()))
                .mapToLong(one -> one.getValue().bytes())
                .sum();
        Counted counted = new Counted(rows(organization), inFlight);
        balances.recount(organization, read, counted.upperBound(), expired);
        return counted;
    }

    /** What is stored and announced, without use of a balance. */
    StoredFiles.Sum rows(OrganizationId organization) {
        return sources.stream()
                .map(source -> source.of(organization))
                .reduce(StoredFiles.Sum.NONE, StoredFiles.Sum::plus);
    }
}
