package dev.waybill.syncs;

import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskRun;
import java.util.Map;

/** A run of a sync that a test does itself, as a worker of the test's making. */
final class HandRun implements TaskRun {

    private final Task task;
    private final String syncKey;
    private volatile boolean stopped;

    HandRun(Task task, String syncKey) {
        this.task = task;
        this.syncKey = syncKey;
    }

    /** Another worker has the task from here on, or somebody canceled it. */
    void stop() {
        stopped = true;
    }

    @Override
    public Task task() {
        return task;
    }

    @Override
    public Map<String, Object> payload() {
        return Map.of(SyncTask.KEY, syncKey);
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public void progress(long processed, long total, Map<String, Object> beside) {}

    @Override
    public boolean canceled() {
        return stopped;
    }
}
