package dev.waybill.uploads;

import dev.waybill.platform.mongo.TestMongo;
import org.junit.jupiter.api.AfterEach;

class MongoUploadStoreTests extends UploadStoreContract {

    private final TestMongo mongo = new TestMongo();
    private final UploadStore store = new MongoUploadStore(mongo.template(), mongo.pages());

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Override
    UploadStore store() {
        return store;
    }
}
