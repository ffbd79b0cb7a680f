package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.Partners;
import dev.waybill.testing.Receiver;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Equal bytes by any two ways of ingestion are one object, and the second answer names the first. */
@Order(2)
class OneWriterStoryTests {

    private static ServiceUnderTest service;
    private static Receiver receiver;

    @BeforeAll
    static void start() {
        receiver = Receiver.start();
        // Where other builds take the processors, a request may wait long for its turn, which is no failure of the
        // writer.
        service = ServiceUnderTest.shared(Map.of(
                "waybill.fetch.allow", "127.0.0.1",
                "waybill.mongo.connect-timeout", "10s",
                "waybill.mongo.pool-wait-timeout", "30s"));
    }

    @AfterAll
    static void stop() {
        receiver.close();
    }

    /** A way of ingestion for the bytes of a text. */
    enum Door {
        CONFIRM {
            @Override
            String bring(Workspace shop, String words) {
                return shop.confirm(put(shop, words)).at("/object_id");
            }
        },
        BATCH_CONFIRM {
            @Override
            String bring(Workspace shop, String words) {
                Answer accepted = shop.confirmAll(List.of(put(shop, words)));
                return shop.settled(accepted.at("/task_id")).at("/outputs/0/object_id");
            }
        },
        INLINE {
            @Override
            String bring(Workspace shop, String words) {
                return create(shop, Map.of("property", "product_text", "type", "text", "data", words));
            }
        },
        BATCH_CREATE {
            @Override
            String bring(Workspace shop, String words) {
                Map<String, Object> object = Map.of(
                        "blobs",
                        List.of(Map.of("property", "product_text", "type", "text", "data", words)),
                        "skip_duplicates",
                        true);
                return shop.client()
                        .post(shop.path("/objects/batch"), Map.of("objects", List.of(object, object)))
                        .at("/succeeded/1/object_id");
            }
        };

        abstract String bring(Workspace shop, String words);
    }

