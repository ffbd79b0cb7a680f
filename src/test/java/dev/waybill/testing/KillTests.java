package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.blobs.Orphans;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real processes and a real {@code kill -9}, once for each flow: what a killed process leaves is what a
 * {@link CrashableService} leaves at the same point, document by document and file by file. That is why the crash
 * stories, which try every point and let another instance finish the flow, may do without processes.
 */
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillTests {

    private static final Map<String, String> SETTINGS = Map.of(
            "WAYBILL_TEST_EXTRACTORS", "true",
            "waybill.fetch.allow", "127.0.0.1",
            "waybill.tasks.max-in-flight", "1");

    /** The endpoint of the webhook's flow: nothing listens there. */
    private static final String NOWHERE = "http://127.0.0.1:1/hook";

    /**
     * @param step the fault point
     * @param story what clients do until the service crashes in it; returns what they do again with another instance,
     *     and what must be true in the end
     */
    private record Flow(String name, String step, Story story) {

        @Override
        public String toString() {
            return "%s, killed at %s".formatted(name, step);
        }
    }

    private interface Story {

        Aftermath run(DoomedService service);
    }

    private interface Aftermath {

        void run(ServiceUnderTest survivor);
    }

    static Stream<Flow> flows() {
        return Stream.of(
                new Flow("confirm", "confirm.object-written", KillTests::confirm),
                new Flow("confirm in batches", "confirm.object-written", KillTests::confirmMany),
                new Flow("confirm by a unique key", "object.changed", KillTests::confirmByKey),
                new Flow("creation of an object", "object.written", KillTests::createObject),
                new Flow("deletion of an object", "delete.traces-removed", KillTests::deleteObject),
                new Flow("deletion of a bucket", "object-purge.bytes-removed", KillTests::deleteBucket),
                new Flow("batch", "batches.object-recorded", KillTests::process),
                new Flow("deletion of a collection", "collection-delete.purged", KillTests::deleteCollection),
                new Flow("submission", "submissions.media-completed", KillTests::submit),
                new Flow("webhook", "webhooks.deliveries-written", KillTests::emit),
                new Flow("idempotency key", "idempotency.done", KillTests::repeat));
    }

    static Stream<Flow> variations() {
        return Stream.of(
                new Flow("confirm, seen by nobody yet", "confirm.verified", KillTests::confirm),
                new Flow("change of an object", "object.changed", KillTests::changeObject),
                new Flow("deletion of a namespace", "namespace-delete.purged", KillTests::deleteNamespace),
                new Flow("batch, begun", "batches.started", KillTests::process));
    }

    /** One for all flows: after each, its stores are as they were when it started. */
    private final Stores parked = Stores.create();

    private final CrashableService service = CrashableService.start(parked, SETTINGS);
    private final Map<String, List<Document>> begun = parked.documents();

    @AfterAll
    void stop() {
        service.stop();
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aKilledProcessLeavesWhatAParkedThreadLeaves(Flow flow) {
        Stores killed = Stores.create();
        Aftermath aftermath;
        try (ServiceProcess process = ServiceProcess.haltingAt(killed, flow.step(), SETTINGS)) {
            aftermath = flow.story().run(process);
            assertThat(process.exitCode()).isEqualTo(HaltAt.EXIT_CODE);
        }
        flow.story().run(service.dyingAt(flow.step()));
        Remains left = Remains.of(parked);
        service.close(() -> parked.reset(begun));
        assertThat(left.found()).isEqualTo(Remains.of(killed).found());
        // The crash tests show it for what a parked thread leaves, and that is the same.
        if (Soak.ON) {
            assertAnotherGoesOn(killed, aftermath);
        }
    }

    private static void assertAnotherGoesOn(Stores killed, Aftermath aftermath) {
        MovedTime time = MovedTime.create();
        time.forward(Duration.ofMinutes(2));
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(time.settings());
        try (ServiceUnderTest survivor = ServiceUnderTest.start(killed, settings)) {
            aftermath.run(survivor);
        }
    }

    @Tag("soak")
    @ParameterizedTest
    @MethodSource("variations")
    void aKilledProcessLeavesTheSameAtOtherPoints(Flow flow) {
        aKilledProcessLeavesWhatAParkedThreadLeaves(flow);
    }

    /** At a random point, not at a fault point. */
    @Test
    void oneOfTwoInstancesIsKilledInTheMiddleOfItsWork() {
        Stores stores = Stores.create();
        MovedTime time = MovedTime.create();
        try (ServiceProcess there = ServiceProcess.start(stores, MovedTime.onAWrongMachine());
                ServiceUnderTest here = ServiceUnderTest.start(stores, time.settings())) {
            Workspace shop = Workspace.create(there.client());
            List<String> tasks = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                tasks.add(shop.confirmAll(shop.putJpegs(5)).at("/task_id"));
            }
            there.kill();
            assertThat(there.exitCode()).isEqualTo(HaltAt.EXIT_CODE);

            time.forward(Duration.ofMinutes(1));
            Workspace again = shop.through(here.client());
            for (String task : tasks) {
                assertThat(again.settled(task).at("/status")).isEqualTo("COMPLETED");
            }
            assertThat(again.objects()).isEqualTo(50);
            // Killed between a copy and its row, it leaves a copy that goes a day later.
            Orphans.remove(here);
            assertThat(stores.files()).hasSize(50);
            assertThat(here.client().get("/v1/health?deep=true").at("/status")).isEqualTo("OK");
        }
    }

    private static Aftermath confirm(DoomedService service) {
        Workspace shop = Workspace.create(service.client());
        String upload = shop.putJpeg();
        dies(service, () -> shop.confirm(upload));
        return survivor -> {
            Workspace again = shop.through(survivor.client());
            assertThat(again.confirm(upload).at("/status")).isEqualTo("COMPLETED");
            assertThat(again.objects()).isOne();
        };
    }

    private static Aftermath confirmMany(DoomedService service) {
        Workspace shop = Workspace.create(service.client());
        List<String> uploads = shop.putJpegs(3);
        dies(service, () -> shop.confirmAll(uploads));
        return survivor -> {
            Workspace again = shop.through(survivor.client());
            String task = again.client().post("/v1/tasks/list").at("/results/0/task_id");
            assertThat(again.settled(task).at("/status")).isEqualTo("COMPLETED");
            assertThat(again.objects()).isEqualTo(3);
        };
    }

    private static Aftermath confirmByKey(DoomedService service) {
        Workspace shop = Workspace.create(service.client());
        Answer bucket = shop.client()
                .post(
                        "/v1/buckets",
                        Map.of(
                                "bucket_name",
                                "keyed",
                                "bucket_schema",
                                Map.of(
                                        "properties",
                                        Map.of("sku", Map.of("type", "string"), "photo", Map.of("type", "image"))),
                                "unique_key",
                                Map.of("fields", List.of("sku"), "default_policy", "upsert")));
        Workspace keyed = shop.in(bucket.at("/bucket_id"));
        keyed.client().post(keyed.path("/objects"), Map.of("metadata", Map.of("sku", "A-1")));
        Answer upload = keyed.ask(
                Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "object_metadata", Map.of("sku", "A-1")));
        assertThat(Workspace.put(upload.json(), SampleFiles.jpeg()).statusCode())
                .isEqualTo(200);
        String id = upload.at("/upload_id");
        dies(service, () -> keyed.confirm(id));
        return survivor -> {
            Workspace again = keyed.through(survivor.client());
            assertThat(again.confirm(id).at("/status")).isEqualTo("COMPLETED");
            assertThat(again.objects()).isOne();
        };
    }

    private static Aftermath createObject(DoomedService service) {
        Workspace shop = Workspace.create(service.client());
        Map<String, ?> photo = photo();
        dies(service, () -> shop.client().post(shop.path("/objects"), photo));
        return survivor -> {
            Workspace again = shop.through(survivor.client());
            assertThat(again.client().post(again.path("/objects"), photo).status())
                    .isEqualTo(200);
            assertThat(again.objects()).isOne();
        };
    }

    private static Aftermath changeObject(DoomedService service) {
        Workspace shop = Workspace.create(service.client());
        String id = shop.client().post(shop.path("/objects"), photo()).at("/object_id");
        dies(service, () -> shop.client().put(shop.path("/objects/" + id), photo()));
        return survivor ->
                assertThat(shop.through(survivor.client()).object(id).status()).isEqualTo(200);
    }

    private static Aftermath deleteObject(DoomedService service) {
        Workspace shop = Workspace.create(service.client());
        String id = shop.client().post(shop.path("/objects"), photo()).at("/object_id");
        dies(service, () -> shop.client().delete(shop.path("/objects/" + id)));
        return survivor -> {
            Workspace again = shop.through(survivor.client());
            assertThat(again.client().delete(again.path("/objects/" + id)).status())
                    .isIn(204, 404);
            assertThat(again.object(id).status()).isEqualTo(404);
        };
    }

    private static Aftermath deleteBucket(DoomedService service) {
        Workspace shop = filled(service);
        dies(service, () -> shop.client().delete("/v1/buckets/" + shop.bucket()));
        return survivor -> assertEmpty(survivor, shop);
    }

    private static Aftermath deleteNamespace(DoomedService service) {
        Workspace shop = filled(service);
        dies(service, () -> shop.client().delete("/v1/namespaces/" + shop.namespace()));
        return survivor -> assertEmpty(survivor, shop);
    }

    private static Workspace filled(DoomedService service) {
        Workspace shop = Workspace.create(service.client());
        shop.confirm(shop.putJpeg());
        shop.confirm(shop.putJpeg());
        return shop;
    }

    private static void assertEmpty(ServiceUnderTest survivor, Workspace shop) {
        Workspace again = shop.through(survivor.client());
        String task = survivor.client().post("/v1/tasks/list").at("/results/0/task_id");
        assertThat(again.settled(task).at("/status")).isEqualTo("COMPLETED");
        assertThat(again.client().get("/v1/buckets/" + shop.bucket()).status()).isEqualTo(404);
    }

    private static Aftermath process(DoomedService service) {
        Workspace shop = Workspace.create(service.client(), Map.of("body", Map.of("type", "text")), "test_text");
        String path = shop.path("/batches");
        List<String> objects =
                Stream.of("a", "b", "c").map(text -> text(shop, text)).toList();
        String batch = shop.client().post(path, Map.of("object_ids", objects)).at("/batch_id");
        dies(service, () -> shop.client().post(path + "/" + batch + "/submit"));
        return survivor -> {
            WaybillClient again = shop.through(survivor.client()).client();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> again.get(path + "/" + batch).at("/status"), "COMPLETED"::equals);
            objects.forEach(object -> assertThat(again.get("/v1/objects/" + object + "/documents")
                            .json()
                            .at("/results"))
                    .hasSize(1));
        };
    }

    private static Aftermath deleteCollection(DoomedService service) {
        Workspace shop = Workspace.create(service.client(), Map.of("body", Map.of("type", "text")), "test_text");
        Answer collection = shop.client()
                .post(
                        "/v1/collections",
                        Map.of(
                                "collection_name",
                                "whole",
                                "source",
                                Map.of("type", "bucket", "bucket_id", shop.bucket()),
                                "feature_extractor",
                                Map.of("feature_extractor_name", "test_text", "version", "v1")));
        assertThat(collection.status()).as(collection.text()).isEqualTo(200);
        String object = text(shop, "a");
        String path = shop.path("/batches");
        String batch =
                shop.client().post(path, Map.of("object_ids", List.of(object))).at("/batch_id");
        Answer submitted = shop.client().post(path + "/" + batch + "/submit");
        assertThat(shop.settled(submitted.at("/task_id")).at("/status")).isEqualTo("COMPLETED");
        dies(service, () -> shop.client().delete("/v1/collections/whole"));
        return survivor -> {
            WaybillClient again = shop.through(survivor.client()).client();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(again.get("/v1/objects/" + object + "/documents")
                                    .json()
                                    .at("/results"))
                            .isEmpty());
        };
    }

    private static String text(Workspace shop, String text) {
        return shop.client()
                .post(
                        shop.path("/objects"),
                        Map.of("blobs", List.of(Map.of("property", "body", "type", "text", "data", text))))
                .at("/object_id");
    }

    private static Aftermath submit(DoomedService service) {
        Studio studio = Studio.open(service.client(), WaybillClient.of(service.base()));
        String id = studio.putPng();
        dies(service, () -> studio.confirm(id));
        return survivor -> {
            Studio again = studio.through(survivor.base(), ServiceUnderTest.API_KEY);
            assertThat(again.confirm(id).at("/data/status")).isEqualTo("submitted");
        };
    }

    private static Aftermath emit(DoomedService service) {
        Workspace shop = Workspace.create(service.client());
        Answer made = service.client()
                .post(
                        "/v1/organizations/webhooks",
                        Map.of(
                                "webhook_name",
                                "hook",
                                "event_types",
                                List.of("object.created"),
                                "channels",
                                List.of(Map.of("channel", "webhook", "configs", Map.of("url", NOWHERE)))));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        dies(service, () -> shop.client().post(shop.path("/objects"), Map.of("metadata", Map.of("sku", "1"))));
        return survivor -> {
            WaybillClient client = survivor.client();
            String deliveries = "/v1/organizations/webhooks/hook/deliveries/list";
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> client.post(deliveries)
                                    .json()
                                    .at("/results/0/attempt_count")
                                    .asInt()
                            > 0);
        };
    }

    private static Aftermath repeat(DoomedService service) {
        Workspace shop = Workspace.create(service.client()).through(service.client());
        Map<String, Object> body = Map.of("metadata", Map.of("sku", "1"));
        dies(service, () -> shop.client().with("Idempotency-Key", "one").post(shop.path("/objects"), body));
        return survivor -> {
            Workspace again = shop.through(survivor.client());
            Answer answer = again.client().with("Idempotency-Key", "one").post(again.path("/objects"), body);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(again.objects()).isOne();
        };
    }

    private static Map<String, ?> photo() {
        String bytes = Base64.getEncoder().encodeToString(SampleFiles.jpeg());
        return Map.of(
                "blobs",
                List.of(Map.of("property", "hero_image", "type", "image", "data", bytes)),
                "skip_duplicates",
                true);
    }

    /** The service crashes before the answer, or right after it. */
    private static void dies(DoomedService service, Supplier<Answer> request) {
        try {
            Answer answer = request.get();
            assertThat(answer.status()).as(answer.text()).isLessThan(300);
        } catch (UncheckedIOException brokenOff) {
            assertThat(brokenOff).hasMessageNotContaining("refused");
        }
        service.awaitDeath();
    }
}
