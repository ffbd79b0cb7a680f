package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.Soak;
import dev.waybill.testing.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * One client cancels or deletes on one instance what another one confirms on the other at the same time: whichever is
 * first, the events agree with what the API answers in the end.
 */
@ResourceLock(CrashStory.EAGER)
class EventTruthStoryTests extends TwoInstancesStory {

    /** Milliseconds that a batch of one picture takes. */
    private static final long LONGEST_BATCH = 600;

    private static final byte[] NO_PICTURE = "no picture".getBytes(UTF_8);

    @Test
    void anUploadCanceledDuringItsConfirmEmitsTheEventOfItsEnd() {
        int rounds = Soak.count(6, 150);
        survivor().takeTasks();
        try (CrashableService other = dyingAt("never")) {
            Workspace here = Workspace.create(client(survivor().client()));
            Workspace there = here.through(client(other.client()));
            EventAudit audit = audit(here);
            Set<String> ends = new HashSet<>();
            for (int round = 0; round < rounds; round++) {
                Workspace confirming = round % 2 == 0 ? here : there;
                Workspace canceling = round % 2 == 0 ? there : here;
                // The third way is a file that is refused: FAILED or CANCELED.
                String id = put(here, round % 3 == 2 ? NO_PICTURE : SampleFiles.jpeg());
                boolean asTask = round % 4 == 3;
                CompletableFuture<Answer> confirm =
                        now(() -> asTask ? confirming.confirmAll(List.of(id)) : confirming.confirm(id));
                CompletableFuture<Answer> cancel = later(
                        delay(round, rounds, 0, 25), () -> canceling.client().delete(canceling.path("/uploads/" + id)));
                Answer confirmed = audit.seen(confirm.join());
                Answer canceled = audit.seen(cancel.join());
                if (asTask && confirmed.status() == 200) {
                    here.settled(confirmed.at("/task_id"));
                }
                String end = here.upload(id).at("/status");
                ends.add(end);
                assertThat(canceled.status()).as(end + canceled.text()).isEqualTo(end.equals("COMPLETED") ? 400 : 204);
                if (!asTask) {
                    assertThat(confirmed.status() == 200)
                            .as(end + confirmed.text())
                            .isEqualTo(end.equals("COMPLETED"));
                }
            }
            // Of many rounds, each is first in some.
            assertThat(ends).hasSizeGreaterThan(Soak.count(0, 2));
            assertAllIsTrue(audit, here);
        }
    }

    @Test
    void anObjectDeletedDuringItsConfirmEmitsEachEventOnceAndLeavesNoBytes() {
        int rounds = Soak.count(6, 150);
        survivor().takeTasks();
        try (CrashableService other = dyingAt("never")) {
            Workspace here = Workspace.create(client(survivor().client()));
            Workspace there = here.through(client(other.client()));
            EventAudit audit = audit(here);
            Set<Integer> answers = new HashSet<>();
            for (int round = 0; round < rounds; round++) {
                Workspace confirming = round % 2 == 0 ? here : there;
                Workspace deleting = round % 2 == 0 ? there : here;
                String id = here.putJpeg();
                String object = id.replace("upl_", "obj_");
                CompletableFuture<Answer> confirm = now(() -> confirming.confirm(id));
                CompletableFuture<Answer> delete = later(
                        delay(round, rounds, 8, 38),
                        () -> deleting.client().delete(deleting.path("/objects/" + object)));
                assertThat(audit.seen(confirm.join()).status()).isEqualTo(200);
                Answer deleted = audit.seen(delete.join());
                answers.add(deleted.status());
                assertThat(here.object(object).status())
                        .as(deleted.text())
                        .isEqualTo(deleted.status() == 204 ? 404 : 200);
                // A repeated confirm brings nothing back.
                if (round % 5 == 0) {
                    assertThat(there.confirm(id).status()).isEqualTo(200);
                    assertThat(here.object(object).status()).isEqualTo(deleted.status() == 204 ? 404 : 200);
                }
            }
            assertThat(answers).isSubsetOf(204, 404).hasSizeGreaterThan(Soak.count(0, 1));
            assertAllIsTrue(audit, here);
        }
    }