    static Stream<Arguments> pairs() {
        List<Door> doors = List.of(Door.CONFIRM, Door.BATCH_CONFIRM, Door.INLINE, Door.BATCH_CREATE);
        return doors.stream().flatMap(first -> doors.stream().map(second -> Arguments.of(first, second)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void equalBytesByTwoWaysOfIngestionAreOneObject(Door first, Door second) {
        Workspace shop = texts();

        String object = first.bring(shop, "the same words");

        assertThat(object).startsWith("obj_");
        assertThat(second.bring(shop, "the same words")).isEqualTo(object);
        assertThat(second.bring(shop, "other words")).isNotEqualTo(object);
        assertThat(shop.objects()).isEqualTo(2);
    }

    @Test
    void anUploadAndAUrlOfTheSameBytesAreOneObject() {
        for (boolean uploadFirst : new boolean[] {true, false}) {
            Workspace shop = texts();
            Workspace other = texts();
            // What the receiver answers to the first request of a path is "call 0".
            String path = "/" + shop.namespace();
            Callable<String> upload = () -> Door.CONFIRM.bring(shop, "call 0");
            Callable<String> url =
                    () -> create(shop, Map.of("property", "product_text", "type", "text", "url", receiver.url(path)));

            List<String> ids = made(uploadFirst ? List.of(upload, url) : List.of(url, upload));

            assertThat(ids.getLast()).isEqualTo(ids.getFirst()).startsWith("obj_");
            assertThat(shop.objects()).isOne();
            assertThat(other.objects()).isZero();
            Partners.assertComplete(shop);
        }
    }

    @Test
    void ofTwentyAtOnceByAllWaysOfIngestionOneIsMade() throws Exception {
        Workspace shop = texts();
        List<Callable<String>> all = new ArrayList<>();
        List<Door> doors = List.of(Door.CONFIRM, Door.BATCH_CONFIRM, Door.INLINE, Door.BATCH_CREATE);
        for (int i = 0; i < 20; i++) {
            Door door = doors.get(i % doors.size());
            all.add(() -> door.bring(shop, "at once"));
        }
        List<String> ids = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> one : threads.invokeAll(all)) {
                ids.add(one.get());
            }
        }

        assertThat(ids).hasSize(20).containsOnly(ids.getFirst());
        assertThat(shop.objects()).isOne();
    }

    @Test
    void whereDuplicatesAreWelcomeEachIsMade() {
        Workspace shop = texts();
        Map<String, Object> words = Map.of("property", "product_text", "type", "text", "data", "welcome");
        List<Map<String, Object>> three = List.of(
                Map.of("blobs", List.of(words)), Map.of("blobs", List.of(words)), Map.of("blobs", List.of(words)));

        Answer made = shop.client().post(shop.path("/objects/batch"), Map.of("objects", three));

        assertThat(made.at("/succeeded_count")).isEqualTo("3");
        assertThat(shop.objects()).isEqualTo(3);
        Answer duplicate =
                shop.client().post(shop.path("/objects"), Map.of("blobs", List.of(words), "skip_duplicates", true));
        assertThat(duplicate.at("/object_id")).isEqualTo(made.at("/succeeded/0/object_id"));
    }

    /**
     * A duplicate's own bytes are deleted, so an object that takes its file gets a copy of the first one's, while that
     * has it.
     */
    @Test
    void aDuplicatesFileIsTheFirstOnesUntilThatHasOther() {
        Workspace shop = texts();
        String object = create(shop, Map.of("property", "product_text", "type", "text", "data", "lent words"));
        String upload = put(shop, "lent words");
        assertThat(shop.confirm(upload).at("/object_id")).isEqualTo(object);
        Map<String, Object> taking =
                Map.of("blobs", List.of(Map.of("property", "product_text", "type", "text", "upload_id", upload)));

        Answer taken = shop.client().post(shop.path("/objects"), taking);

        assertThat(taken.status()).as(taken.text()).isEqualTo(200);
        assertThat(shop.object(taken.at("/object_id")).text()).contains("lent words");
        for (String id : List.of(object, taken.at("/object_id"))) {
            shop.client()
                    .put(
                            shop.path("/objects/" + id),
                            Map.of(
                                    "blobs",
                                    List.of(Map.of(
                                            "property", "product_text", "type", "text", "data", "others" + id))));
        }
        assertThat(shop.client().post(shop.path("/objects"), taking).at("/error/message"))
                .contains("not there any more");
    }

    /** No upload brought the bytes, so there is none to answer. */
    @Test
    void anUploadOfKnownBytesIsCompletedAtOnce() throws Exception {
        Workspace shop = texts();
        String object = Door.INLINE.bring(shop, "known words");
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest("known words".getBytes()));
        Map<String, Object> request = Map.of(
                "filename",
                "words.txt",
                "content_type",
                "text/plain",
                "blob_property",
                "product_text",
                "file_hash",
                hash);

        Answer upload = shop.ask(request);

        assertThat(upload.at("/status")).as(upload.text()).isEqualTo("COMPLETED");
        assertThat(upload.json().at("/is_duplicate").asBoolean()).isTrue();
        assertThat(upload.at("/existing_object_id")).isEqualTo(object);
        assertThat(upload.at("/object_id")).isEqualTo(object);
        assertThat(upload.at("/presigned_url")).isEmpty();
        assertThat(shop.upload(upload.at("/upload_id")).at("/object_id")).isEqualTo(object);
        assertThat(shop.confirm(upload.at("/upload_id")).at("/object_id")).isEqualTo(object);
    }

    @Test
    void aVersionIsTheETagAndIfMatchIsHonoured() {
        Workspace shop = texts();
        Answer made = shop.client().post(shop.path("/objects"), Map.of("metadata", Map.of("a", 1)));
        String path = shop.path("/objects/" + made.at("/object_id"));
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        Answer changed = shop.client().with("If-Match", "\"1\"").patch(path, Map.of("key_prefix", "/a"));
        assertThat(changed.header("ETag")).as(changed.text()).isEqualTo("\"2\"");
        assertThat(shop.client().get(path).header("ETag")).isEqualTo("\"2\"");

        var stale = shop.client().with("If-Match", "\"1\"");
        assertThat(stale.put(path, Map.of("metadata", Map.of("b", 2))).status()).isEqualTo(412);
        assertThat(stale.patch(path, Map.of("key_prefix", "/b")).status()).isEqualTo(412);
        Answer refused = stale.delete(path);
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.at("/error/details/actual")).isEqualTo("\"2\"");
        assertThat(shop.client().get(path).at("/key_prefix")).isEqualTo("/a");

