package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.MadeMedia;
import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service crashes between two steps of a confirm, or stalls there; another one carries on. */
@Order(6)
@ResourceLock(CrashStory.PLAIN)
class CrashStoryTests extends CrashStory {

    CrashStoryTests() {
        super(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "confirm.verified",
                "object.row-inserted",
                "confirm.object-written",
                "confirm.told",
                "confirm.completed"
            })
    void aConfirmThatDiedIsConfirmedAgain(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace workspace = Workspace.create(doomed.client());
            String id = workspace.putJpeg();
            assertDies(doomed, () -> workspace.confirm(id));

            aMinutePasses();
            Workspace again = workspace.through(survivor().client());
            Answer confirmed = again.confirm(id);
            assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
            assertThat(confirmed.at("/status")).isEqualTo("COMPLETED");
            assertThat(again.object(confirmed.at("/object_id")).status()).isEqualTo(200);
            assertNothingLostOrLeft(again, 1);
        }
    }

    /** The property of the bytes is part of what was committed, so a repeat reads it. */
    @ParameterizedTest
    @ValueSource(strings = {"confirm.object-written", "confirm.completed"})
    void aConfirmThatDiedAfterItMovedBytesToAnotherPropertyMovedThem(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace workspace = Workspace.create(
                    doomed.client(), Map.of("film", Map.of("type", "video"), "sound", Map.of("type", "audio")));
            Answer upload = workspace.ask(Map.of("filename", "voice.webm", "content_type", "video/webm"));
            String id = upload.at("/upload_id");
            assertThat(upload.at("/blob_property")).isEqualTo("film");
            Workspace.put(upload.json(), MadeMedia.matroska("webm", 2));
            assertDies(doomed, () -> workspace.confirm(id));

            aMinutePasses();
            Workspace again = workspace.through(survivor().client());
            Answer confirmed = again.confirm(id);
            assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
            assertThat(again.upload(id).at("/blob_property")).isEqualTo("sound");
            assertThat(again.object(confirmed.at("/object_id")).at("/blobs/0/property"))
                    .isEqualTo("sound");
            assertNothingLostOrLeft(again, 1);
        }
    }

    @Test
    void aConfirmThatDiedBeforeItsTaskWasStoredIsSubmittedAgain() {
        try (CrashableService doomed = dyingAt("confirm.task-marked")) {
            Workspace workspace = Workspace.create(doomed.client());
            String id = workspace.putJpeg();
            String inBackground = workspace.path("/uploads/" + id + "/confirm?async=true");
            assertDies(doomed, () -> workspace.client().post(inBackground));

            survivor().takeTasks();
            Workspace again = workspace.through(survivor().client());
            Answer accepted = again.client().post(inBackground);
            assertThat(accepted.at("/status")).isEqualTo("PROCESSING");
            assertThat(again.settled(accepted.at("/task_id")).at("/status")).isEqualTo("COMPLETED");
            assertNothingLostOrLeft(again, 1);
        }
    }

    @Test
    void aConfirmThatDiedAfterItsBatchWasSubmittedNamesThatBatch() {
        try (CrashableService doomed = dyingAt("confirm.batch-submitted")) {
            Workspace workspace = Workspace.create(doomed.client());
            String id = workspace.putJpeg();
            Map<String, Boolean> processed = Map.of("auto_submit_batch", true);
            assertDies(doomed, () -> workspace.confirm(id, processed));

            anotherGoesOn();
            Workspace again = workspace.through(survivor().client());
            Answer confirmed = again.confirm(id, processed);
            assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
            assertThat(again.settled(confirmed.at("/task_id")).at("/status")).isEqualTo("COMPLETED");
            Answer batches = again.client().post(again.path("/batches/list"));
            assertThat(batches.at("/total_count")).as(batches.text()).isEqualTo("1");
            assertThat(batches.at("/results/0/batch_id")).isEqualTo(confirmed.at("/batch_id"));
            assertThat(again.objects()).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task.stored",
                "task.claimed",
                "confirm.verified",
                "object.row-inserted",
                "confirm.object-written",
                "confirm.told",
                "confirm.completed",
                "task.handled",
                "task.finished"
            })
    void aBatchConfirmThatDiedIsFinishedByAnotherInstance(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace workspace = Workspace.create(doomed.client());
            List<String> uploads = workspace.putJpegs(10);
            assertDiesOf(doomed, () -> workspace.confirmAll(uploads));

            anotherGoesOn();
            Workspace again = workspace.through(survivor().client());
            Answer tasks = again.client().post("/v1/tasks/list");
            assertThat(tasks.json().at("/results").size()).as(tasks.text()).isOne();
            Answer settled = again.settled(tasks.at("/results/0/task_id"));
            assertThat(settled.at("/status")).as(settled.text()).isEqualTo("COMPLETED");
            assertThat(settled.json().at("/outputs").size()).isEqualTo(10);
            assertNothingLostOrLeft(again, 10);
        }
    }

    @Test
    void whatIsCanceledWhileItsBatchIsConfirmedIsNoSuccessAndNoObject() {
        AtomicReference<Runnable> cancel = new AtomicReference<>();
        try (CrashableService slow =
                slowAt("confirm.verified", () -> cancel.get().run())) {
            Workspace workspace = Workspace.create(slow.client());
            String kept = workspace.putJpeg();
            String canceled = workspace.putJpeg();
            WaybillClient meanwhile = workspace.through(survivor().client()).client();
            cancel.set(() -> assertThat(meanwhile
                            .delete(workspace.path("/uploads/" + canceled))
                            .status())
                    .isEqualTo(204));
            Answer accepted = workspace.confirmAll(List.of(canceled, kept));

            Answer task = workspace.settled(accepted.at("/task_id"));

            assertThat(task.at("/status")).as(task.text()).isEqualTo("COMPLETED_WITH_ERRORS");
            assertThat(task.at("/outputs/0/status")).isEqualTo("CANCELED");
            assertThat(task.at("/outputs/0/error")).as(task.text()).contains(canceled, "CANCELED");
            assertThat(task.at("/outputs/1/status")).isEqualTo("COMPLETED");
            assertThat(workspace.upload(canceled).at("/status")).isEqualTo("CANCELED");
            assertNothingLostOrLeft(workspace, 1);
        }
    }

    @Test
    void aBatchThatAConfirmRequestedExistsOnce() {
        try (CrashableService doomed = dyingAt("confirm.batch-submitted")) {
            Workspace workspace = Workspace.create(doomed.client());
            String id = workspace.putJpeg();
            assertDies(doomed, () -> workspace.confirm(id, Map.of("auto_submit_batch", true)));

            anotherGoesOn();
            Workspace again = workspace.through(survivor().client());
            Answer confirmed = again.confirm(id, Map.of("auto_submit_batch", true));
            assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
            Answer batches = again.client().post(again.path("/batches/list"));
            assertThat(batches.json().at("/results").size()).as(batches.text()).isOne();
            assertThat(batches.at("/results/0/batch_id")).isEqualTo(confirmed.at("/batch_id"));
            assertThat(again.settled(confirmed.at("/task_id")).at("/status")).isEqualTo("COMPLETED");
        }
    }

    @Test
    void killingOneOfTwoInstancesLosesNoTask() {
        survivor().takeTasks();
        try (CrashableService doomed = dyingAt("never")) {
            Workspace workspace = Workspace.create(doomed.client());
            List<String> tasks = new ArrayList<>();
            for (int batch = 0; batch < 10; batch++) {
                tasks.add(workspace.confirmAll(workspace.putJpegs(5)).at("/task_id"));
            }
            doomed.crash();

            aMinutePasses();
            Workspace again = workspace.through(survivor().client());
            for (String task : tasks) {
                assertThat(again.settled(task).at("/status")).isEqualTo("COMPLETED");
            }
            assertNothingLostOrLeft(again, 50);
        }
    }
}
