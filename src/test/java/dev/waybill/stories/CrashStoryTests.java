package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.local.LocalServices;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceProcess;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process dies, as by kill -9, between two steps; another one carries on. */
class CrashStoryTests {

    /** A dead worker's lease ends soon, so that nobody waits long for what it left. */
    private static final Map<String, String> QUICK = Map.of("WAYBILL_TASKS_LEASE", "3s");

    @TempDir
    Path folder;

    private LocalServices services;

    @BeforeEach
    void startTheStores() {
        services = LocalServices.inMemory(folder);
    }

    @AfterEach
    void stopTheStores() {
        services.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm.verified", "confirm.claimed", "confirm.object-written", "confirm.completed"})
    void aConfirmThatDiedIsConfirmedAgain(String step) {
        try (ServiceProcess doomed = ServiceProcess.start(services, haltingAt(step))) {
            Workspace workspace = Workspace.create(doomed.client());
            String id = workspace.putJpeg();
            assertThatThrownBy(() -> workspace.confirm(id)).isInstanceOf(UncheckedIOException.class);
            assertThat(doomed.exitCode()).isEqualTo(137);

            try (ServiceUnderTest survivor = ServiceUnderTest.start(services, QUICK)) {
                Workspace again = workspace.through(survivor.client());
                Answer confirmed = again.confirm(id);
                assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
                assertThat(confirmed.at("/status")).isEqualTo("COMPLETED");
                assertThat(again.object(confirmed.at("/object_id")).status()).isEqualTo(200);
                assertNothingLostOrLeft(survivor, again, 1);
            }
        }
    }

    @Test
    void aConfirmThatDiedBeforeItsTaskWasStoredIsHandedOverAgain() {
        try (ServiceProcess doomed = ServiceProcess.start(services, haltingAt("confirm.task-marked"))) {
            Workspace workspace = Workspace.create(doomed.client());
            String id = workspace.putJpeg();
            String inBackground = workspace.path("/uploads/" + id + "/confirm?async=true");
            assertThatThrownBy(() -> workspace.client().post(inBackground)).isInstanceOf(UncheckedIOException.class);
            assertThat(doomed.exitCode()).isEqualTo(137);

            try (ServiceUnderTest survivor = ServiceUnderTest.start(services, QUICK)) {
                Workspace again = workspace.through(survivor.client());
                Answer accepted = again.client().post(inBackground);
                assertThat(accepted.at("/status")).isEqualTo("PROCESSING");
                assertThat(again.settled(accepted.at("/task_id")).at("/status")).isEqualTo("COMPLETED");
                assertNothingLostOrLeft(survivor, again, 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task.claimed",
                "batch.verified",
                "batch.claimed",
                "batch.objects-written",
                "batch.completed",
                "task.handled"
            })
    void aBatchConfirmThatDiedIsFinishedByAnotherInstance(String step) {
        try (ServiceProcess doomed = ServiceProcess.start(services, haltingAt(step))) {
            Workspace workspace = Workspace.create(doomed.client());
            List<Map<String, Object>> confirmations = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                confirmations.add(Map.of("upload_id", workspace.putJpeg()));
            }
            handOver(workspace, confirmations);
            assertThat(doomed.exitCode()).isEqualTo(137);

            try (ServiceUnderTest survivor = ServiceUnderTest.start(services, QUICK)) {
                Workspace again = workspace.through(survivor.client());
                Answer tasks = again.client().post("/v1/tasks/list");
                assertThat(tasks.json().at("/results").size()).as(tasks.text()).isOne();
                Answer settled = again.settled(tasks.at("/results/0/task_id"));
                assertThat(settled.at("/status")).as(settled.text()).isEqualTo("COMPLETED");
                assertThat(settled.json().at("/outputs").size()).isEqualTo(10);
                assertNothingLostOrLeft(survivor, again, 10);
            }
        }
    }

    @Test
    void killingOneOfTwoInstancesLosesNoTask() {
        try (ServiceProcess one = ServiceProcess.start(services, QUICK);
                ServiceUnderTest other = ServiceUnderTest.start(services, QUICK)) {
            Workspace workspace = Workspace.create(one.client());
            List<String> tasks = new ArrayList<>();
            for (int batch = 0; batch < 10; batch++) {
                List<Map<String, Object>> confirmations = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    confirmations.add(Map.of("upload_id", workspace.putJpeg()));
                }
                tasks.add(workspace
                        .client()
                        .post(workspace.path("/uploads/confirm/batch"), Map.of("confirmations", confirmations))
                        .at("/task_id"));
            }
            one.kill();

            Workspace again = workspace.through(other.client());
            for (String task : tasks) {
                assertThat(again.settled(task).at("/status")).isEqualTo("COMPLETED");
            }
            assertNothingLostOrLeft(other, again, 50);
        }
    }

    /** The task may be taken, and its worker die, before the request is answered. */
    private static void handOver(Workspace workspace, List<Map<String, Object>> confirmations) {
        try {
            Answer accepted = workspace
                    .client()
                    .post(workspace.path("/uploads/confirm/batch"), Map.of("confirmations", confirmations));
            assertThat(accepted.at("/task_id")).as(accepted.text()).isNotEmpty();
        } catch (UncheckedIOException brokenOff) {
            assertThat(brokenOff).hasMessageContaining("HTTP");
        }
    }

    private static Map<String, String> haltingAt(String step) {
        return Map.of("WAYBILL_HALT_AT", step, "WAYBILL_TASKS_LEASE", "3s");
    }

    private static void assertNothingLostOrLeft(ServiceUnderTest service, Workspace workspace, int objects) {
        assertThat(workspace.objects()).isEqualTo(objects);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(workspace
                                .client()
                                .get("/v1/buckets/" + workspace.bucket())
                                .json()
                                .at("/object_count")
                                .asInt())
                        .isEqualTo(objects));
        var stored = new HashSet<>(service.bean(ObjectStorage.class).list("", null, 1000));
        assertThat(stored).hasSize(objects);
    }
}
