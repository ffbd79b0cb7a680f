package dev.waybill.tasks;

import dev.waybill.local.LocalMongo;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class MongoTaskStoreTests extends TaskStoreContract {

    @TempDir
    Path folder;

    private LocalMongo server;
    private MongoAccess mongo;
    private TaskStore store;

    @BeforeEach
    void open() {
        server = LocalMongo.start(folder.resolve("tasks.mv"), 0);
        mongo = MongoAccess.to(server.uri());
        store = new MongoTaskStore(mongo.template());
    }

    @AfterEach
    void close() {
        mongo.close();
        server.close();
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
