package dev.waybill.objects;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.testing.Databases;
import java.time.InstantSource;
import java.util.List;
import org.springframework.data.mongodb.core.MongoTemplate;

/** An empty database for objects, with what rooms above need to fill it. */
public final class ObjectsDatabase implements AutoCloseable {

    private final TestMongo mongo;

    public ObjectsDatabase(Databases where) {
        mongo = new TestMongo(where, ObjectEntity.class);
    }

    public MongoTemplate template() {
        return mongo.template();
    }

    public Objects objects(InstantSource clock) {
        return new Objects(store(clock), clock);
    }

    /** Writes objects that claim nothing but their ids, at the clock's time. */
    public void insert(InstantSource clock, List<BucketObject> objects) {
        ObjectFixtures.insertAll(store(clock), objects);
    }

    public void delete(InstantSource clock, Scope scope, ObjectId id) {
        ObjectStore store = store(clock);
        ObjectRow row = store.row(scope, id).orElseThrow();
        store.change(row, row.buried(new UploadOutcome(UploadOutcome.Cause.DELETED, "", false), clock.instant()));
    }

    private ObjectStore store(InstantSource clock) {
        return new MongoObjectStore(template(), null, clock);
    }

    @Override
    public void close() {
        mongo.close();
    }
}
