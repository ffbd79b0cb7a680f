package dev.waybill.tasks;

import dev.waybill.local.LocalMongo;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in keeps the tasks in a file, so that it can be stopped and started; of MongoDB only the client goes. */
@OnEveryDatabase
class MongoTaskStoreTests extends TaskStoreContract {

    @TempDir
    Path folder;

    private final Databases.@Nullable Database real;
    private @Nullable LocalMongo standIn;
    private MongoAccess mongo;
    private TaskStore store;

    MongoTaskStoreTests(Databases where) {
        real = where == Databases.MONGODB ? where.fresh() : null;
    }

    @BeforeEach
    void open() {
        standIn = real == null ? LocalMongo.start(folder.resolve("tasks.mv"), 0) : null;
        mongo = MongoAccess.to(standIn == null ? real.uri() : standIn.uri());
        TestMongo.createIndexes(mongo.template(), TaskEntity.class);
        store = new MongoTaskStore(mongo.template());
    }

    @AfterEach
    void close() {
        mongo.close();
        if (standIn != null) {
            standIn.close();
        }
    }

    @Override
    TaskStore store() {
        return store;
    }

    @Override
    TaskStore reopened() {
        close();
        open();
        return store;
    }
}
