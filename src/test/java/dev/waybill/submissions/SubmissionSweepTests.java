package dev.waybill.submissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.blobs.Orphans;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.testing.Answer;
import dev.waybill.testing.MovedTime;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Studio;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;

/** No bytes are left that nobody needs, and nothing is left half done. */
class SubmissionSweepTests {

    @TempDir
    static Path folder;

    private List<ObjectKey> before = List.of();
    private static final MovedTime TIME = MovedTime.create();
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() {
        Map<String, String> settings = new LinkedHashMap<>(TIME.settings());
        // The tests say when it is time to sweep.
        settings.put("waybill.submissions.sweep-interval", "PT24H");
        settings.put("waybill.submissions.requests-per-hour", "100000");
        service = ServiceUnderTest.shared(settings);
    }

    @BeforeEach
    void lookAround() {
        before = keys();
    }

    @AfterEach
    void backToNow() {
        TIME.ahead(Duration.ZERO);
    }

    @Test
    void bytesThatNobodyConfirmedAreRemoved() {
        Studio studio = studio();
        String id = studio.putPng();
        sweepAfter(Duration.ofHours(24));
        assertBytes("lighthouse.png");
        sweepAfter(Duration.ofHours(26));
        assertBytes();
        TIME.ahead(Duration.ZERO);

        assertThat(studio.confirm(id).at("/error/code")).isEqualTo("MEDIA_FILE_NOT_FOUND");
        byte[] png = SampleFiles.png();
        assertThat(Studio.put(studio.announcePng(id, png), png).statusCode()).isEqualTo(200);
        assertThat(studio.confirm(id).status()).isEqualTo(200);
    }

    @Test
    void confirmedBytesStay() {
        Studio studio = studio();
        String id = studio.putPng();
        assertThat(studio.confirm(id).status()).isEqualTo(200);
        sweepAfter(Duration.ofDays(400));
        Orphans.remove(service);
        assertBytes("lighthouse.png");
    }

    @Test
    void theFormerFileOfASubmissionIsRemoved() {
        Studio studio = studio();
        String id = studio.putPng();
        byte[] jpeg = SampleFiles.jpeg();
        Answer other = studio.announce(id, "lighthouse.jpg", "image/jpeg", jpeg.length);
        assertThat(Studio.put(other, jpeg).statusCode()).isEqualTo(200);
        assertThat(studio.confirm(id).status()).isEqualTo(200);
        assertBytes("lighthouse.jpg");
    }

    @Test
    void theSameFileKeepsItsPlace() {
        Studio studio = studio();
        String id = studio.begin();
        byte[] png = SampleFiles.png();
        for (int i = 0; i < 3; i++) {
            assertThat(Studio.put(studio.announcePng(id, png), png).statusCode())
                    .isEqualTo(200);
        }
        assertThat(bytes()).hasSize(1);
        assertThat(studio.confirm(id).status()).isEqualTo(200);
    }

    @Test
    void aDeletedProjectTakesEverythingAlongAndWhatArrivesLateToo() {
        Studio studio = studio();
        String confirmed = studio.putPng();
        assertThat(studio.confirm(confirmed).status()).isEqualTo(200);
        String late = studio.begin();
        byte[] png = SampleFiles.png();
        Answer announced = studio.announcePng(late, png);
        assertThat(studio.admin()
                        .delete("/v1/organizations/projects/" + studio.project())
                        .status())
                .isEqualTo(200);
        assertThat(studio.confirm(late).at("/error/code")).isEqualTo("SUBMISSION_NOT_FOUND");
        assertThat(studio.agent()
                        .get("/api/agents/projects/" + studio.project())
                        .status())
                .isEqualTo(404);
        assertThat(studio.asSeenByTheOrganization(confirmed).status()).isEqualTo(404);
        sweepAfter(Duration.ZERO);
        assertBytes();
        assertThat(Studio.put(announced, png).statusCode()).isEqualTo(200);

        sweepAfter(Duration.ofMinutes(2));
        assertBytes("lighthouse.png");
        TIME.ahead(Duration.ofDays(9));
        Orphans.expireStaged(service);
        assertBytes();
        assertThat(service.bean(ProjectStore.class).doomed(100))
                .noneMatch(doomed -> doomed.project().id().value().equals(studio.project()));
    }

