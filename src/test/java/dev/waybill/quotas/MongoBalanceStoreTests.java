package dev.waybill.quotas;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import org.junit.jupiter.api.AfterEach;

@OnEveryDatabase
class MongoBalanceStoreTests extends BalanceStoreContract {

    private final TestMongo mongo;
    private final BalanceStore store;

    MongoBalanceStoreTests(Databases where) {
        mongo = new TestMongo(where, BalanceEntity.class);
        store = new MongoBalanceStore(mongo.template());
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Override
    BalanceStore store() {
        return store;
    }
}
