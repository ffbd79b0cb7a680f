package dev.waybill.objects;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which buckets' counters are to be computed, and when; every bucket that holds objects has a mark here. It serves the
 * work behind the requests, for all tenants at once, so its methods take places rather than a scope.
 */
interface UsageStore {

    /** Up to when changes were looked for; {@link Instant#EPOCH} when that never happened. */
    Instant watermark();

    void moveWatermark(Instant to);

    /** The latest known change of those places that have a mark. */
    Map<BucketPlace, Instant> known(Collection<BucketPlace> places);

    /** Makes the counters of these buckets due at {@code now}; durable when this returns. */
    void mark(Collection<BucketChange> changes, Instant now);

    /** The marks that are due, longest first. */
    List<UsageMark> due(Instant now, int max);

    /**
     * Keeps other instances from computing the same bucket until then.
     *
     * @return whether this call won
     */
    boolean claim(UsageMark mark, Instant until);

    /**
     * Notes that the counters were computed.
     *
     * @param nextAt when to compute them next; if the bucket changed since {@code mark} was read, it stays due at once
     */
    void computed(UsageMark mark, Instant nextAt, Instant notBefore, Duration took);

    /** Drops the mark, unless the bucket changed since it was read. */
    void forget(UsageMark mark);
}
