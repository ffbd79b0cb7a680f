package dev.waybill.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.storage.CopyResult;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a reconciliation moves, what an undo restores, and what expires in the end. */
class QuarantineTests extends ReconciliationBench {

    @Test
    void orphansAreMovedAndRestoredUnchanged() throws IOException {
        ObjectKey key = key(TWO_DAYS, "ns_1", "Grüße.txt");
        time.stopAt(NOON.minus(TWO_DAYS));
        storage.acceptEncoded(key, BYTES, "text/plain", "gzip");
        time.stopAt(NOON);
        TaskId task = task(false);

        JsonNode report = output(run(handler(storage), task));

        ObjectKey quarantined = new ObjectKey("quarantine/" + task + "/" + key);
        assertThat(keys()).containsExactly(quarantined);
        assertThat(report.at("/quarantined/count").asInt()).isEqualTo(1);
        assertThat(report.at("/quarantined/bytes").asInt()).isEqualTo(BYTES.length);
        assertThat(samples(report, "/quarantined/samples")).containsExactly(key.value());
        assertThat(report.at("/orphans/count").asInt()).isEqualTo(1);
        assertThat(report.at("/quarantined/undo_until").asString())
                .isEqualTo(Instant.EPOCH.plus(Duration.ofDays(7)).toString());

        JsonNode undone = undo(storage, task);

        assertThat(undone.at("/undone_task_id").asString()).isEqualTo(task.value());
        assertThat(undone.at("/restored/count").asInt()).isEqualTo(1);
        assertThat(undone.at("/left/count").asInt()).isZero();
        assertThat(keys()).containsExactly(key);
        StoredObject facts = storage.head(key).orElseThrow();
        assertThat(facts.contentType()).isEqualTo("text/plain");
        assertThat(facts.contentEncoding()).isEqualTo("gzip");
        assertThat(storage.contentDisposition(key).orElseThrow()).contains("Gr%C3%BC%C3%9Fe.txt");
        try (InputStream bytes = storage.open(key, null).orElseThrow()) {
            assertThat(bytes.readAllBytes()).isEqualTo(BYTES);
        }
        assertThat(undo(storage, task).at("/restored/count").asInt()).isZero();
    }

    @Test
    void aCrashBetweenCopyAndRemovalIsCompletedByTheNextAttempt() {
        Set<ObjectKey> orphans = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            orphans.add(put(TWO_DAYS, "ns_1"));
        }
        TaskId task = task(false);
        AtomicInteger copies = new AtomicInteger();
        FaultPoints second = step -> {
            if (copies.incrementAndGet() == 2) {
                throw new IllegalStateException("stopped at " + step);
            }
        };

        assertThatThrownBy(() -> run(handler(storage, second), task)).hasMessageContaining("blobs.quarantine.copied");
        assertThat(keys()).hasSizeGreaterThan(3);

        JsonNode report = output(run(handler(storage), task));
        assertThat(report.at("/quarantined/count").asInt()).isEqualTo(3);
        assertThat(report.at("/orphans/count").asInt()).isEqualTo(3);
        assertThat(keys()).hasSize(3).allMatch(key -> key.value().startsWith("quarantine/" + task));

