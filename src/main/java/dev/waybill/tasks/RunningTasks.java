package dev.waybill.tasks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/**
 * Registry of the tasks that run on this instance. By lease token, as a task whose lease was lost may come back while
 * its first run lingers.
 */
@Component
class RunningTasks {

    private final ConcurrentMap<String, RunningTask> byToken = new ConcurrentHashMap<>();

    void add(RunningTask run) {
        byToken.put(run.claim().token(), run);
    }

    void remove(RunningTask run) {
        byToken.remove(run.claim().token());
    }

    List<RunningTask> all() {
        Collection<RunningTask> now = byToken.values();
        return new ArrayList<>(now);
    }

    int size() {
        return byToken.size();
    }
}
