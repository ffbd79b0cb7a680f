package dev.waybill.tasks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Fake that records submitted tasks, one for each id as the real one does, and runs none of them by itself. */
public final class RecordedTasks implements Function<NewTask, Task> {

    private final Map<TaskId, NewTask> works = new LinkedHashMap<>();
    private final Map<TaskId, TaskStatus> statuses = new LinkedHashMap<>();

    @Override
    public Task apply(NewTask work) {
        TaskId id = Objects.requireNonNull(work.id());
        works.putIfAbsent(id, work);
        statuses.putIfAbsent(id, TaskStatus.PENDING);
        return task(id);
    }

    public void end(TaskId id, TaskStatus status) {
        statuses.put(id, status);
    }

    public List<TaskId> ids() {
        return List.copyOf(works.keySet());
    }

    public NewTask work(TaskId id) {
        return Objects.requireNonNull(works.get(id));
    }

    /** An attempt at a task. */
    public Run run(TaskId id) {
        return new Run(task(id), work(id).payload());
    }

    private Task task(TaskId id) {
        NewTask work = work(id);
        return new Task(
                id,
                work.organization(),
                work.namespace(),
                work.type(),
                Objects.requireNonNull(statuses.get(id)),
                work.inputs(),
                List.of(),
                Map.of(),
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /** An attempt that records what was reported. */
    public static final class Run implements TaskRun {

        private final Task task;
        private final Map<String, Object> payload;
        private final List<String> progress = new ArrayList<>();
        private boolean canceled;

        private Run(Task task, Map<String, Object> payload) {
            this.task = task;
            this.payload = payload;
        }

        public List<String> told() {
            return progress;
        }

        public Run cancel() {
            canceled = true;
            return this;
        }

        @Override
        public Task task() {
            return task;
        }

        @Override
        public Map<String, Object> payload() {
            return payload;
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public void progress(long processed, long total, Map<String, Object> beside) {
            progress.add(processed + "/" + total);
        }

        @Override
        public boolean canceled() {
            return canceled;
        }
    }
}
