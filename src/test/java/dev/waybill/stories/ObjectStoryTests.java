package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of objects that clients make themselves. */
class ObjectStoryTests {

    private static final Map<String, byte[]> FILES = new ConcurrentHashMap<>();
    private static final Map<String, Integer> FETCHED = new ConcurrentHashMap<>();

    private static ServiceUnderTest service;
    private static HttpServer web;

    @BeforeAll
    static void start() throws IOException {
        web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        web.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            FETCHED.merge(path, 1, Integer::sum);
            byte[] file = FILES.get(path);
            exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
            if (file != null) {
                exchange.getResponseBody().write(file);
            }
            exchange.close();
        });
        web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        web.start();
        service = ServiceUnderTest.shared(
                Map.of("waybill.fetch.allow", "127.0.0.1", "waybill.objects.inline-up-to", "100B"));
    }

    @AfterAll
    static void stop() {
        web.stop(0);
    }

    @Test
    void theQuickstartsObjectIsMadeOfAnUrlAndAText() {
        Workspace shop = Workspace.create(service.client());
        byte[] photo = SampleFiles.jpeg();
        String url = serve("/photo.jpg", photo);

        Answer made = create(shop, """
                {"key_prefix": "/products", "blobs": [{"property": "hero_image", "type": "image", "url": "%s"}, \
                {"property": "product_text", "type": "text", "content": "Wireless headphones"}]}""".formatted(url));

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.at("/key_prefix")).isEqualTo("/products");
        assertThat(made.at("/status")).isEqualTo("DRAFT");
        assertThat(made.at("/blobs/0/details/mime_type")).isEqualTo("image/jpeg");
        assertThat(made.at("/blobs/0/details/filename")).isEqualTo("photo.jpg");
        assertThat(made.json().at("/blobs/0/details/size_bytes").asLong()).isEqualTo(photo.length);
        assertThat(made.at("/blobs/0/url")).isEqualTo(url);
        assertThat(made.at("/blobs/1/data")).isEqualTo("Wireless headphones");
        String id = made.at("/object_id");
        Answer read = shop.client().get(shop.path("/objects/" + id + "?return_presigned_urls=true"));
        assertThat(Workspace.get(read.at("/blobs/0/presigned_url")).body()).isEqualTo(photo);
    }

    @Test
    void whatCannotBeFetchedIsAnErrorOfItsBlobAndLeavesNothing() {
        Workspace shop = Workspace.create(service.client());
        String good = serve("/good.jpg", SampleFiles.jpeg());
        String pdf = serve("/is-a.jpg", SampleFiles.pdf());

        for (String bad : List.of(
                base() + "/missing.jpg",
                pdf,
                "http://127.0.0.1:1/nobody.jpg",
                "http://10.0.0.1/x.jpg",
                "http://169.254.169.254/latest/meta-data/")) {
            Answer refused = create(shop, Map.of("blobs", List.of(link("hero_image", good), link("hero_image", bad))));

            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.at("/error/message")).startsWith("blobs[1] (hero_image): ");
            assertThat(refused.json().at("/error/details/blob_index").asInt()).isEqualTo(1);
        }
        assertThat(shop.objects()).isZero();
        assertThat(stored(shop)).isEmpty();
        Answer wrongType = create(shop, Map.of("blobs", List.of(link("hero_image", pdf))));
        assertThat(wrongType.at("/error/message")).contains("Expected IMAGE, got PDF");
    }

    @Test
    void referencesAreKeptAndNotFetched() {
        Workspace shop = Workspace.create(service.client());
        String url = serve("/lazy.jpg", SampleFiles.jpeg());

        Answer made = create(
                shop,
                Map.of(
                        "canonicalize_source",
                        false,
                        "blobs",
                        List.of(link("hero_image", url), link("hero_image", "s3://their-bucket/a/b.jpg"))));

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.at("/blobs/0/url")).isEqualTo(url);
        assertThat(made.at("/blobs/1/url")).isEqualTo("s3://their-bucket/a/b.jpg");
        assertThat(FETCHED).doesNotContainKey("/lazy.jpg");
        assertThat(stored(shop)).isEmpty();
    }

    @Test
    void contentGivenInTheRequestLiesInStorageWhenItIsLargeOrBytes() {
        Workspace shop = Workspace.create(service.client());
        byte[] photo = SampleFiles.png();
        String words = "word ".repeat(100);

        Answer made = create(
                shop,
                Map.of(
                        "blobs",
                        List.of(
                                blob("product_text", "text", "data", words),
                                blob(
                                        "hero_image",
                                        "image",
                                        "data",
                                        "data:image/png;base64,"
                                                + Base64.getEncoder().encodeToString(photo)),
                                blob("price", "number", "data", 19.9),
                                blob("product_text", "text", "data", "https://stays.a/text"))));

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.json().at("/blobs/0").has("data")).isFalse();
        assertThat(made.at("/blobs/0/details/mime_type")).isEqualTo("text/plain");
        assertThat(made.at("/blobs/1/details/mime_type")).isEqualTo("image/png");
        assertThat(made.json().at("/metadata/price").asDouble()).isEqualTo(19.9);
        assertThat(made.at("/blobs/3/data")).isEqualTo("https://stays.a/text");
        Answer read = shop.client().get(shop.path("/objects/" + made.at("/object_id") + "?return_presigned_urls=true"));
        assertThat(Workspace.get(read.at("/blobs/0/presigned_url")).body()).isEqualTo(words.getBytes(UTF_8));
        assertThat(Workspace.get(read.at("/blobs/1/presigned_url")).body()).isEqualTo(photo);
    }

    @Test
    void aCompletedUploadsBytesAreSharedAndGoWithTheLastObject() {
        Workspace shop = Workspace.create(service.client());
        String upload = shop.putJpeg();
        Map<String, Object> taking = blob("hero_image", "image", "upload_id", upload);
        assertThat(create(shop, Map.of("blobs", List.of(taking))).at("/error/message"))
                .contains("confirm it first");
        String first = shop.confirm(upload).at("/object_id");

        Answer made = create(shop, Map.of("blobs", List.of(taking)));

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.at("/blobs/0/details/mime_type")).isEqualTo("image/jpeg");
        assertThat(shop.client().delete(shop.path("/objects/" + first)).status())
                .isEqualTo(204);
        assertThat(shop.object(first).status()).isEqualTo(404);
        Answer read = shop.client().get(shop.path("/objects/" + made.at("/object_id") + "?return_presigned_urls=true"));
        assertThat(Workspace.get(read.at("/blobs/0/presigned_url")).statusCode())
                .isEqualTo(200);
        assertThat(shop.client()
                        .delete(shop.path("/objects/" + made.at("/object_id")))
                        .status())
                .isEqualTo(204);
        assertThat(Workspace.get(read.at("/blobs/0/presigned_url")).statusCode())
                .isEqualTo(404);
        assertThat(create(shop, Map.of("blobs", List.of(taking))).at("/error/message"))
                .contains("not there any more");
    }

    @Test
    void anotherBucketsUploadIsNotFound() {
        Workspace shop = Workspace.create(service.client());
        Workspace other = Workspace.create(service.client());
        String upload = other.putJpeg();
        other.confirm(upload);

        Answer refused = create(shop, Map.of("blobs", List.of(blob("hero_image", "image", "upload_id", upload))));

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.at("/error/details/resource")).isEqualTo("upload");
    }

    @Test
    void theCountersAreRightAfterADelete() {
        Workspace shop = Workspace.create(service.client());
        String id = create(shop, Map.of("blobs", List.of(link("hero_image", serve("/c.jpg", SampleFiles.jpeg())))))
                .at("/object_id");
        await().atMost(Duration.ofSeconds(20)).until(() -> counted(shop) == 1);

        shop.client().delete(shop.path("/objects/" + id));

        await().atMost(Duration.ofSeconds(20)).until(() -> counted(shop) == 0);
        assertThat(shop.client().delete(shop.path("/objects/" + id)).status()).isEqualTo(404);
    }

    @Test
    void everythingWrongIsToldAtOnce() {
        Workspace shop = Workspace.create(
                service.client(),
                Map.of(
                        "title", Map.of("type", "text", "required", true),
                        "photo", Map.of("type", "image"),
                        "price", Map.of("type", "number", "enum", List.of(1, 2))));
        Answer wrong = create(shop, """
                {"metadata": {"price": "dear"}, "blobs": [
                 {"property": "nope", "type": "text", "data": "x"},
                 {"property": "photo", "type": "video", "url": "https://example.com/a"},
                 {"property": "photo", "type": "image"},
                 {"property": "photo", "type": "image", "url": "https://example.com/a", "upload_id": "upl_1"},
                 {"property": "photo", "type": "image", "url": "ftp://example.com/a"},
                 {"property": "photo", "type": "image", "data": "not base64!"},
                 {"property": "title", "type": "text", "data": 5},
                 {"property": "price", "type": "number", "data": 3},
                 {"type": "text", "data": "x"}]}""");

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().at("/error/details/validation_errors")).hasSize(10);
        assertThat(create(shop, "{}").text()).contains("requires 'title'");
        assertThat(create(shop, "{\"blobs\": [{\"property\": \"title\", \"type\": \"nonsense\"}]}")
                        .status())
                .isEqualTo(422);
        assertThat(create(shop, "{\"metadata\": {\"title\": \"x\"}}").status()).isEqualTo(200);
    }

    @Test
    void aLockedBucketsAndStrangersObjectsAreOutOfReach() {
        Workspace shop = Workspace.create(service.client());
        Workspace other = Workspace.create(service.client());
        String id = create(other, Map.of("metadata", Map.of("a", 1))).at("/object_id");

        assertThat(shop.client().put(shop.path("/objects/" + id), Map.of()).status())
                .isEqualTo(404);
        assertThat(shop.client().patch(shop.path("/objects/" + id), Map.of()).status())
                .isEqualTo(404);
        assertThat(shop.client().delete(shop.path("/objects/" + id)).status()).isEqualTo(404);
        assertThat(other.object(id).status()).isEqualTo(200);
    }

    @Test
    void duplicatesAreSkippedWhenAskedFor() throws Exception {
        Workspace shop = Workspace.create(service.client());
        byte[] photo = SampleFiles.jpeg();
        List<Map<String, Object>> blobs = List.of(link("hero_image", serve("/dup.jpg", photo)));
        String first = create(shop, Map.of("blobs", blobs)).at("/object_id");

        List<String> ids = atOnce(
                10,
                i -> create(shop, Map.of("blobs", blobs, "skip_duplicates", true))
                        .at("/object_id"));

        assertThat(ids).containsOnly(first);
        assertThat(create(shop, Map.of("blobs", blobs)).at("/object_id")).isNotEqualTo(first);
        assertThat(stored(shop)).hasSize(2);
        shop.client().delete(shop.path("/objects/" + first));
        assertThat(create(shop, Map.of("blobs", blobs, "skip_duplicates", true)).at("/object_id"))
                .isNotIn(first, "");
    }

    @Test
    void aBucketWithoutAKeyTakesNoPolicyButInsert() {
        Workspace shop = Workspace.create(service.client());

        assertThat(create(shop, "insert", Map.of("metadata", Map.of("a", 1))).status())
                .isEqualTo(200);
        assertThat(create(shop, "upsert", Map.of("metadata", Map.of("a", 1))).status())
                .isEqualTo(400);
    }

    @Test
    void anUpdateReplacesWhatIsGivenAndRemovesOldBytes() {
        Workspace shop = Workspace.create(service.client());
        String one = serve("/one.jpg", SampleFiles.jpeg());
        String two = serve("/two.jpg", SampleFiles.jpeg());
        Answer made = create(
                shop,
                Map.of("key_prefix", "/a", "metadata", Map.of("x", 1), "blobs", List.of(link("hero_image", one))));
        String path = shop.path("/objects/" + made.at("/object_id"));

        Answer same = shop.client().put(path, Map.of("blobs", List.of(link("hero_image", one))));
        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(FETCHED).containsEntry("/one.jpg", 1);
        assertThat(same.at("/blobs/0/blob_id")).isEqualTo(made.at("/blobs/0/blob_id"));
        Map<String, Object> again = new HashMap<>(link("hero_image", one));
        again.put("force_remirror", true);
        assertThat(shop.client().put(path, Map.of("blobs", List.of(again))).status())
                .isEqualTo(200);
        assertThat(FETCHED).containsEntry("/one.jpg", 2);

        Answer other = shop.client().put(path, Map.of("blobs", List.of(link("hero_image", two))));
        assertThat(other.at("/key_prefix")).isEqualTo("/a");
        assertThat(other.json().at("/metadata/x").asInt()).isEqualTo(1);
        assertThat(stored(shop)).hasSize(1);
        Answer failed = shop.client().put(path, Map.of("blobs", List.of(link("hero_image", base() + "/none.jpg"))));
        assertThat(failed.status()).isEqualTo(400);
        assertThat(shop.client().get(path).at("/blobs/0/url")).isEqualTo(two);

        Answer patched = shop.client().patch(path, Map.of("key_prefix", "/b"));
        assertThat(patched.at("/key_prefix")).isEqualTo("/b");
        assertThat(patched.at("/blobs/0/url")).isEqualTo(two);
        assertThat(shop.client()
                        .put(path, Map.of("metadata", Map.of("y", 2), "key_prefix", ""))
                        .text())
                .contains("\"y\":2")
                .doesNotContain("\"x\"")
                .doesNotContain("\"key_prefix\":\"/b\"");
    }

    @Test
    void aBatchTellsSucceededAndFailedSideBySide() {
        Workspace shop = Workspace.create(service.client());
        String good = serve("/batch.jpg", SampleFiles.jpeg());
        List<Object> objects = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> objects.add(Map.of("metadata", Map.of("i", i))));
        objects.set(3, Map.of("blobs", List.of(link("hero_image", base() + "/no.jpg"))));
        objects.set(5, Map.of("blobs", List.of(blob("nope", "text", "data", "x"))));
        objects.set(7, Map.of("blobs", List.of(link("hero_image", good))));

        Answer answer = shop.client().post(shop.path("/objects/batch"), Map.of("objects", objects));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/succeeded")).hasSize(18);
        assertThat(answer.at("/failed/0/object_index")).isEqualTo("3");
        assertThat(answer.at("/failed/0/error_type")).isEqualTo("BadRequestError");
        assertThat(answer.at("/failed/0/error"))
                .contains("blobs[0] (hero_image)")
                .contains("404");
        assertThat(answer.at("/failed/1/object_index")).isEqualTo("5");
        assertThat(answer.at("/failed/1/error_type")).isEqualTo("ValidationError");
        assertThat(answer.at("/failed/1/error")).contains("no property 'nope'");
        assertThat(answer.at("/succeeded_count")).isEqualTo("18");
        assertThat(answer.at("/failed_count")).isEqualTo("2");
        assertThat(answer.at("/total_requested")).isEqualTo("20");
        assertThat(shop.objects()).isEqualTo(18);
        List<Object> tooMany =
                IntStream.range(0, 101).<Object>mapToObj(i -> Map.of()).toList();
        assertThat(shop.client()
                        .post(shop.path("/objects/batch"), Map.of("objects", tooMany))
                        .status())
                .isEqualTo(422);
        assertThat(shop.client()
                        .post(shop.path("/objects/batch"), Map.of("objects", List.of()))
                        .status())
                .isEqualTo(422);
    }

    private static <T> List<T> atOnce(int times, java.util.function.IntFunction<T> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = IntStream.range(0, times)
                    .mapToObj(i -> threads.submit(() -> work.apply(i)))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }

    private static long counted(Workspace shop) {
        return shop.client().get(shop.path("")).json().at("/object_count").asLong();
    }

    private static List<String> stored(Workspace shop) {
        ObjectStorage storage = service.bean(ObjectStorage.class);
        return storage.list("", null, 1000).stream()
                .map(object -> object.key().value())
                .filter(key -> key.contains("/" + shop.namespace() + "/"))
                .toList();
    }

    private static Answer create(Workspace shop, Object body) {
        return shop.client().post(shop.path("/objects"), body);
    }

    private static Answer create(Workspace shop, String policy, Object body) {
        return shop.client().post(shop.path("/objects?policy=" + policy), body);
    }

    private static Map<String, Object> link(String property, String url) {
        return blob(property, "image", "url", url);
    }

    private static Map<String, Object> blob(String property, String type, String how, Object content) {
        Map<String, Object> blob = new LinkedHashMap<>();
        blob.put("property", property);
        blob.put("type", type);
        blob.put(how, content);
        return blob;
    }

    private static String base() {
        return "http://127.0.0.1:" + web.getAddress().getPort();
    }

    private static String serve(String path, byte[] bytes) {
        FILES.put(path, bytes);
        return base() + path;
    }
}
