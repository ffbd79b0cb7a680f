package dev.waybill.platform.health;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of {@code GET /v1/health}. */
@Schema(description = "Whether the service is well, and each part that it stands on")
record HealthCheckResponse(
        @Schema(description = "`DEGRADED` as soon as one part is not well", example = "OK")
        HealthStatus status,

        @Schema(description = "Each part by itself: true for what is well")
        ServiceStatus data,

        @Schema(description = "A sentence for each part that is not well; left out when all are") @Nullable
        ServiceErrors errors,

        @Schema(
                description =
                        "Version and uptime; with `deep` latencies and what storage enforces, numbers with `metrics`")
        Map<String, Object> meta) {

    /** Both are answered with 200. */
    enum HealthStatus {
        OK,
        DEGRADED
    }

    /** True for what is well. */
    record ServiceStatus(
            @Schema(description = "Redis. Without it the service works on, more slowly.", example = "true")
            boolean cache,

            @Schema(description = "MongoDB, the truth about everything", example = "true")
            boolean metadata,

            @Schema(description = "Waybill has no vector store: always true, for nothing is broken", example = "true")
            boolean vectorStore,

            @Schema(description = "The managed bucket", example = "true")
            boolean objectStorage,

            @Schema(description = "Whether tasks can be taken in", example = "true")
            boolean taskQueue,

            @Schema(description = "Waybill runs no inference: always true, for nothing is broken", example = "true")
            boolean inference) {

        static ServiceStatus of(HealthReport report) {
            return new ServiceStatus(
                    report.isWell(HealthPart.CACHE),
                    report.isWell(HealthPart.METADATA),
                    true,
                    report.isWell(HealthPart.OBJECT_STORAGE),
                    report.isWell(HealthPart.TASK_QUEUE),
                    true);
        }
    }

    /** What is wrong, in one sentence each. */
    record ServiceErrors(
            @Schema(
                    description = "What is wrong with the cache",
                    example = "Redis does not answer; the service goes on with MongoDB alone.")
            @Nullable
            String cache,

            @Schema(description = "What is wrong with the database", example = "MongoDB does not answer.") @Nullable
            String metadata,

            @Schema(description = "What is wrong with storage", example = "Storage does not answer.") @Nullable
            String objectStorage,

            @Schema(description = "Why no tasks are taken in", example = "Tasks cannot be taken in just now.") @Nullable
            String taskQueue) {

        static @Nullable ServiceErrors of(HealthReport report) {
            if (report.isAllWell()) {
                return null;
            }
            return new ServiceErrors(
                    report.trouble(HealthPart.CACHE),
                    report.trouble(HealthPart.METADATA),
                    report.trouble(HealthPart.OBJECT_STORAGE),
                    report.trouble(HealthPart.TASK_QUEUE));
        }
    }

    static HealthCheckResponse of(HealthReport report, Map<String, Object> meta) {
        return new HealthCheckResponse(
                report.isAllWell() ? HealthStatus.OK : HealthStatus.DEGRADED,
                ServiceStatus.of(report),
                ServiceErrors.of(report),
                meta);
    }
}