        assertThat(shop.client()
                        .with("If-Match", "*")
                        .patch(path, Map.of("key_prefix", "/c"))
                        .status())
                .isEqualTo(200);
        assertThat(shop.client().with("If-Match", "\"2\", \"3\"").delete(path).status())
                .isEqualTo(204);
        assertThat(shop.client().get(path).status()).isEqualTo(404);
    }

    /** A status and URLs in it change without its version, which is there for If-Match alone. */
    @Test
    void anObjectIsNeverTakenFromACache() {
        Workspace shop = texts();
        Answer made = shop.client().post(shop.path("/objects"), Map.of("metadata", Map.of("a", 1)));
        String path = shop.path("/objects/" + made.at("/object_id"));

        for (String known : List.of("\"1\"", "W/\"1\"", "*")) {
            Answer read = shop.client().with("If-None-Match", known).get(path + "?return_presigned_urls=true");
            assertThat(read.status()).as(read.text()).isEqualTo(200);
            assertThat(read.at("/object_id")).isEqualTo(made.at("/object_id"));
            assertThat(read.header("ETag")).isEqualTo("\"1\"");
            assertThat(read.header("Cache-Control")).isEqualTo("no-store");
        }
        Answer list = shop.client().with("If-None-Match", "*").post(shop.path("/objects/list"));
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.header("Cache-Control")).isEqualTo("no-store");
    }

    /** Twelve hundred confirms with a webhook: sixteen uploads of the same bytes, and each many times at once. */
    @Test
    void manyConfirmsAtOnceNeverFailOnOurSide() throws Exception {
        Answer hook = service.client()
                .post(
                        "/v1/organizations/webhooks",
                        Map.of(
                                "webhook_name",
                                "all-confirms",
                                "event_types",
                                List.of("upload.completed", "object.created"),
                                "channels",
                                List.of(Map.of(
                                        "channel", "webhook", "configs", Map.of("url", receiver.url("/confirms"))))));
        assertThat(hook.status()).as(hook.text()).isEqualTo(201);
        for (int round = 0; round < 5; round++) {
            Workspace shop = Workspace.create(service.client());
            byte[] bytes = SampleFiles.jpeg();
            List<Callable<Answer>> confirms = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Answer upload = shop.askForJpeg();
                Workspace.put(upload.json(), bytes);
                for (int times = 0; times < 15; times++) {
                    confirms.add(() -> shop.confirm(upload.at("/upload_id")));
                }
            }
            List<Answer> answers = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Answer> one : threads.invokeAll(confirms)) {
                    answers.add(one.get());
                }
            }
            assertThat(answers)
                    .hasSize(240)
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.text()).isEqualTo(200));
            assertThat(answers.stream().map(answer -> answer.at("/object_id")).distinct())
                    .hasSize(1);
            assertThat(shop.objects()).isOne();
            Partners.assertComplete(shop);
        }
        service.client().delete("/v1/organizations/webhooks/" + hook.at("/webhook_id"));
    }

    private static List<String> made(List<Callable<String>> works) {
        return works.stream()
                .map(work -> {
                    try {
                        return work.call();
                    } catch (Exception failed) {
                        throw new AssertionError(failed);
                    }
                })
                .toList();
    }

    private static Workspace texts() {
        return Workspace.create(
                service.client(), Map.of("product_text", Map.of("type", "text"), "notes", Map.of("type", "binary")));
    }

    private static String put(Workspace shop, String words) {
        Answer upload = shop.ask(
                Map.of("filename", "words.txt", "content_type", "text/plain", "blob_property", "product_text"));
        assertThat(Workspace.put(upload.json(), words.getBytes()).statusCode()).isEqualTo(200);
        return upload.at("/upload_id");
    }

    private static String create(Workspace shop, Map<String, Object> blob) {
        Answer made =
                shop.client().post(shop.path("/objects"), Map.of("blobs", List.of(blob), "skip_duplicates", true));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made.at("/object_id");
    }
}
