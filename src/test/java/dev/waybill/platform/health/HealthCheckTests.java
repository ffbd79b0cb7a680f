package dev.waybill.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HealthCheckTests {

    @Test
    void aProbeThatHangsIsNotWellAndDelaysNoOther() {
        CountDownLatch never = new CountDownLatch(1);
        HealthCheck check = new HealthCheck(List.of(
                new HealthProbe(HealthPart.METADATA, () -> {}),
                new HealthProbe(HealthPart.OBJECT_STORAGE, () -> waitFor(never)),
                new HealthProbe(HealthPart.CACHE, () -> waitFor(never))));
        long start = System.nanoTime();
        HealthReport report = check.probe();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HealthCheck.PATIENCE.plusMillis(1500));
        assertThat(report.isWell(HealthPart.METADATA)).isTrue();
        assertThat(report.trouble(HealthPart.OBJECT_STORAGE)).isEqualTo("Storage does not answer.");
        assertThat(report.isWell(HealthPart.CACHE)).isFalse();
        never.countDown();
    }

    @Test
    void theTextOfAnExceptionStaysInside() {
        HealthReport report = new HealthCheck(List.of(
                        new HealthProbe(HealthPart.METADATA, () -> {
                            throw new IllegalStateException("secret");
                        }),
                        new HealthProbe(HealthPart.OBJECT_STORAGE, () -> {
                            throw new WaybillException(ErrorCode.STORAGE_DENIED, "A sentence of ours.");
                        })))
                .probe();
        assertThat(report.trouble(HealthPart.METADATA)).isEqualTo("MongoDB does not answer.");
        assertThat(report.trouble(HealthPart.OBJECT_STORAGE)).isEqualTo("A sentence of ours.");
    }

    @Test
    void aPartIsWellOnlyIfAllItsProbesSaySo() {
        HealthReport report = new HealthCheck(List.of(
                        new HealthProbe(HealthPart.TASK_QUEUE, () -> {
                            throw new IllegalStateException();
                        }),
                        new HealthProbe(HealthPart.TASK_QUEUE, () -> {})))
                .probe();
        assertThat(report.isWell(HealthPart.TASK_QUEUE)).isFalse();
    }

    @Test
    void aRecentReportIsReusedAndAProbeAlwaysRuns() {
        AtomicInteger runs = new AtomicInteger();
        HealthCheck check = new HealthCheck(List.of(new HealthProbe(HealthPart.METADATA, runs::incrementAndGet)));
        check.recent();
        check.recent();
        assertThat(runs).hasValue(1);
        check.probe();
        check.probe();
        assertThat(runs).hasValue(3);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
