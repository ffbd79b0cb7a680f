package dev.waybill.objects;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import dev.waybill.buckets.Buckets;
import dev.waybill.objects.ObjectStore.Written;
import dev.waybill.objects.UploadCompletion.UploadRef;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Periodic walk that completes the follow-ups of written rows after crashes. A row is the commit point; its follow-ups
 * (the status of its upload, the requested batch, the events, the removal of derived data after a deletion) are derived
 * from it alone, under derived ids. So this walk goes over all rows in the order of their writing, up to now, and
 * repeats the follow-ups, whether or not there was a crash: where nothing is missing, a page costs a few reads.
 *
 * <p>A write may become visible a little after its time, so the last {@link #OVERLAP} are read again each time. The
 * cursor waits for a row whose follow-up failed, for {@link #PATIENCE}. Once a day the last {@link #WHOLE} are read
 * again, for a writer that stalled between taking the time and writing.
 */
@Component
class ObjectWalk {

    static final Duration OVERLAP = Duration.ofMinutes(2);
    static final Duration PATIENCE = Duration.ofHours(1);
    static final Duration WHOLE = Duration.ofHours(48);

    /** Creations before then were published, and may have been purged: events are stored for 7 days. */
    static final Duration BEGINNINGS = Duration.ofDays(3);

    private static final Logger LOG = LoggerFactory.getLogger(ObjectWalk.class);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(2);
    private static final int PAGE = 1000;

    private final ObjectStore store;
    private final ObjectWalkStore cursors;
    private final Function<Collection<Buckets.BucketRef>, Set<Buckets.BucketRef>> absent;
    private final ObjectContents contents;
    private final List<DerivedDataCleanup> cleanups;
    private final UploadCompletion uploads;
    private final ChangedBuckets changed;
    private final EventOutbox outbox;
    private final InstantSource clock;

    @Autowired
    ObjectWalk(
            ObjectStore store,
            ObjectWalkStore cursors,
            Buckets buckets,
            ObjectContents contents,
            List<DerivedDataCleanup> cleanups,
            UploadCompletion uploads,
            ChangedBuckets changed,
            EventOutbox outbox,
            InstantSource clock) {
        this(store, cursors, buckets::absent, contents, cleanups, uploads, changed, outbox, clock);
    }

    /**
     * @param absent returns those of the buckets that no longer exist
     * @param changed submits the count of a bucket, for rows that became visible too late for the search for changed
     *     buckets
     */
    ObjectWalk(
            ObjectStore store,
            ObjectWalkStore cursors,
            Function<Collection<Buckets.BucketRef>, Set<Buckets.BucketRef>> absent,
            ObjectContents contents,
            List<DerivedDataCleanup> cleanups,
            UploadCompletion uploads,
            ChangedBuckets changed,
            EventOutbox outbox,
            InstantSource clock) {
        this.store = store;
        this.cursors = cursors;
        this.absent = absent;
        this.contents = contents;
        this.cleanups = cleanups;
        this.uploads = uploads;
        this.changed = changed;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${waybill.objects.walk-interval:30s}")
    @SchedulerLock(name = "object-walk", lockAtMostFor = "PT5M")
    public void run() {
        Instant now = clock.instant();
        walkLatest(now);
        walkDaily(now);
    }

    private void walkLatest(Instant now) {
        ObjectWalkEntity latest =
                cursors.find(ObjectWalkEntity.LATEST).orElseGet(() -> ObjectWalkEntity.latest(now.minus(WHOLE)));
        Instant followed = walk(latest.reached(), now).followed();
        Instant next = later(earlier(followed, now.minus(OVERLAP)), now.minus(PATIENCE));
        cursors.save(latest.at(later(latest.reached(), next)));
    }

    private void walkDaily(Instant now) {
        ObjectWalkEntity daily = cursors.find(ObjectWalkEntity.DAILY).orElseGet(() -> ObjectWalkEntity.daily(now, now));
        if (!daily.reached().isBefore(daily.until()) && !daily.until().plus(DAY).isAfter(now)) {
            daily = ObjectWalkEntity.daily(now.minus(WHOLE), now);
        }
        if (daily.reached().isBefore(daily.until())) {
            daily = daily.at(walk(daily.reached(), daily.until()).seen());
        }
        cursors.save(daily);
    }

    /**
     * The progress of a walk.
     *
     * @param followed the follow-ups of all rows written before then are complete
     * @param seen all rows written before then were read
     */
    record Progress(Instant followed, Instant seen) {}

    /** Completes the follow-ups of the rows written in between, as many as a run may take. */
    Progress walk(Instant from, Instant until) {
        Instant giveUp = clock.instant().plus(LONGEST_RUN);
        Instant followed = until;
        @Nullable Written last = null;
        List<Written> page;
        do {
            page = store.written(from, until, last, PAGE);
            if (!page.isEmpty()) {
                followed = earlier(followed, failure(page).orElse(until));
                last = page.getLast();
            }
        } while (page.size() == PAGE && clock.instant().isBefore(giveUp));
        Instant seen = page.size() == PAGE && last != null ? last.at() : until;
        return new Progress(earlier(followed, seen), seen);
    }

    /** @return when the first row was written whose follow-up failed */
    private Optional<Instant> failure(List<Written> page) {
        try {
            Set<ObjectRow> failed = follow(page.stream().map(Written::row).toList());
            return page.stream()
                    .filter(one -> failed.contains(one.row()))
                    .map(Written::at)
                    .findFirst();
        } catch (RuntimeException notNow) {
            LOG.warn("The follow-ups of {} rows are retried later: {}", page.size(), notNow.toString());
            LOG.debug("The follow-ups of rows are retried later", notNow);
            return Optional.of(page.getFirst().at());
        }
    }

    private Set<ObjectRow> follow(List<ObjectRow> rows) {
        Set<Buckets.BucketRef> gone =
                absent.apply(rows.stream().map(ObjectWalk::bucketRef).distinct().toList());
        List<ObjectRow> orphaned =
                rows.stream().filter(row -> gone.contains(bucketRef(row))).toList();
        List<ObjectRow> living =
                rows.stream().filter(row -> !gone.contains(bucketRef(row))).toList();
        living.stream().map(ObjectWalk::bucketRef).distinct().forEach(changed::changed);
        Set<UploadRef> open = uploads.complete(uploadsOf(living));
        outbox.publishMissing(events(living, open));
        // Last, as these fail while storage is unavailable.
        removeDerivedData(living);
        removeWithTheirBuckets(orphaned);
        return living.stream()
                .filter(row -> uploadOf(row).filter(open::contains).isPresent())
                .collect(toSet());
    }

    private void removeDerivedData(List<ObjectRow> rows) {
        rows.stream()
                .filter(row -> row.ending() != null && row.ending().cause() == UploadOutcome.Cause.DELETED)
                .map(ObjectRow::object)
                .collect(groupingBy(BucketObject::scope, mapping(BucketObject::id, toList())))
                .forEach((scope, gone) -> cleanups.forEach(cleanup -> cleanup.remove(scope, gone)));
    }

    /** A marker that is still to be applied has no events while its upload is open, as it may yet fail. */
    private List<PublicEvent> events(List<ObjectRow> rows, Set<UploadRef> open) {
        Instant since = clock.instant().minus(BEGINNINGS);
        List<PublicEvent> events = new ArrayList<>();
        for (ObjectRow row : rows) {
            boolean undecided = row.kind() == ObjectRow.Kind.INTO
                    && uploadOf(row).filter(open::contains).isPresent();
            if (!undecided && row.object().createdAt().isAfter(since)) {
                events.addAll(ObjectEvents.beginning(row));
            }
            ObjectEvents.latest(row).ifPresent(events::add);
        }
        return events;
    }

    /** Removes rows that were written after the last pass of the deletion of their bucket. */
    private void removeWithTheirBuckets(List<ObjectRow> rows) {
        if (!rows.isEmpty()) {
            uploads.removeAll(uploadsOf(rows));
            contents.remove(rows);
            LOG.info(
                    "Removed {} rows whose buckets are gone, the first {}",
                    rows.size(),
                    rows.getFirst().id());
        }
    }

    private static List<UploadRef> uploadsOf(List<ObjectRow> rows) {
        return rows.stream().flatMap(row -> uploadOf(row).stream()).toList();
    }

    private static Optional<UploadRef> uploadOf(ObjectRow row) {
        BucketObject object = row.object();
        return Optional.ofNullable(row.receipt())
                .map(receipt -> new UploadRef(object.scope(), object.bucket(), receipt.uploadId()));
    }

    private static Buckets.BucketRef bucketRef(ObjectRow row) {
        Scope scope = row.object().scope();
        return new Buckets.BucketRef(scope, row.object().bucket());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
