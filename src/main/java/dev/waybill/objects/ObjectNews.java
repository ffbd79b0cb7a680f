package dev.waybill.objects;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.mongo.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells others what happened to an object by itself, without an upload whose confirm would be repeated after a crash. It
 * is noted before it happens, and the note is dropped once it was told; a note that is left makes a periodic job look
 * whether it happened, and tell it under the same id. Where nobody listens, that takes one read.
 */
@Component
class ObjectNews {

    private static final Logger log = LoggerFactory.getLogger(ObjectNews.class);
    private static final int PAGE = 200;
    private static final int MAX_PAGES = 50;

    private final ObjectNewsStore notes;
    private final ObjectStore objects;
    private final EventOutbox outbox;
    private final ObjectProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;

    ObjectNews(
            ObjectNewsStore notes,
            ObjectStore objects,
            EventOutbox outbox,
            ObjectProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.notes = notes;
        this.objects = objects;
        this.outbox = outbox;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Makes a change and tells of it.
     *
     * @param change whether it happened; when it throws, the periodic job finds out
     * @return whether it happened
     */
    boolean telling(ObjectEvent event, BooleanSupplier change) {
        return telling(
                                List.of(event),
                                () -> List.of(change.getAsBoolean() ? WriteOutcome.DONE : WriteOutcome.UNMATCHED))
                        .getFirst()
                == WriteOutcome.DONE;
    }

    /**
     * The same for many.
     *
     * @param events of one organization and type
     * @param change what became of each, in their order: DONE is told, and of UNKNOWN the periodic job finds out
     */
    List<WriteOutcome> telling(List<ObjectEvent> events, Supplier<List<WriteOutcome>> change) {
        if (events.isEmpty()) {
            return change.get();
        }
        String type = events.getFirst().kind().type();
        if (!outbox.wants(events.getFirst().scope().organization(), type)) {
            return change.get();
        }
        List<ObjectNewsDocument> noted = notes.note(events, clock.instant().plus(properties.newsPatience()));
        List<WriteOutcome> happened = change.get();
        List<PublicEvent> told = new ArrayList<>();
        List<ObjectNewsDocument> over = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (happened.get(i) == WriteOutcome.DONE) {
                told.add(events.get(i).told());
            }
            if (happened.get(i) != WriteOutcome.UNKNOWN) {
                over.add(noted.get(i));
            }
        }
        try {
            if (!told.isEmpty()) {
                faults.reach("object.untold");
                outbox.publish(told);
                faults.reach("object.told");
            }
            notes.drop(over);
        } catch (RuntimeException notNow) {
            // What was done stays done, and the notes see to it that it is told.
            log.warn("{} of {} objects is told later: {}", type, told.size(), notNow.toString());
        }
        return happened;
    }

    /** Tells of a whole request, after each of its objects was told. */
    void tell(PublicEvent event) {
        outbox.publish(List.of(event));
    }

    @Scheduled(fixedDelayString = "${waybill.objects.news-interval:5s}")
    @SchedulerLock(name = "object-news", lockAtMostFor = "PT15S")
    public void sweep() {
        for (int page = 0; page < MAX_PAGES; page++) {
            List<ObjectNewsDocument> due = notes.due(clock.instant(), PAGE);
            for (ObjectNewsDocument note : due) {
                ObjectEvent event = note.toEvent();
                if (happened(event)) {
                    outbox.publish(List.of(event.told()));
                    notes.drop(List.of(note));
                } else {
                    waitOrForget(note);
                }
            }
            if (due.size() < PAGE) {
                return;
            }
        }
    }

    /** It may still happen: whoever noted it may be slow, or stand still for a while. */
    private void waitOrForget(ObjectNewsDocument note) {
        Instant now = clock.instant();
        Duration age = Duration.between(note.occurredAt(), now);
        if (age.compareTo(properties.newsMemory()) > 0) {
            notes.drop(List.of(note));
        } else {
            boolean young = age.compareTo(properties.newsPatience()) < 0;
            notes.postpone(note, now.plus(young ? properties.newsPatience() : age));
        }
    }

    private boolean happened(ObjectEvent event) {
        Optional<BucketObject> found = objects.find(event.scope(), event.id());
        Duration age = Duration.between(event.occurredAt(), clock.instant());
        boolean late = age.compareTo(properties.newsPatience().multipliedBy(2)) > 0;
        return switch (event.kind()) {
            case CREATED ->
                objects.row(event.scope(), event.id())
                        .filter(row -> row.kind() != ObjectRow.Kind.FILE)
                        .isPresent();
            // Another change may have come on top; whether this one came before is not known then, so it is told: but
            // not for as long as it is remembered, as the other one is told anyway.
            case UPDATED ->
                found.filter(object -> late
                                ? object.updatedAt().equals(event.occurredAt())
                                : !object.updatedAt().isBefore(event.occurredAt()))
                        .isPresent();
            case DELETED -> found.isEmpty();
        };
    }
}
