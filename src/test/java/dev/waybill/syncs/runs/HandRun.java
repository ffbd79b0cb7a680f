package dev.waybill.syncs.runs;

import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskRun;
import java.util.Map;

/** A task run that a test executes itself, in place of a worker. */
final class HandRun implements TaskRun {

    private final Task task;
    private final String syncKey;
    private volatile boolean stopped;

    HandRun(Task task, String syncKey) {
        this.task = task;
        this.syncKey = syncKey;
    }

    /** From here on the task is canceled, or claimed by another worker. */
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
