package dev.waybill.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.tasks.RecordedTasks;
import dev.waybill.tasks.TaskId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a reconciliation reports, and what it leaves alone. */
class ReconciliationTests extends ReconciliationBench {

    @Test
    void aDryRunReportsOrphansAndMovesNothing() {
        ObjectKey first = put(TWO_DAYS, "ns_1");
        ObjectKey second = put(TWO_DAYS, "org_acme");
        ObjectKey owned = put(TWO_DAYS, "ns_2");
        owner.add("ns_2", "obj_1", owned);

        JsonNode report = reconcile(true);

        assertThat(report.at("/dry_run").asBoolean()).isTrue();
        assertThat(report.at("/walked_keys").asInt()).isEqualTo(3);
        assertThat(report.at("/orphans/count").asInt()).isEqualTo(2);
        assertThat(report.at("/orphans/bytes").asInt()).isEqualTo(2 * BYTES.length);
        assertThat(samples(report, "/orphans/samples")).containsExactlyInAnyOrder(first.value(), second.value());
        assertThat(report.at("/lost_bytes/count").asInt()).isZero();
        assertThat(report.has("quarantined")).isFalse();
        assertThat(keys()).containsExactlyInAnyOrder(first, second, owned);
    }

    @Test
    void whatIsYoungByItsKeyOrByStoragesClockIsLeftAlone() {
        ObjectKey youngKey = key(Duration.ofHours(23), "ns_1", "young.txt");
        putAt(NOON.minus(TWO_DAYS), youngKey);
        ObjectKey lateBytes = key(TWO_DAYS, "ns_1", "late.txt");
        putAt(NOON.minus(Duration.ofHours(23)), lateBytes);

        JsonNode report = reconcile(false);

        assertThat(report.at("/walked_keys").asInt()).isEqualTo(1);
        assertThat(report.at("/orphans/count").asInt()).isZero();
        assertThat(keys()).containsExactlyInAnyOrder(youngKey, lateBytes);
    }

    @Test
    void keysOfOtherOrganizationsAndForeignKeysAreLeftAlone() {
        ObjectKey others = put(TWO_DAYS, "ns_3");
        ObjectKey foreign = new ObjectKey("7/readme.txt");
        putAt(NOON.minus(TWO_DAYS), foreign);

        JsonNode report = reconcile(false);

        assertThat(report.at("/walked_keys").asInt()).isZero();
        assertThat(report.at("/orphans/count").asInt()).isZero();
        assertThat(keys()).containsExactlyInAnyOrder(others, foreign);
    }

    @Test
    void rowsWithMissingBytesAreReportedAndNotChanged() {
        ObjectKey there = put(TWO_DAYS, "ns_1");
        ObjectKey lost = key(Duration.ZERO, "ns_1", "lost.txt");
        ObjectKey lostFile = key(TWO_DAYS, "org_acme", "lost.txt");
        owner.add("ns_1", "obj_1", there, lost);
        owner.add("org_acme", "sub_1", lostFile);
        owner.add("ns_3", "obj_2", key(TWO_DAYS, "ns_3", "lost.txt"));

        JsonNode report = reconcile(false);

        assertThat(report.at("/lost_bytes/count").asInt()).isEqualTo(2);
        assertThat(report.at("/lost_bytes/samples").valueStream().map(JsonNode::toString))
                .containsExactlyInAnyOrder(
                        "{\"id\":\"obj_1\",\"s3_key\":\"%s\"}".formatted(lost),
                        "{\"id\":\"sub_1\",\"s3_key\":\"%s\"}".formatted(lostFile));
        assertThat(owner.owned("ns_1", List.of(lost))).containsExactly(lost);
    }

    @Test
    void aRowDeletedMeanwhileIsNotReported() {
        owner.add("ns_1", "obj_1", key(TWO_DAYS, "ns_1", "going.txt"));
        ObjectStorage slow = lying("head", call -> {
            owner.remove("ns_1", "obj_1");
            return call.proceed();
        });

        assertThat(reconcile(slow, true).at("/lost_bytes/count").asInt()).isZero();
    }

    @Test
    void oldBytesUnderStagingAreCounted() {
        Duration old = Duration.ofDays(9);
        putAt(NOON.minus(old), staged(old));
        putAt(NOON.minus(Duration.ofDays(7)), staged(Duration.ofDays(7)));
        putAt(NOON.minus(Duration.ofDays(7)), staged(old));

        JsonNode report = reconcile(false);

        assertThat(report.at("/old_staged/count").asInt()).isEqualTo(1);
        assertThat(report.at("/old_staged/bytes").asInt()).isEqualTo(BYTES.length);
        assertThat(keys()).hasSize(3);
    }

    @Test
    void everyPageIsWalkedAndTwentySamplesAreReported() {
        int many = 2_500;
        String id = id(TWO_DAYS);
        time.stopAt(NOON.minus(TWO_DAYS));
        for (int i = 0; i < many; i++) {
            storage.accept(new ObjectKey("7/%s/ns_1/%04d.txt".formatted(id, i)), BYTES, "text/plain");
            owner.add("ns_2", "obj_%04d".formatted(i), key(TWO_DAYS, "ns_2", i + ".txt"));
        }
        time.stopAt(NOON);
        RecordedTasks.Run run = tasks.run(task(false));

        JsonNode report = output(handler(storage).run(run));

        for (String part : List.of("orphans", "quarantined", "lost_bytes")) {
            assertThat(report.at("/" + part + "/count").asInt()).as(part).isEqualTo(many);
            assertThat(report.at("/" + part + "/samples")).as(part).hasSize(20);
        }
        assertThat(run.told()).hasSize(19).endsWith("19/19");
    }

    @Test
    void unavailableStorageFailsTheAttempt() {
        put(TWO_DAYS, "ns_1");
        TaskId task = task(false);
        ObjectStorage unavailable = lying("copy", call -> {
            throw new StorageException(StorageException.Kind.UNAVAILABLE, null);
        });

        assertThatThrownBy(() -> run(handler(unavailable), task)).isInstanceOf(StorageException.class);
        assertThat(output(run(handler(storage), task)).at("/quarantined/count").asInt())
                .isEqualTo(1);
    }

    private static ObjectKey staged(Duration age) {
        return BlobKeys.staged(id(age), "ns_1", "a.txt");
    }
}
