package dev.waybill.objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class MongoUsageStoreTests extends UsageStoreContract {

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
    UsageStore store() {
        return new MongoUsageStore(database.template());
    }
}
