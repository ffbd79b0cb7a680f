package dev.waybill.testing;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints the slowest classes at the end of a run of many. */
public final class SlowestClasses implements TestExecutionListener {

    private static final int SHOWN = 10;

    private final Map<String, Long> began = new ConcurrentHashMap<>();
    private final Map<String, Duration> took = new ConcurrentHashMap<>();

    @Override
    public void executionStarted(TestIdentifier test) {
        began.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Long start = began.remove(test.getUniqueId());
        if (start != null && test.getSource().orElse(null) instanceof ClassSource type) {
            took.merge(type.getClassName(), Duration.ofNanos(System.nanoTime() - start), Duration::plus);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (took.size() <= SHOWN) {
            return;
        }
        StringBuilder report = new StringBuilder("The %d slowest of %d test classes:%n".formatted(SHOWN, took.size()));
        took.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN)
                .forEach(each ->
                        report.append("%7.1f s  %s%n".formatted(each.getValue().toMillis() / 1000.0, each.getKey())));
        System.out.print(report);
    }
}
