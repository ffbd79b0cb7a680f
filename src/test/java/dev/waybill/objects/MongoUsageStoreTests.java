package dev.waybill.objects;

import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import org.junit.jupiter.api.AfterEach;

@OnEveryDatabase
class MongoUsageStoreTests extends UsageStoreContract {

    private final ObjectsDatabase database;

    MongoUsageStoreTests(Databases where) {
        database = new ObjectsDatabase(where);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Override
    UsageStore store() {
        return new MongoUsageStore(database.template());
    }
}
