package dev.waybill.syncs.runs;

import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.syncs.runs.SyncEntity.Pause;
import dev.waybill.syncs.runs.SyncRunEntity.Failure;
import dev.waybill.syncs.runs.SyncRunEntity.Outcomes;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Publishes events of ended runs, and of syncs that the service paused, after the deciding write. Event ids are
 * derived, so that publishing is idempotent.
 */
@Component
class SyncEvents {

    private final EventOutbox outbox;

    SyncEvents(EventOutbox outbox) {
        this.outbox = outbox;
    }

    /** @param sync after its current run was cleared */
    void ended(SyncEntity sync, SyncRunEntity run) {
        Instant at = run.endedAt();
        if (at == null || run.status() == TaskStatus.CANCELED) {
            return;
        }
        boolean failed = run.status() == TaskStatus.FAILED;
        List<PublicEvent> events = new ArrayList<>();
        events.add(event(sync, run, failed ? "sync.failed" : "sync.completed", at));
        Pause pause = sync.paused();
        if (failed && pause != null && pause.at().equals(at)) {
            events.add(suspended(sync, pause));
        }
        outbox.publish(events);
    }

    /** @param paused syncs that the service paused, as stored since */
    void suspended(List<SyncEntity> paused) {
        outbox.publish(suspensions(paused));
    }

    /** Publishes the suspension if it is missing from the outbox; nothing for a pause by a caller. */
    void publishMissing(SyncEntity sync) {
        outbox.publishMissing(suspensions(List.of(sync)));
    }

    private static List<PublicEvent> suspensions(List<SyncEntity> syncs) {
        List<PublicEvent> events = new ArrayList<>();
        for (SyncEntity sync : syncs) {
            Pause pause = sync.paused();
            if (pause != null && pause.by() == null) {
                events.add(suspended(sync, pause));
            }
        }
        return events;
    }

    private static PublicEvent suspended(SyncEntity sync, Pause pause) {
        return PublicEvent.in(
                sync.scope(),
                "sync.suspended",
                new PublicEvent.Subject("sync", sync.syncId()),
                pause.at(),
                Map.of("bucket_id", sync.bucketId(), "connection_id", sync.connectionId(), "reason", pause.reason()),
                pause.at().toString());
    }

    private static PublicEvent event(SyncEntity sync, SyncRunEntity run, String type, Instant at) {
        Outcomes outcomes = run.result();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bucket_id", sync.bucketId());
        facts.put("connection_id", sync.connectionId());
        facts.put("sync_run_id", run.runId());
        facts.put("status", run.status().name());
        facts.put("files_discovered", run.listing().listed());
        facts.put("files_created", outcomes.created());
        facts.put("files_updated", outcomes.updated());
        facts.put("files_failed", outcomes.failed() + outcomes.quarantined());
        facts.put("bytes_synced", outcomes.bytes());
        Failure failure = run.failure();
        if (failure != null) {
            facts.put("error_code", failure.code());
            facts.put("error", failure.message());
        }
        return PublicEvent.in(
                sync.scope(), type, new PublicEvent.Subject("sync", sync.syncId()), at, facts, run.runId());
    }
}
