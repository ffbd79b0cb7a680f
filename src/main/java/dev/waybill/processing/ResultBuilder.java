package dev.waybill.processing;

import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the result of one object in one tier. Not thread-safe. */
final class ResultBuilder {

    private static final int MAX_STORED = 20;

    private final Map<String, long[]> steps = new LinkedHashMap<>();
    private final List<ReadFailure> failures = new ArrayList<>();
    private long sources;
    private long missing;
    private long submitted;
    private long documents;
    private long failed;
    private boolean retryable;

    /** Counts a source, and whether the extractor took it. */
    void countSource(boolean taken) {
        sources++;
        if (taken) {
            submitted++;
        } else {
            missing++;
        }
    }

    void wrote(String origin, long count) {
        documents += count;
        step(origin)[0] += count;
    }

    void fail(String origin, ReadFailure failure) {
        step(origin)[1]++;
        fail(failure);
    }

    void fail(ReadFailure failure) {
        failed++;
        retryable |= failure.retryable();
        if (failures.size() < MAX_STORED) {
            failures.add(failure);
        }
    }

    /** Whether nothing was read and nothing failed. */
    boolean isUntouched() {
        return submitted == 0 && failed == 0;
    }

    ObjectResult build(long millis, Instant at) {
        TaskStatus status = failed > 0 ? TaskStatus.FAILED : submitted == 0 ? TaskStatus.SKIPPED : TaskStatus.COMPLETED;
        return new ObjectResult(
                status,
                sources,
                missing,
                submitted,
                documents,
                steps.entrySet().stream()
                        .map(step -> new ObjectResult.OfStep(step.getKey(), step.getValue()[0], step.getValue()[1]))
                        .toList(),
                List.copyOf(failures),
                failed,
                retryable,
                millis,
                at);
    }

    private long[] step(String origin) {
        return steps.computeIfAbsent(origin, any -> new long[2]);
    }
}
