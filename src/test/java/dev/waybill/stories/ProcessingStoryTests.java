package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.waybill.extraction.Bombs;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Objects are processed by the extractors that are built in, from the quickstart on. */
@Order(8)
class ProcessingStoryTests {

    private static final Set<String> OPEN = Set.of("DRAFT", "QUEUED", "PROCESSING");
    private static final byte[] PHOTO = SampleFiles.jpeg();

    /** Too few bytes to know their charset by; in most others they are something else. */
    private static final byte[] TURTLE = "\u017b\u00f3\u0142w".getBytes(Charset.forName("ISO-8859-2"));

    private static ServiceUnderTest service;
    private static HttpServer web;

    @BeforeAll
    static void start() throws IOException {
        web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        web.createContext("/photo.jpg", exchange -> {
            exchange.sendResponseHeaders(200, PHOTO.length);
            exchange.getResponseBody().write(PHOTO);
            exchange.close();
        });
        byte[] bomb = Bombs.mp4().bytes();
        web.createContext("/bomb.mp4", exchange -> {
            exchange.sendResponseHeaders(200, bomb.length);
            exchange.getResponseBody().write(bomb);
            exchange.close();
        });
        web.createContext("/turtle.csv", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/csv; charset=ISO-8859-2");
            exchange.sendResponseHeaders(200, TURTLE.length);
            exchange.getResponseBody().write(TURTLE);
            exchange.close();
        });
        web.start();
        service = ServiceUnderTest.shared(Map.of("waybill.fetch.allow", "127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        web.stop(0);
    }

    @Test
    void theQuickstartsObjectIsProcessed() {
        Workspace shop = Workspace.create(service.client());
        Answer object = headphones(shop, "");

        Answer batch = shop.client().post(shop.path("/batches"), Map.of("object_ids", List.of(id(object))));
        assertThat(batch.at("/status")).as(batch.text()).isEqualTo("DRAFT");
        Answer task = shop.client().post(shop.path("/batches/" + batch.at("/batch_id") + "/submit"));
        assertThat(task.status()).as(task.text()).isEqualTo(200);
        Answer done = over(shop, batch.at("/batch_id"));

        assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED");
        List<JsonNode> fields = fieldsOf(shop, id(object));
        assertThat(fields).hasSize(2);
        JsonNode image =
                fields.stream().filter(one -> one.has("width")).findFirst().orElseThrow();
        assertThat(image.at("/width").asInt()).isPositive();
        assertThat(image.at("/height").asInt()).isPositive();
        assertThat(fields).anyMatch(one -> one.at("/text").asString("").equals("Wireless headphones"));
        assertThat(shop.object(id(object)).at("/status")).isEqualTo("COMPLETED");
    }

    @Test
    void objectsAreProcessedAsSoonAsTheyAreMade() {
        Workspace shop = Workspace.create(service.client());

        Answer one = headphones(shop, "?auto_process=true");
        Answer many = shop.client()
                .post(
                        shop.path("/objects/batch?auto_process=true"),
                        Map.of(
                                "objects",
                                List.of(
                                        Map.of("blobs", List.of(text("first"))),
                                        Map.of(
                                                "blobs",
                                                List.of(Map.of("property", "nothing", "type", "text", "data", "x"))),
                                        Map.of("blobs", List.of(text("second"))))));

        assertThat(many.json().at("/failed_count").asInt()).as(many.text()).isEqualTo(1);
        assertThat(over(shop, one.at("/batch_id")).at("/status")).isEqualTo("COMPLETED");
        Answer both = over(shop, many.at("/batch_id"));
        assertThat(both.at("/status")).as(both.text()).isEqualTo("COMPLETED");
        assertThat(both.json().at("/object_count").asInt()).isEqualTo(2);
        assertThat(both.at("/task_id")).isEqualTo(many.at("/task_id"));
        assertThat(shop.settled(one.at("/task_id")).at("/status")).isEqualTo("COMPLETED");
        assertThat(fieldsOf(shop, many.at("/succeeded/1/object_id")))
                .anyMatch(found -> found.at("/text").asString("").equals("second"));
    }

    @Test
    void textIsReadInTheCharsetThatItCameIn() {
        Workspace shop = Workspace.create(
                service.client(), Map.of("words", Map.of("type", "text"), "paper", Map.of("type", "document")));
        Answer turtle = confirmed(shop, "turtle.txt", "text/plain; charset=iso-8859-2", TURTLE);
        assertThat(turtle.at("/verification/charset")).isEqualTo("ISO-8859-2");
        byte[] prices = "\u4fa1\u683c,\u5546\u54c1\n1280,\u304a\u8336\n".getBytes(Charset.forName("Shift_JIS"));
        Answer table = confirmed(shop, "export.csv", "application/vnd.ms-excel", prices);
        String url = "http://127.0.0.1:%d/turtle.csv".formatted(web.getAddress().getPort());
        Answer fetched = shop.client()
                .post(
                        shop.path("/objects"),
                        Map.of("blobs", List.of(Map.of("property", "paper", "type", "document", "data", url))));
        List<String> objects = List.of(id(turtle), id(fetched), id(table));

        Answer batch = shop.client().post(shop.path("/batches"), Map.of("object_ids", objects));
        shop.client().post(shop.path("/batches/" + batch.at("/batch_id") + "/submit"));
        assertThat(over(shop, batch.at("/batch_id")).at("/status")).isEqualTo("COMPLETED");

        assertThat(textOf(shop, objects.get(0))).isEqualTo("\u017b\u00f3\u0142w");
        assertThat(textOf(shop, objects.get(1))).isEqualTo("\u017b\u00f3\u0142w");
        assertThat(textOf(shop, objects.get(2))).isEqualTo("\u4fa1\u683c,\u5546\u54c1\n1280,\u304a\u8336\n");
    }

    @Test
    void aSkippedDuplicateIsNotProcessedAgain() {
        Workspace shop = Workspace.create(service.client());
        Map<String, ?> object = Map.of("blobs", List.of(text("only once")), "skip_duplicates", true);
        Answer first = shop.client().post(shop.path("/objects?auto_process=true"), object);

        Answer second = shop.client().post(shop.path("/objects?auto_process=true"), object);

        assertThat(id(second)).as(second.text()).isEqualTo(id(first));
        assertThat(first.json().has("batch_id")).isTrue();
        assertThat(second.json().has("batch_id")).isFalse();
    }

    @Test
    void whatWasDerivedFromAnObjectIsDeletedWithIt() {
        Workspace shop = Workspace.create(service.client());
        collection(shop, "everything", Map.of("type", "bucket", "bucket_id", shop.bucket()), "multimodal_extractor");
        Answer object = headphones(shop, "?auto_process=true");
        over(shop, object.at("/batch_id"));
        assertThat(documents(shop, "everything")).hasSize(2);
        assertThat(thumbnails(shop)).hasSize(1);

        Answer deleted = shop.client().delete(shop.path("/objects/" + id(object)));

        assertThat(deleted.status()).isEqualTo(204);
        assertThat(documents(shop, "everything")).isEmpty();
        assertThat(thumbnails(shop)).isEmpty();
    }

    @Test
    void aBatchTouchesNoObjectsOfOtherBuckets() {
        Workspace shop = Workspace.create(service.client());
        Answer other = shop.client()
                .post(
                        "/v1/buckets",
                        Map.of(
                                "bucket_name",
                                "elsewhere",
                                "bucket_schema",
                                Map.of("properties", Map.of("product_text", Map.of("type", "text")))));
        Workspace elsewhere = shop.in(other.at("/bucket_id"));
        String theirs =
                id(elsewhere.client().post(elsewhere.path("/objects"), Map.of("blobs", List.of(text("theirs")))));

        Answer batch =
                shop.client().post(shop.path("/batches?skip_validation=true"), Map.of("object_ids", List.of(theirs)));
        assertThat(batch.status()).as(batch.text()).isEqualTo(200);
        shop.client().post(shop.path("/batches/" + batch.at("/batch_id") + "/submit"));

        assertThat(over(shop, batch.at("/batch_id")).at("/status")).isEqualTo("FAILED");
        assertThat(elsewhere.object(theirs).at("/status")).isEqualTo("DRAFT");
    }

    @Test
    void threeTiersOfTextChunksAndWhatIsKnownOfThem() {
        Workspace shop = Workspace.create(
                service.client(),
                Map.of("product_text", Map.of("type", "text")),
                "text_extractor",
                "metadata_extractor");
        String whole =
                collection(shop, "whole", Map.of("type", "bucket", "bucket_id", shop.bucket()), "text_extractor");
        String chunks =
                collection(shop, "chunks", Map.of("type", "collection", "collection_id", whole), "text_extractor");
        collection(shop, "facts", Map.of("type", "collection", "collection_id", chunks), "metadata_extractor");
        Answer object = shop.client()
                .post(
                        shop.path("/objects?auto_process=true"),
                        Map.of("blobs", List.of(text("A waybill goes with the goods. ".repeat(400)))));

        Answer done = over(shop, object.at("/batch_id"));

        assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED");
        assertThat(done.json().at("/total_tiers").asInt()).isEqualTo(3);
        assertThat(done.json().at("/current_tier").asInt()).isEqualTo(2);
        for (int tier = 0; tier < 3; tier++) {
            String task = done.at("/tier_tasks/%d/task_id".formatted(tier));
            assertThat(shop.settled(task).at("/status")).isEqualTo("COMPLETED");
        }
        assertThat(documents(shop, "whole")).hasSizeGreaterThan(1);
        assertThat(documents(shop, "facts"))
                .hasSameSizeAs(documents(shop, "chunks"))
                .allMatch(fact -> fact.at("/fields/media_type").asString("").equals("text/plain"));
    }

    @Test
    void aFileThatCrashesItsReaderIsNamedAndTheRestIsRead() {
        Workspace shop = Workspace.create(service.client(), Map.of("file", Map.of("type", "binary")));
        String url = "http://127.0.0.1:%d/".formatted(web.getAddress().getPort());
        Answer made = shop.client()
                .post(
                        shop.path("/objects/batch?auto_process=true"),
                        Map.of(
                                "objects",
                                Stream.of("photo.jpg", "bomb.mp4", "photo.jpg")
                                        .map(name -> Map.of(
                                                "blobs",
                                                List.of(Map.of(
                                                        "property", "file", "type", "binary", "url", url + name))))
                                        .toList()));
        String bomb = made.at("/succeeded/1/object_id");

        Answer done = over(shop, made.at("/batch_id"));

        assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(failures(shop, made.at("/batch_id"))).singleElement().satisfies(failure -> {
            assertThat(failure.at("/object_id").asString()).isEqualTo(bomb);
            assertThat(failure.at("/error_type").asString()).isEqualTo("resource");
            assertThat(failure.at("/message").asString())
                    .isEqualTo("'bomb.mp4' cannot be read: the process that reads it ran out of memory (256 MB);"
                            + " it was tried twice");
        });
        assertThat(shop.object(made.at("/succeeded/0/object_id")).at("/status")).isEqualTo("COMPLETED");
        assertThat(shop.object(made.at("/succeeded/2/object_id")).at("/status")).isEqualTo("COMPLETED");
    }

    static List<JsonNode> failures(Workspace shop, String batch) {
        List<JsonNode> all = new ArrayList<>();
        for (int offset = 0; ; offset += 100) {
            Answer page =
                    shop.client().get(shop.path("/batches/" + batch + "/failed-documents?limit=100&offset=" + offset));
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            JsonNode rows = page.json().at("/failed_documents");
            rows.forEach(all::add);
            if (rows.size() < 100) {
                return all;
            }
        }
    }

    private static Answer headphones(Workspace shop, String query) {
        String url = "http://127.0.0.1:%d/photo.jpg".formatted(web.getAddress().getPort());
        Answer made = shop.client().post(shop.path("/objects" + query), """
                {"key_prefix": "/products", "blobs": [{"property": "hero_image", "type": "image", "url": "%s"}, \
                {"property": "product_text", "type": "text", "content": "Wireless headphones"}]}""".formatted(url));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made;
    }

    private static List<StoredObject> thumbnails(Workspace shop) {
        return service.bean(ObjectStorage.class).list("", null, 1000).stream()
                .filter(stored -> stored.key().value().matches("[0-9a-f]/[^/]+/" + shop.namespace() + "/thumbnail.*"))
                .toList();
    }

    private static Map<String, String> text(String text) {
        return Map.of("property", "product_text", "type", "text", "content", text);
    }

    private static String collection(Workspace shop, String name, Map<String, String> source, String extractor) {
        Answer made = shop.client()
                .post(
                        "/v1/collections",
                        Map.of(
                                "collection_name",
                                name,
                                "source",
                                source,
                                "feature_extractor",
                                Map.of("feature_extractor_name", extractor, "version", "v1")));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made.at("/collection_id");
    }

    private static List<JsonNode> documents(Workspace shop, String collection) {
        Answer page = shop.client().post("/v1/collections/" + collection + "/documents/list?limit=1000");
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        List<JsonNode> all = new ArrayList<>();
        page.json().at("/results").forEach(all::add);
        return all;
    }

    private static List<JsonNode> fieldsOf(Workspace shop, String object) {
        List<JsonNode> all = new ArrayList<>();
        shop.client()
                .get("/v1/objects/" + object + "/documents")
                .json()
                .at("/results")
                .forEach(document -> all.add(document.at("/fields")));
        return all;
    }

    private static Answer confirmed(Workspace shop, String filename, String contentType, byte[] bytes) {
        Answer upload = shop.ask(Map.of("filename", filename, "content_type", contentType, "blob_property", "words"));
        Workspace.put(upload.json(), bytes);
        Answer confirmed = shop.confirm(upload.at("/upload_id"));
        assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
        return confirmed;
    }

    private static String textOf(Workspace shop, String object) {
        return fieldsOf(shop, object).stream()
                .map(one -> one.at("/text").asString(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    static Answer over(Workspace shop, String batch) {
        String path = shop.path("/batches/" + batch);
        await().atMost(Duration.ofSeconds(180))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !OPEN.contains(shop.client().get(path).at("/status")));
        return shop.client().get(path);
    }

    private static String id(Answer object) {
        return object.at("/object_id");
    }
}
