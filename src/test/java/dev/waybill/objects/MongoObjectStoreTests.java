package dev.waybill.objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class MongoObjectStoreTests extends ObjectStoreContract {

    private static ObjectsDatabase database;

    @BeforeAll
    static void start() {
        database = new ObjectsDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.empty();
    }

    @Override
    ObjectStore store() {
        return new MongoObjectStore(database.template(), null, clock);
    }
}
