package dev.waybill.objects;

import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import org.junit.jupiter.api.AfterEach;

@OnEveryDatabase
class MongoObjectStoreTests extends ObjectStoreContract {

    private final ObjectsDatabase database;

    MongoObjectStoreTests(Databases where) {
        database = new ObjectsDatabase(where);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Override
    ObjectStore store() {
        return new MongoObjectStore(database.template(), null, clock);
    }
}