        copies.set(0);
        assertThatThrownBy(() -> undo(storage, second, task)).hasMessageContaining("blobs.quarantine.copied");
        undo(storage, task);
        assertThat(keys()).containsExactlyInAnyOrderElementsOf(orphans);
    }

    @Test
    void aCopyThatMayNotBeWholeLeavesTheOriginal() {
        ObjectKey key = key(TWO_DAYS, "ns_1", "parts.bin");
        time.stopAt(NOON.minus(TWO_DAYS));
        storage.acceptWithETag(key, BYTES, "application/zip", "abc-2", false);
        time.stopAt(NOON);
        ObjectStorage cutting = lying("copy", call -> {
            CopyResult.Copied copied = call.proceed();
            storage.accept(copied.object().key(), new byte[] {1}, "application/zip");
            return copied;
        });

        JsonNode report = reconcile(cutting, false);

        assertThat(keys()).contains(key);
        assertThat(report.at("/orphans/samples").toString()).contains(key.value());

        JsonNode whole = reconcile(false);
        assertThat(whole.at("/quarantined/count").asInt()).isEqualTo(1);
        assertThat(keys()).doesNotContain(key);
    }

    @Test
    void bytesThatChangedOrWhoseNewKeyWouldBeTooLongStay() {
        ObjectKey tooLong = new ObjectKey("7/%s/ns_1/%s".formatted(id(TWO_DAYS), "x".repeat(990)));
        putAt(NOON.minus(TWO_DAYS), tooLong);
        ObjectKey changing = put(TWO_DAYS, "ns_1");
        ObjectStorage other = lying("copy", call -> new CopyResult.Changed());

        JsonNode report = reconcile(other, false);

        assertThat(report.at("/orphans/count").asInt()).isEqualTo(2);
        assertThat(report.at("/quarantined/count").asInt()).isZero();
        assertThat(keys()).containsExactlyInAnyOrder(tooLong, changing);
    }

    @Test
    void bytesRemovedMeanwhileAreNotCountedAsOrphans() {
        ObjectKey key = put(TWO_DAYS, "ns_1");
        ObjectStorage racing = lying("copy", call -> {
            storage.delete(key);
            return call.proceed();
        });

        JsonNode report = reconcile(racing, false);

        assertThat(report.at("/orphans/count").asInt()).isZero();
        assertThat(report.at("/quarantined/count").asInt()).isZero();
    }

    @Test
    void aCanceledReconciliationMovesNothingMore() throws Exception {
        ObjectKey key = put(TWO_DAYS, "ns_1");

        TaskOutcome outcome = handler(storage).run(tasks.run(task(false)).cancel());

        assertThat(outcome).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(keys()).containsExactly(key);
    }

    @Test
    void bytesOfADeletedNamespaceAreNotRestored() {
        put(TWO_DAYS, "ns_1");
        ObjectKey second = put(TWO_DAYS, "ns_2");
        TaskId task = task(false);
        run(handler(storage), task);

        Quarantine quarantine = new Quarantine(storage, step -> {}, time);
        JsonNode undone = output(run(new ReconciliationUndo(quarantine, organization -> Set.of("ns_2")), undoOf(task)));

        assertThat(undone.at("/restored/count").asInt()).isEqualTo(1);
        assertThat(undone.at("/left/count").asInt()).isEqualTo(1);
        assertThat(storage.head(second)).isPresent();
    }

    @Test
    void quarantinedBytesExpireAfterSevenDays() {
        put(TWO_DAYS, "ns_1");
        TaskId task = task(false);
        run(handler(storage), task);
        ObjectKey owned = put(TWO_DAYS, "ns_1");
        Quarantine quarantine = new Quarantine(storage, step -> {}, time);

        time.stopAt(NOON.plus(Duration.ofDays(7)));
        quarantine.expire();
        assertThat(keys()).hasSize(2);

        time.stopAt(NOON.plus(Duration.ofDays(7)).plusSeconds(1));
        quarantine.expire();
        assertThat(keys()).containsExactly(owned);
        assertThat(undo(storage, task).at("/restored/count").asInt()).isZero();
    }

    private JsonNode undo(ObjectStorage through, TaskId undone) {
        return undo(through, step -> {}, undone);
    }

    private JsonNode undo(ObjectStorage through, FaultPoints faults, TaskId undone) {
        return output(run(new ReconciliationUndo(new Quarantine(through, faults, time), partitions), undoOf(undone)));
    }

    private TaskId undoOf(TaskId task) {
        return submit(ReconciliationUndo.HANDLER, Map.of(ReconciliationUndo.UNDONE, task.value()));
    }
}
