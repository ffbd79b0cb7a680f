package dev.waybill.objects;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.testing.Databases;
import org.springframework.data.mongodb.core.MongoTemplate;

/** An empty database for the stores of this module. */
final class ObjectsDatabase implements AutoCloseable {

    private final TestMongo mongo;

    ObjectsDatabase(Databases where) {
        mongo = new TestMongo(where, ObjectEntity.class);
    }

    MongoTemplate template() {
        return mongo.template();
    }

    @Override
    public void close() {
        mongo.close();
    }
}
