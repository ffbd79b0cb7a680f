package dev.waybill.uploads;

import dev.waybill.platform.mongo.TestMongo;
import org.junit.jupiter.api.AfterEach;

class MongoClaimStoreTests extends ClaimStoreContract {

    private final TestMongo mongo = new TestMongo();
    private final ClaimStore store = new MongoClaimStore(mongo.template());

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Override
    ClaimStore store() {
        return store;
    }
}
