package dev.waybill.uploads;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import org.junit.jupiter.api.AfterEach;

@OnEveryDatabase
class MongoUploadStoreTests extends UploadStoreContract {

    private final TestMongo mongo;
    private final UploadStore store;

    MongoUploadStoreTests(Databases where) {
        mongo = new TestMongo(where, UploadEntity.class);
        store = new MongoUploadStore(mongo.template(), mongo.pages());
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Override
    UploadStore store() {
        return store;
    }
}