    @Test
    void whatACrashLeftHalfDoneIsFinished() {
        Studio studio = studio();
        String id = studio.putPng();
        SubmissionStore store = service.bean(SubmissionStore.class);
        Project project = service.bean(ProjectStore.class)
                .find(
                        service.bean(AgentStore.class)
                                .findByHash(dev.waybill.auth.KeySecrets.hash(new dev.waybill.auth.Secret(studio.key())))
                                .orElseThrow()
                                .organization(),
                        new ProjectId(studio.project()))
                .orElseThrow();
        Submission pending = store.find(project, new SubmissionId(id)).orElseThrow();
        MediaFile file = pending.media();
        assertThat(file).isNotNull();
        assertThat(store.replace(pending.completed(file.verified(file.key(), "etag", "image/png"), Instant.now())))
                .isPresent();
        assertThat(studio.announce(id, "b.png", "image/png", 5).at("/error/code"))
                .isEqualTo("MEDIA_FILE_NOT_FOUND");
        sweepAfter(Duration.ofHours(26));
        assertThat(studio.status(id)).isEqualTo("submitted");
        assertThat(bytes()).hasSize(1);
    }

    @Test
    void submissionsAreToldUnderOneIdHoweverOften() throws InterruptedException {
        Studio studio = studio();
        Queue<PublicEvent> told = new ConcurrentLinkedQueue<>();
        service.bean(ApplicationEventMulticaster.class).addApplicationListener(new Listener(studio.project(), told));
        String id = studio.putPng();
        List<Callable<Answer>> confirms = Collections.nCopies(10, () -> studio.confirm(id));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(confirms);
        }
        assertThat(told).isNotEmpty();
        assertThat(Set.copyOf(told)).singleElement().satisfies(event -> {
            assertThat(event.eventId()).isEqualTo("evt_" + id.replace("-", ""));
            assertThat(event.eventType()).isEqualTo("submission.submitted");
            assertThat(event.namespace()).isNull();
            assertThat(event.subject().id()).isEqualTo(id);
            assertThat(event.occurredAt())
                    .isEqualTo(Instant.parse(studio.submission(id).at("/data/confirmedAt")));
            assertThat(event.metadata())
                    .containsEntry("project_id", studio.project())
                    .containsEntry("agent_id", studio.agentId())
                    .containsEntry("file_type", "image/png");
        });
        told.clear();
        Answer text = studio.agent().post(studio.path(""), Map.of("text", "Where the map ends."));
        assertThat(told)
                .singleElement()
                .satisfies(event -> assertThat(event.subject().id()).isEqualTo(text.at("/data/submissionId")));
    }

    /** Hears what is told of one project. */
    private record Listener(String project, Queue<PublicEvent> told)
            implements ApplicationListener<PayloadApplicationEvent<PublicEvent>> {

        @Override
        public void onApplicationEvent(PayloadApplicationEvent<PublicEvent> event) {
            if (project.equals(event.getPayload().metadata().get("project_id"))) {
                told.add(event.getPayload());
            }
        }
    }

    @Test
    void ofTwoChangesToOneRevisionOneWins() {
        Studio studio = studio();
        SubmissionStore store = service.bean(SubmissionStore.class);
        Agent agent = service.bean(AgentDesk.class).authenticate(studio.key()).orElseThrow();
        Submission fresh = service.bean(SubmissionDesk.class).begin(agent, studio.project(), null);
        assertThat(store.replace(fresh.withoutMedia())).isPresent();
        assertThat(store.replace(fresh.submitted())).isEmpty();
    }

    private static Studio studio() {
        return Studio.open(service.client(), service.anonymous());
    }

    private static void sweepAfter(Duration time) {
        TIME.ahead(time);
        service.bean(SubmissionSweep.class).run();
    }

    /** What lies in storage since the test began. */
    private List<ObjectKey> bytes() {
        return keys().stream().filter(key -> !before.contains(key)).toList();
    }

    private void assertBytes(String... names) {
        await().untilAsserted(() ->
                assertThat(bytes()).extracting(ObjectKey::filename).containsExactly(names));
    }

    private static List<ObjectKey> keys() {
        return service.bean(ObjectStorage.class).list("", null, 1000).stream()
                .map(StoredObject::key)
                .toList();
    }
}
