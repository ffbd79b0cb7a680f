package dev.waybill.tasks;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tasks and settings for tests. */
public final class Examples {

    public static final OrganizationId ACME = new OrganizationId("org_acme");
    public static final OrganizationId OTHER = new OrganizationId("org_other");
    public static final NamespaceId PRODUCTION = new NamespaceId("ns_production");
    static final String HANDLER = "tests.work";

    private Examples() {}

    static TaskId id() {
        return new TaskId(UUID.randomUUID().toString());
    }

    public static Task task(Instant now) {
        return new Task(
                id(),
                ACME,
                PRODUCTION,
                TaskType.API_BUCKETS_UPLOADS_BATCH_CONFIRM,
                TaskStatus.PENDING,
                List.of("upl_1", Map.of("upload_id", "upl_2")),
                List.of(),
                Map.of("bucket_id", "bkt_1"),
                null,
                now,
                now);
    }

    static NewTask work(String handler) {
        return work(null, handler);
    }

    static NewTask work(@Nullable TaskId id, String handler) {
        return new NewTask(
                id,
                ACME,
                PRODUCTION,
                TaskType.API_BUCKETS_UPLOADS_BATCH_CONFIRM,
                handler,
                Map.of("uploads", List.of("upl_1", "upl_2")),
                List.of("upl_1", "upl_2"),
                Map.of("bucket_id", "bkt_1"));
    }

    /** As in production, only faster. */
    static TaskProperties fast() {
        return fast(Duration.ofMillis(900), Duration.ofSeconds(2));
    }

    static TaskProperties fast(Duration lease, Duration shutdownWait) {
        return new TaskProperties(
                true,
                8,
                lease,
                3,
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofMillis(150),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofHours(24),
                Duration.ofSeconds(10),
                shutdownWait);
    }

    /** Hardly any room, and nothing but the stream tells of what is new. */
    static TaskProperties crowded() {
        TaskProperties fast = fast(Duration.ofSeconds(5), Duration.ofSeconds(2));
        return new TaskProperties(
                true,
                2,
                fast.lease(),
                fast.maxAttempts(),
                fast.retryDelay(),
                fast.maxRetryDelay(),
                fast.readBlock(),
                fast.sweepInterval(),
                Duration.ofMinutes(10),
                fast.unknownHandlerPatience(),
                fast.cacheTtl(),
                fast.cacheTrust(),
                fast.shutdownWait());
    }
}
