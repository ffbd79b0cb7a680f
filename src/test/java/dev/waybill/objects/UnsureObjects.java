package dev.waybill.objects;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.events.RememberedEvents;
import dev.waybill.platform.mongo.MongoIndexes;
import dev.waybill.platform.storage.InMemoryObjectStorage;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.quotas.NoQuotas;
import dev.waybill.testing.Databases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Objects, and all that writes them, on a store that answers late, never, or not just now. */
public final class UnsureObjects implements AutoCloseable {

    public final MovedClock clock = new MovedClock("2026-11-21T12:00:00Z");
    public final InMemoryObjectStorage storage = new InMemoryObjectStorage();
    public final RememberedEvents told = new RememberedEvents();

    /** Whose traces were removed. */
    public final List<ObjectId> untraced = new ArrayList<>();

    public final BatchedDeletes deletes = new BatchedDeletes(storage);
    public final ObjectEvents events = new ObjectEvents(told);
    public final Objects objects;
    public final ObjectUpdates updates;
    public final ObjectWriter writer;

    private final ObjectsDatabase database;
    private final ObjectStore plain;
    private final UnsureObjectStore unsure;
    private final ObjectWalk walk;

    public UnsureObjects(Databases where, FaultPoints faults) {
        database = new ObjectsDatabase(where);
        plain = new MongoObjectStore(database.template(), null, clock);
        unsure = new UnsureObjectStore(plain);
        ObjectStore store = unsure.store();
        List<DerivedDataCleanup> traces = List.of((scope, gone) -> untraced.addAll(gone));
        RowUpdates changes = new RowUpdates(store, NoQuotas.create(), deletes, events, clock, faults);
        objects = new Objects(store, clock);
        updates = new ObjectUpdates(store, changes, null, deletes, traces, events, clock, faults);
        writer = new ObjectWriter(
                store,
                new QuotaCheckedInserts(store, NoQuotas.create()),
                updates,
                new StaticListableBeanFactory().getBeanProvider(MongoIndexes.class),
                clock,
                faults);
        walk = new ObjectWalk(
                plain,
                new ObjectWalkStore(database.template()),
                places -> Set.of(),
                null,
                traces,
                new NoUploads(),
                place -> {},
                told,
                clock);
    }

    /** The next answer to a write is lost, and the write arrives late. */
    public void loseAnAnswer() {
        unsure.loseAnAnswer();
    }

    public void answerNoMore() {
        unsure.answerNoMore();
    }

    /** What was on its way arrives now. */
    public void answerAgain() {
        unsure.answerAgain();
    }

    /** As it stands, whatever answers are lost. */
    public Optional<BucketObject> find(Scope scope, ObjectId id) {
        return plain.find(scope, id);
    }

    /** What its row says of its latest change. */
    public List<PublicEvent> latestOf(Scope scope, ObjectId id) {
        return ObjectEvents.latest(plain.row(scope, id).orElseThrow()).stream().toList();
    }

    public void walk() {
        walk.run();
    }

    public void collectGarbage() {
        new GarbageCollection(plain, storage).run();
    }

    @Override
    public void close() {
        database.close();
    }
}
