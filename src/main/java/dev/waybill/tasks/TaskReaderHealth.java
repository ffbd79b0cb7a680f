package dev.waybill.tasks;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.health.HealthPart;
import dev.waybill.platform.health.HealthProbe;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Liveness of the thread that polls for tasks: without it only a restart helps, and liveness is what requests one. */
@Configuration(proxyBeanMethods = false)
class TaskReaderHealth {

    @Bean
    HealthIndicator taskReaderHealthIndicator(TaskWorker worker) {
        return () -> (worker.isDead() ? Health.down() : Health.up()).build();
    }

    @Bean
    HealthProbe taskReaderProbe(TaskWorker worker) {
        return new HealthProbe(HealthPart.TASK_QUEUE, () -> {
            if (worker.isDead()) {
                throw new WaybillException(
                        ErrorCode.SERVICE_UNAVAILABLE, "This instance takes no tasks any more; it must be restarted.");
            }
        });
    }
}
