package dev.waybill.objects;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import dev.waybill.buckets.Buckets;
import dev.waybill.objects.ObjectStore.Written;
import dev.waybill.objects.UploadCompletion.Told;
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
 * Makes up for what a crash left out. A row is the commit point; whatever follows of it (its upload's end, the batch that
 * was asked for, the events, the removal of what was made of a deleted object) follows of it alone and under derived ids.
 * So this walk goes over all rows in the order of their writing, up to now, and does what is missing, without knowing who
 * died, or whether anybody did: where nothing is missing, a page costs a few reads.
 *
 * <p>A write may become visible a little after the time that it carries, so the last {@link #OVERLAP} are looked at again
 * each time. No row is passed whose follow-up failed, for {@link #PATIENCE}. Once a day the last {@link #WHOLE} are looked
 * at again, for a writer that stood still between taking the time and writing.
 */
@Component
class ObjectWalk {

    static final Duration OVERLAP = Duration.ofMinutes(2);
    static final Duration PATIENCE = Duration.ofHours(1);
    static final Duration WHOLE = Duration.ofHours(48);

    /** What began before then was told, and may be forgotten by now: events stay for 7 days. */
    static final Duration BEGINNINGS = Duration.ofDays(3);

    private static final Logger LOG = LoggerFactory.getLogger(ObjectWalk.class);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(2);
    private static final int PAGE = 1000;

    private final ObjectStore store;
    private final ObjectWalkStore cursors;
    private final Function<Collection<Buckets.BucketRef>, Set<Buckets.BucketRef>> absent;
    private final ObjectContents contents;
    private final List<DerivedDataCleanup> traces;
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
            List<DerivedDataCleanup> traces,
            UploadCompletion uploads,
            ChangedBuckets changed,
            EventOutbox outbox,
            InstantSource clock) {
        this(store, cursors, buckets::absent, contents, traces, uploads, changed, outbox, clock);
    }

    /**
     * @param absent those of the buckets that are not there any more
     * @param changed has a bucket counted, for a row that became visible too late for those who look for changed buckets
     */
    ObjectWalk(
            ObjectStore store,
            ObjectWalkStore cursors,
            Function<Collection<Buckets.BucketRef>, Set<Buckets.BucketRef>> absent,
            ObjectContents contents,
            List<DerivedDataCleanup> traces,
            UploadCompletion uploads,
            ChangedBuckets changed,
            EventOutbox outbox,
            InstantSource clock) {
        this.store = store;
        this.cursors = cursors;
        this.absent = absent;
        this.contents = contents;
        this.traces = traces;
        this.uploads = uploads;
        this.changed = changed;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${waybill.objects.walk-interval:30s}")
    @SchedulerLock(name = "object-walk", lockAtMostFor = "PT5M")
    public void run() {
        Instant now = clock.instant();
        walkOn(now);
        lookAgain(now);
    }

    private void walkOn(Instant now) {
        ObjectWalkEntity latest =
                cursors.find(ObjectWalkEntity.LATEST).orElseGet(() -> ObjectWalkEntity.latest(now.minus(WHOLE)));
        Instant followed = walk(latest.reached(), now).followed();
        Instant next = later(earlier(followed, now.minus(OVERLAP)), now.minus(PATIENCE));
        cursors.save(latest.at(later(latest.reached(), next)));
    }

    private void lookAgain(Instant now) {
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
     * How far a walk came.
     *
     * @param followed of what was written before then, everything is followed up
     * @param seen what was written before then was looked at
     */
    record Progress(Instant followed, Instant seen) {}

    /** Follows up what was written in between, or a good part of it. */
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

    /** @return when the first row was written for which it failed */
    private Optional<Instant> failure(List<Written> page) {
        try {
            Set<ObjectRow> failed = follow(page.stream().map(Written::row).toList());
            return page.stream()
                    .filter(one -> failed.contains(one.row()))
                    .map(Written::at)
                    .findFirst();
        } catch (RuntimeException notNow) {
            LOG.warn("What follows of {} rows waits: {}", page.size(), notNow.toString());
            LOG.debug("What follows of rows waits", notNow);
            return Optional.of(page.getFirst().at());
        }
    }

    private Set<ObjectRow> follow(List<ObjectRow> rows) {
        Set<Buckets.BucketRef> gone =
                absent.apply(rows.stream().map(ObjectWalk::place).distinct().toList());
        List<ObjectRow> orphaned =
                rows.stream().filter(row -> gone.contains(place(row))).toList();
        List<ObjectRow> living =
                rows.stream().filter(row -> !gone.contains(place(row))).toList();
        living.stream().map(ObjectWalk::place).distinct().forEach(changed::changed);
        Set<Told> open = uploads.settle(told(living));
        outbox.makeUp(events(living, open));
        // Last, as these wait while storage is away.
        removeTraces(living);
        removeWithTheirBuckets(orphaned);
        return living.stream()
                .filter(row -> told(row).filter(open::contains).isPresent())
                .collect(toSet());
    }

    private void removeTraces(List<ObjectRow> rows) {
        rows.stream()
                .filter(row -> row.ending() != null && row.ending().cause() == UploadOutcome.Cause.DELETED)
                .map(ObjectRow::object)
                .collect(groupingBy(BucketObject::scope, mapping(BucketObject::id, toList())))
                .forEach((scope, gone) -> traces.forEach(trace -> trace.remove(scope, gone)));
    }

    /** One that leads into another object says nothing as long as it is open: it may yet come to nothing. */
    private List<PublicEvent> events(List<ObjectRow> rows, Set<Told> open) {
        Instant since = clock.instant().minus(BEGINNINGS);
        List<PublicEvent> events = new ArrayList<>();
        for (ObjectRow row : rows) {
            boolean undecided = row.kind() == ObjectRow.Kind.INTO
                    && told(row).filter(open::contains).isPresent();
            if (!undecided && row.object().createdAt().isAfter(since)) {
                events.addAll(ObjectEvents.beginning(row));
            }
            ObjectEvents.latest(row).ifPresent(events::add);
        }
        return events;
    }

    /** What was on its way when its bucket was deleted, and arrived after the last look. */
    private void removeWithTheirBuckets(List<ObjectRow> rows) {
        if (!rows.isEmpty()) {
            uploads.removeAll(told(rows));
            contents.remove(rows);
            LOG.info(
                    "Removed {} rows whose buckets are gone, the first {}",
                    rows.size(),
                    rows.getFirst().id());
        }
    }

    private static List<Told> told(List<ObjectRow> rows) {
        return rows.stream().flatMap(row -> told(row).stream()).toList();
    }

    private static Optional<Told> told(ObjectRow row) {
        BucketObject object = row.object();
        return Optional.ofNullable(row.receipt())
                .map(receipt -> new Told(object.scope(), object.bucket(), receipt.uploadId()));
    }

    private static Buckets.BucketRef place(ObjectRow row) {
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
