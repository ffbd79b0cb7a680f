package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.connectors.ScriptedFiles.Draft;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Latches;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a sync runs and when not: pause, conflict with a running one, cancel, suspended and deleted connections. */
class SyncTurnsStoryTests extends ScriptedSyncStory {

    @Test
    void aPausedSyncIsNotTriggeredAndAResumedOneRunsByItself() {
        put("a.txt");
        String sync = bucket.created(request(Map.of()));

        Answer paused = bucket.post(sync, "/pause", Map.of("reason", "They move house."));
        assertThat(paused.at("/status")).as(paused.text()).isEqualTo("SUSPENDED");
        assertThat(paused.json().path("paused").asBoolean()).isTrue();
        assertThat(paused.at("/pause_reason")).isEqualTo("They move house.");
        assertThat(paused.at("/paused_by_user_id")).isNotEmpty();
        assertThat(paused.json().has("next_sync_at")).isFalse();
        assertThat(bucket.post(sync, "/pause").at("/pause_reason")).isEqualTo("They move house.");
        Answer refused = bucket.post(sync, "/trigger");
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.at("/error/message")).contains("paused");

        Answer resumed = bucket.post(sync, "/resume");
        assertThat(resumed.status()).as(resumed.text()).isEqualTo(200);
        assertThat(resumed.json().path("paused").asBoolean(true)).isFalse();
        assertThat(resumed.at("/status")).isNotEqualTo("SUSPENDED");
        assertThat(resumed.json().has("pause_reason")).isFalse();

        assertThat(bucket.runOf(sync).at("/counts/created").asInt()).isEqualTo(1);
    }

    @Test
    void anInactiveSyncIsNotTriggered() {
        String sync = bucket.created(request(Map.of()));

        Answer off = bucket.client().patch(bucket.path("/" + sync), Map.of("is_active", false));
        assertThat(off.json().path("is_active").asBoolean(true)).as(off.text()).isFalse();
        assertThat(off.json().has("next_sync_at")).isFalse();
        Answer refused = bucket.post(sync, "/trigger");
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.at("/error/message")).contains("not active");
    }

    @Test
    void whileARunGoesASecondOneIsRefusedAndNamesIt() throws InterruptedException {
        put("a.txt");
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        script.on(Call.OPEN).of(folder + "/a.txt").once().does(() -> {
            reached.countDown();
            Latches.await(goOn);
        });
        String sync = bucket.created(request(Map.of()));
        String run = bucket.triggered(sync);
        try {
            assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
            Answer refused = bucket.post(sync, "/trigger");
            assertThat(refused.status()).as(refused.text()).isEqualTo(409);
            assertThat(refused.at("/error/type")).isEqualTo("ConflictError");
            assertThat(refused.at("/error/details/sync_job_id")).isEqualTo(run);
            assertThat(bucket.get(sync).json().path("locked").asBoolean()).isTrue();
            Answer pausing = bucket.post(sync, "/pause");
            assertThat(pausing.at("/status")).isEqualTo("SUSPENDED");
        } finally {
            goOn.countDown();
        }
        assertThat(bucket.ended(sync, run).path("status").asString()).isEqualTo("COMPLETED");
        assertThat(bucket.get(sync).at("/status")).isEqualTo("SUSPENDED");
    }

    @Test
    void aRunIsCanceledInTheMiddleOfAFile() throws InterruptedException {
        // Longer to read than anybody takes to notice.
        script.put(folder + "/a.txt", Draft.of("a text ".repeat(3 << 20)));
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        script.on(Call.READ).of(folder + "/a.txt").once().does(() -> {
            reached.countDown();
            Latches.await(goOn);
        });
        script.on(Call.READ).of(folder + "/a.txt").does(SyncTurnsStoryTests::readSlowly);
        String sync = bucket.created(request(Map.of()));
        String run = bucket.triggered(sync);
        try {
            assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
            Answer canceled = bucket.post(sync, "/runs/" + run + "/cancel");
            assertThat(canceled.status()).as(canceled.text()).isEqualTo(200);
        } finally {
            goOn.countDown();
        }
        String status = bucket.ended(sync, run).path("status").asString();
        assertThat(status).isEqualTo("CANCELED");
        assertThat(bucket.post(sync, "/runs/" + run + "/cancel").at("/status")).isEqualTo(status);
        assertThat(bucket.post(sync, "/runs/0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90/cancel")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aSyncOverASuspendedConnectionIsNotRun() {
        String sync = bucket.created(request(Map.of()));
        Answer suspended =
                organization.patch("/v1/organizations/connections/" + connection, Map.of("status", "SUSPENDED"));
        assertThat(suspended.status()).as(suspended.text()).isEqualTo(200);

        await().untilAsserted(
                        () -> assertThat(bucket.get(sync).at("/pause_reason")).isEqualTo("connection suspended"));
        assertThat(bucket.get(sync).at("/status")).isEqualTo("SUSPENDED");
        assertThat(bucket.get(sync).json().has("paused_by_user_id")).isFalse();
        for (String call : List.of("/trigger", "/resume")) {
            Answer refused = bucket.post(sync, call);
            assertThat(refused.status()).as(refused.text()).isEqualTo(409);
            assertThat(refused.at("/error/details/code")).isEqualTo("connection_not_active");
        }
        Answer both = bucket.client().patch(bucket.path("/" + sync), Map.of("status", "ACTIVE", "batch_size", 7));
        assertThat(both.status()).as(both.text()).isEqualTo(409);
        assertThat(bucket.get(sync).json().path("batch_size").asInt()).isEqualTo(50);
        assertThat(bucket.create(request(Map.of())).status()).isEqualTo(409);
        Answer explained = bucket.explain(sync, folder + "/a.txt");
        assertThat(explained.at("/verdict")).as(explained.text()).isEqualTo("UNKNOWN");
    }

    @Test
    void theSyncsOfADeletedConnectionAreSuspendedForGood() {
        String sync = bucket.created(request(Map.of()));

        Answer archived = organization.delete("/v1/organizations/connections/" + connection);
        assertThat(archived.status()).as(archived.text()).isEqualTo(200);

        await().untilAsserted(
                        () -> assertThat(bucket.get(sync).at("/pause_reason")).isEqualTo("connection archived"));
        assertThat(bucket.post(sync, "/resume").status()).isEqualTo(409);
    }

    private static void readSlowly() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
