package dev.waybill.tasks;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.Databases;
import java.time.Instant;
import java.util.Map;

/** Tasks in a database of their own, for who reads them. */
public final class StoredTasks implements AutoCloseable {

    private final TestMongo mongo;
    private final TaskStore store;

    public StoredTasks(Databases where) {
        mongo = new TestMongo(where, TaskEntity.class);
        store = new MongoTaskStore(mongo.template());
    }

    public TaskPages pages() {
        return new TaskListStore(mongo.pages(), mongo.template());
    }

    /** Of a task that was created then. */
    public void insert(Task task, Map<String, Object> payload) {
        store.insert(task, Examples.HANDLER, payload, task.createdAt(), task.createdAt());
    }

    public void cancel(OrganizationId organization, TaskId id, Instant now) {
        store.cancel(organization, id, now);
    }

    @Override
    public void close() {
        mongo.close();
    }
}
