package dev.waybill.batches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.events.RememberedEvents;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchEventsTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final RememberedEvents outbox = new RememberedEvents();
    private final BatchEvents events = new BatchEvents(outbox, step -> {});

    @Test
    void theEndOfABatchIsPublished() {
        events.publishEnd(batch(TaskStatus.COMPLETED_WITH_ERRORS, 2, "1 failure"));

        PublicEvent event = outbox.all().getFirst();
        assertThat(event.eventType()).isEqualTo("batch.completed");
        assertThat(event.occurredAt()).isEqualTo(NOON);
        assertThat(event.subject()).isEqualTo(new PublicEvent.Subject("batch", "btch_1"));
        assertThat(event.metadata())
                .isEqualTo(Map.of(
                        "bucket_id",
                        "bkt_1",
                        "status",
                        "COMPLETED_WITH_ERRORS",
                        "run",
                        2,
                        "object_count",
                        3L,
                        "error",
                        "1 failure"));
    }

    @Test
    void aRepublishedEventHasTheSameId() {
        BatchEntity failed = batch(TaskStatus.FAILED, 1, "no");

        events.publishEnd(failed);
        events.republishEnd(failed);
        events.republishEnd(batch(TaskStatus.FAILED, 2, "no"));

        assertThat(outbox.all()).extracting(PublicEvent::eventType).containsExactly("batch.failed", "batch.failed");
    }

    @Test
    void nothingIsPublishedForWhatIsNotOverOrWasCanceled() {
        for (TaskStatus status : List.of(TaskStatus.QUEUED, TaskStatus.PROCESSING, TaskStatus.CANCELED)) {
            events.publishEnd(batch(status, 1, null));
            events.republishEnd(batch(status, 1, null));
        }
        events.republishEnd(batch(TaskStatus.DRAFT, 0, null));

        assertThat(outbox.all()).isEmpty();
    }

    private static BatchEntity batch(TaskStatus status, int run, @Nullable String error) {
        return new BatchEntity(
                "ns_1/btch_1",
                new NamespaceId("ns_1"),
                new OrganizationId("org_acme"),
                "bkt_1",
                "btch_1",
                status,
                List.of(),
                3,
                Map.of(),
                run,
                null,
                List.of(),
                null,
                null,
                error,
                Map.of(),
                NOON.minusSeconds(60),
                NOON,
                null,
                null);
    }
}