    @Test
    void aBatchCanceledWhileItRunsEmitsTheEventOfItsEnd() {
        int rounds = Soak.count(3, 150);
        survivor().takeTasks();
        try (CrashableService other = dyingAt("never")) {
            Workspace here = Workspace.create(client(survivor().client()));
            Workspace there = here.through(client(other.client()));
            EventAudit audit = audit(here);
            List<CompletableFuture<Answer>> cancels = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                Workspace confirming = round % 2 == 0 ? here : there;
                Workspace canceling = round % 2 == 0 ? there : here;
                Answer confirmed =
                        audit.seen(confirming.confirm(confirming.putJpeg(), Map.of("auto_submit_batch", true)));
                String cancel = here.path("/batches/" + confirmed.at("/batch_id") + "/cancel");
                cancels.add(later(
                        delay(round, rounds, 0, LONGEST_BATCH),
                        () -> canceling.client().post(cancel)));
            }
            assertThat(cancels.stream().map(CompletableFuture::join).map(audit::seen))
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.text()).isEqualTo(200));
            assertAllIsTrue(audit, here);
            Set<String> ends = new HashSet<>();
            here.client()
                    .post(here.path("/batches/list"), Map.of("limit", rounds))
                    .json()
                    .at("/results")
                    .forEach(batch -> ends.add(batch.at("/status").asString()));
            // Of many rounds, each is first in some.
            assertThat(ends).isSubsetOf("COMPLETED", "CANCELED").hasSizeGreaterThan(Soak.count(0, 1));
        }
    }

    @Test
    void aBucketDeletedDuringConfirmsIsDeletedWithAllContents() {
        int rounds = Soak.count(3, 150);
        survivor().takeTasks();
        try (CrashableService other = dyingAt("never")) {
            Workspace here = Workspace.create(client(survivor().client()));
            Workspace there = here.through(client(other.client()));
            EventAudit audit = audit(here);
            Map<String, Answer> confirmed = new HashMap<>();
            for (int round = 0; round < rounds; round++) {
                Workspace bucket = here.in(Tenant.bucket(here.client(), "round-" + round));
                Workspace same = there.in(bucket.bucket());
                for (String id : bucket.putJpegs(2)) {
                    assertThat(bucket.confirm(id).status()).isEqualTo(200);
                }
                String id = bucket.putJpeg();
                audit.deleting(bucket.bucket(), 2, 3);
                CompletableFuture<Answer> confirm = now(() -> same.confirm(id));
                CompletableFuture<Answer> delete =
                        later(delay(round, rounds, 0, 25), () -> bucket.client().delete(bucket.path("")));
                confirmed.put(id, audit.seen(confirm.join()));
                assertThat(audit.seen(delete.join()).status()).isEqualTo(200);
            }
            assertThat(confirmed.values())
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.text()).isIn(200, 404));
            aMinutePasses();
            assertAllIsTrue(audit, here);
            assertThat(audit.gone()).hasSize(rounds);
            confirmed.forEach((id, answer) -> {
                if (answer.status() == 200) {
                    assertThat(received("upload.completed", id))
                            .as(answer.text())
                            .isNotEmpty();
                    assertThat(received("object.created", answer.at("/object_id")))
                            .isNotEmpty();
                }
            });
        }
    }

    @Test
    void ofEqualBytesConfirmedAtOnceOneIsReportedAsTheFirst() {
        int rounds = Soak.count(1, 150);
        survivor().takeTasks();
        try (CrashableService other = dyingAt("never")) {
            for (int round = 0; round < rounds; round++) {
                Workspace here = Workspace.create(client(survivor().client()));
                Workspace there = here.through(client(other.client()));
                EventAudit audit = audit(here);
                byte[] bytes = SampleFiles.jpeg();
                List<String> uploads =
                        Stream.generate(() -> put(here, bytes)).limit(16).toList();
                List<CompletableFuture<Answer>> confirms = new ArrayList<>();
                for (int i = 0; i < uploads.size(); i++) {
                    Workspace at = i % 2 == 0 ? here : there;
                    String id = uploads.get(i);
                    confirms.add(now(() -> at.confirm(id)));
                }
                List<Answer> answers = confirms.stream()
                        .map(CompletableFuture::join)
                        .map(audit::seen)
                        .toList();
                assertThat(answers)
                        .allSatisfy(answer -> assertThat(answer.at("/status"))
                                .as(answer.text())
                                .isEqualTo("COMPLETED"));
                assertThat(answers)
                        .filteredOn(answer -> !answer.json().at("/is_duplicate").asBoolean())
                        .hasSize(1);
                assertThat(here.objects()).isOne();
                assertAllIsTrue(audit, here);
            }
        }
    }

    @Test
    void anUploadConfirmedManyTimesAtOnceEmitsOneEventId() {
        int rounds = Soak.count(2, 150);
        survivor().takeTasks();
        try (CrashableService other = dyingAt("never")) {
            Workspace here = Workspace.create(client(survivor().client()));
            Workspace there = here.through(client(other.client()));
            EventAudit audit = audit(here);
            for (int round = 0; round < rounds; round++) {
                String id = here.putJpeg();
                List<CompletableFuture<Answer>> confirms = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    Workspace at = i % 2 == 0 ? here : there;
                    confirms.add(later(delay(i, 8, 0, 30), () -> at.confirm(id)));
                }
                assertThat(confirms.stream().map(CompletableFuture::join).map(audit::seen))
                        .allSatisfy(answer -> assertThat(answer.at("/object_id"))
                                .as(answer.text())
                                .isEqualTo(id.replace("upl_", "obj_")));
            }
            assertThat(here.objects()).isEqualTo(rounds);
            assertAllIsTrue(audit, here);
        }
    }

    private static String put(Workspace shop, byte[] bytes) {
        Answer upload = shop.askForJpeg();
        assertThat(Workspace.put(upload.json(), bytes).statusCode()).isEqualTo(200);
        return upload.at("/upload_id");
    }
}
