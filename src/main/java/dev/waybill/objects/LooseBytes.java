package dev.waybill.objects;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.tenancy.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps storage free of bytes that belong to no object, without transactions. Bytes are noted before they are written,
 * and before the object that has them goes; the note is dropped once an object surely has them. A crash in between leaves
 * a note, and the sweep removes what it names unless an object has it by then.
 *
 * <p>Bytes may be shared: an object may take those of an upload that another one has. So removing announces itself before
 * it looks for other owners, and an object that takes bytes looks for such an announcement after it is written: one of
 * the two always sees the other.
 */
@Component
class LooseBytes {

    private static final Logger log = LoggerFactory.getLogger(LooseBytes.class);
    private static final int PAGE = 200;
    private static final int MAX_PAGES = 50;

    private final LooseBytesStore notes;
    private final ObjectStore objects;
    private final ObjectStorage storage;
    private final Duration grace;
    private final InstantSource clock;
    private final FaultPoints faults;

    LooseBytes(
            LooseBytesStore notes,
            ObjectStore objects,
            ObjectStorage storage,
            ObjectProperties properties,
            InstantSource clock,
            FaultPoints faults) {
        this.notes = notes;
        this.objects = objects;
        this.storage = storage;
        this.grace = properties.looseBytesGrace();
        this.clock = clock;
        this.faults = faults;
    }

    /** Bytes are about to become an object's. */
    void expect(Scope scope, ObjectKey key) {
        if (notes.isBeingRemoved(scope, key)) {
            throw gone();
        }
        notes.note(scope, Set.of(key), clock.instant().plus(grace));
    }

    /**
     * An object that was just written has these bytes. If it was given others since, they may be gone.
     *
     * @return false when they were removed although an object has them; it must go then
     * @throws UnknownResultException when that cannot be looked up just now; the object stays then
     */
    boolean keep(Scope scope, ObjectId object, Collection<ObjectKey> keys) {
        try {
            return keys.stream().allMatch(key -> isKept(scope, key));
        } catch (RuntimeException away) {
            throw new UnknownResultException(
                    "Object '%s' is written, but whether it has all its bytes cannot be looked up just now. Get it before you try again."
                            .formatted(object),
                    away);
        }
    }

    private boolean isKept(Scope scope, ObjectKey key) {
        return notes.keep(scope, key)
                || (!notes.isBeingRemoved(scope, key) && storage.head(key).isPresent())
                || objects.referred(scope, Set.of(key)).isEmpty();
    }

    /** Bytes are about to lose an owner: to be told before it happens. */
    void note(Scope scope, Collection<ObjectKey> keys) {
        notes.note(scope, keys, clock.instant().plus(grace));
    }

    /** Removes noted bytes that no object has. What is not removed now, the sweep removes: nobody waits for it. */
    void removeUnowned(Scope scope, Collection<ObjectKey> keys) {
        try {
            remove(scope, new LinkedHashSet<>(keys));
        } catch (RuntimeException away) {
            log.info("{} keys are left to the sweep: {}", keys.size(), away.toString());
        }
    }

    @Scheduled(fixedDelayString = "${waybill.objects.sweep-interval:60s}")
    @SchedulerLock(name = "loose-bytes-sweep", lockAtMostFor = "PT5M")
    public void sweep() {
        try {
            for (int page = 0; page < MAX_PAGES; page++) {
                List<LooseBytesDocument> due = notes.due(clock.instant(), PAGE);
                due.forEach(note -> remove(note.scope(), Set.of(note.bytes())));
                if (due.size() < PAGE) {
                    return;
                }
            }
        } catch (StorageException away) {
            log.info("Bytes without an object wait for storage: {}", away.kind());
        } catch (RuntimeException e) {
            log.warn("Bytes without an object could not be removed; the next run tries again: {}", e.toString());
            log.debug("Bytes without an object could not be removed", e);
        }
    }

    private void remove(Scope scope, Set<ObjectKey> keys) {
        List<LooseBytesDocument> announced = keys.stream()
                .map(key -> notes.beginRemoval(scope, key))
                .flatMap(Optional::stream)
                .toList();
        if (announced.isEmpty()) {
            return;
        }
        faults.reach("loose-bytes.announced");
        List<ObjectKey> announcedKeys =
                announced.stream().map(LooseBytesDocument::bytes).toList();
        Set<ObjectKey> owned = objects.referred(scope, announcedKeys);
        List<ObjectKey> unowned =
                announcedKeys.stream().filter(key -> !owned.contains(key)).toList();
        if (!unowned.isEmpty()) {
            storage.deleteAll(unowned);
        }
        faults.reach("loose-bytes.removed");
        notes.forget(announced);
    }

    static WaybillException gone() {
        return new WaybillException(
                ErrorCode.CONFLICT, "The bytes of a blob were removed at the same time. Create the object again.");
    }
}
