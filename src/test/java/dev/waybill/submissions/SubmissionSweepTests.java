package dev.waybill.submissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.agents.Agent;
import dev.waybill.agents.AgentService;
import dev.waybill.blobs.Orphans;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.projects.ProjectService;
import dev.waybill.testing.Answer;
import dev.waybill.testing.MovedTime;
import dev.waybill.testing.Receiver;
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
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

/** No bytes are left that nobody needs, and nothing is left half done. */
class SubmissionSweepTests {

    @TempDir
    static Path folder;

    private List<ObjectKey> before = List.of();
    private static final Receiver RECEIVER = Receiver.start();
    private static final MovedTime TIME = MovedTime.create();
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() {
        Map<String, String> settings = new LinkedHashMap<>(TIME.settings());
        // The tests say when it is time to sweep.
        settings.put("waybill.submissions.sweep-interval", "PT24H");
        settings.put("waybill.submissions.requests-per-hour", "100000");
        settings.put("waybill.fetch.allow", "127.0.0.1");
        service = ServiceUnderTest.shared(settings);
    }

    @BeforeEach
    void listKeys() {
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
    void theSameFileKeepsItsKey() {
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
    void aDeletedProjectIsDeletedWithItsFilesAndWithLateOnes() {
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
        await().untilAsserted(() -> assertThat(service.bean(MongoTemplate.class)
                        .count(query(where("project_id").is(studio.project())), "projects"))
                .isZero());

        sweepAfter(Duration.ofMinutes(2));
        assertBytes("lighthouse.png");
        TIME.ahead(Duration.ofDays(9));
        Orphans.expireStaged(service);
        assertBytes();
    }

    @Test
    void whatACrashLeftHalfDoneIsFinished() {
        Studio studio = studio();
        String id = studio.putPng();
        SubmissionStore store = service.bean(SubmissionStore.class);
        SubmissionEntity pending = submission(studio, id);
        MediaFile file = pending.media();
        assertThat(file).isNotNull();
        assertThat(store.replace(pending.completed(file.verified(file.s3Key(), "etag", "image/png"), Instant.now())))
                .isPresent();
        assertThat(studio.announce(id, "b.png", "image/png", 5).at("/error/code"))
                .isEqualTo("MEDIA_FILE_NOT_FOUND");
        sweepAfter(Duration.ofHours(26));
        assertThat(studio.status(id)).isEqualTo("submitted");
        assertThat(bytes()).hasSize(1);
    }

    @Test
    void submissionsArePublishedUnderOneIdHoweverOften() throws InterruptedException {
        Studio studio = studio();
        String hook = "/" + studio.project();
        Answer listening = studio.admin()
                .post(
                        "/v1/organizations/webhooks",
                        Map.of(
                                "webhook_name",
                                "heard-" + studio.project(),
                                "event_types",
                                List.of("submission.submitted"),
                                "channels",
                                List.of(Map.of("channel", "webhook", "configs", Map.of("url", RECEIVER.url(hook))))));
        assertThat(listening.status()).as(listening.text()).isEqualTo(201);
        String id = studio.putPng();
        List<Callable<Answer>> confirms = Collections.nCopies(10, () -> studio.confirm(id));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(confirms);
        }
        Answer text = studio.agent().post(studio.path(""), Map.of("text", "Where the map ends."));
        String textId = text.at("/data/submissionId");

        await().untilAsserted(() -> assertThat(received(hook, "/subject/id")).containsExactlyInAnyOrder(id, textId));
        assertThat(received(hook, "/event_id"))
                .containsExactlyInAnyOrder("evt_" + id.replace("-", ""), "evt_" + textId.replace("-", ""));
        JsonNode event = RECEIVER.calls(hook).stream()
                .map(Receiver.Call::json)
                .filter(one -> one.at("/subject/id").asString().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(event.at("/event_type").asString()).isEqualTo("submission.submitted");
        assertThat(event.has("namespace_id")).isFalse();
        assertThat(Instant.parse(event.at("/occurred_at").asString()))
                .isEqualTo(Instant.parse(studio.submission(id).at("/data/confirmedAt")));
        assertThat(event.at("/metadata/project_id").asString()).isEqualTo(studio.project());
        assertThat(event.at("/metadata/agent_id").asString()).isEqualTo(studio.agentId());
        assertThat(event.at("/metadata/file_type").asString()).isEqualTo("image/png");
    }

    private static Set<String> received(String hook, String what) {
        return RECEIVER.calls(hook).stream()
                .map(call -> call.json().at(what).asString())
                .filter(said -> !said.isEmpty())
                .collect(Collectors.toSet());
    }

    @Test
    void ofTwoChangesToOneRevisionOneWins() {
        Studio studio = studio();
        SubmissionStore store = service.bean(SubmissionStore.class);
        Agent agent =
                service.bean(AgentService.class).authenticate(studio.key()).orElseThrow();
        String id = service.bean(SubmissionService.class)
                .begin(agent, studio.project(), null)
                .submissionId();
        SubmissionEntity fresh = submission(studio, id);
        assertThat(store.replace(fresh.withoutMedia())).isPresent();
        assertThat(store.replace(fresh.submitted())).isEmpty();
    }

    private static Studio studio() {
        return Studio.open(service.client(), service.anonymous());
    }

    private static SubmissionEntity submission(Studio studio, String id) {
        Agent agent =
                service.bean(AgentService.class).authenticate(studio.key()).orElseThrow();
        return service.bean(ProjectService.class)
                .find(agent.organization(), studio.project())
                .flatMap(project -> service.bean(SubmissionStore.class).find(project, new SubmissionId(id)))
                .orElseThrow();
    }

    private static void sweepAfter(Duration time) {
        TIME.ahead(time);
        service.bean(SubmissionSweep.class).run();
    }

    /** The keys that were added to storage since the test began. */
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
