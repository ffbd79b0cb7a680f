package dev.waybill.objects;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.testing.Databases;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.data.mongodb.core.MongoTemplate;

/** An empty database for this room's stores. */
final class ObjectsDatabase implements AutoCloseable {

    private final TestMongo mongo;

    ObjectsDatabase(Databases where) {
        mongo = new TestMongo(
                where, new ObjectIndexes(), new UsageMarkIndexes(), new ObjectNewsIndexes(), new LooseBytesIndexes());
    }

    MongoTemplate template() {
        return mongo.template();
    }

    /** For objects of which nothing is made. */
    static ObjectProvider<ObjectTraces> noTraces() {
        return new StaticListableBeanFactory().getBeanProvider(ObjectTraces.class);
    }

    @Override
    public void close() {
        mongo.close();
    }
}
