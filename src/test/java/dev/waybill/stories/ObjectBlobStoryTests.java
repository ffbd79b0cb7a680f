package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where the bytes of an object's blobs come from, and how long they stay. */
class ObjectBlobStoryTests extends ObjectStory {

    @Test
    void theQuickstartsObjectIsMadeOfAnUrlAndAText() {
        Workspace shop = Workspace.create(SERVICE.client());
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
        Workspace shop = Workspace.create(SERVICE.client());
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
        await().untilAsserted(() -> assertThat(stored(shop)).isEmpty());
        Answer wrongType = create(shop, Map.of("blobs", List.of(link("hero_image", pdf))));
        assertThat(wrongType.at("/error/message")).contains("Expected IMAGE, got PDF");
    }

    @Test
    void referencesAreStoredAndNotFetched() {
        Workspace shop = Workspace.create(SERVICE.client());
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
        assertThat(fetched).doesNotContainKey("/lazy.jpg");
        await().untilAsserted(() -> assertThat(stored(shop)).isEmpty());
    }

    @Test
    void inlineContentIsInStorageWhenItIsLargeOrBinary() {
        Workspace shop = Workspace.create(SERVICE.client());
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
    void aCompletedUploadsBytesAreCopiedAndDeletedWithTheirObject() {
        Workspace shop = Workspace.create(SERVICE.client());
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
        await().untilAsserted(() -> assertThat(
                        Workspace.get(read.at("/blobs/0/presigned_url")).statusCode())
                .isEqualTo(404));
        assertThat(create(shop, Map.of("blobs", List.of(taking))).at("/error/message"))
                .contains("not there any more");
    }

    @Test
    void theBlobsOfAnObjectFitTheQuotaTogetherOrNoneIsStored() {
        byte[] photo = SampleFiles.jpeg();
        Workspace shop = Workspace.create(organization(2L * photo.length - 1));
        Map<String, Object> link = link("hero_image", serve("/room.jpg", photo));
        Map<String, Object> inline =
                blob("hero_image", "image", "data", Base64.getEncoder().encodeToString(photo));
        Map<String, Object> rest = blob("product_text", "text", "data", "x".repeat(photo.length - 1));
        Map<String, Object> more = blob("product_text", "text", "data", "x".repeat(101));

        for (List<?> blobs : List.of(List.of(link, inline), List.of(inline, link))) {
            Answer refused = create(shop, Map.of("blobs", blobs));
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.at("/error/message")).startsWith("blobs[1] (hero_image): ");
            assertThat(refused.at("/error/message")).contains(" %d more".formatted(2 * photo.length));
        }
        Answer full = create(shop, Map.of("blobs", List.of(link, rest, more)));
        assertThat(full.status()).as(full.text()).isEqualTo(403);
        assertThat(full.at("/error/message")).startsWith("blobs[2] (product_text): ");
        assertThat(full.at("/error/details/resource")).isEqualTo("storage_bytes");
        await().untilAsserted(() -> assertThat(stored(shop)).isEmpty());
        assertThat(shop.objects()).isZero();

        Answer made = create(shop, Map.of("blobs", List.of(link, rest)));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(stored(shop)).hasSize(2));
    }

    @Test
    void whatIsStoredCountsAgainstTheQuota() {
        byte[] photo = SampleFiles.jpeg();
        Workspace shop = Workspace.create(organization(photo.length));
        Map<String, Object> link = link("hero_image", serve("/quota.jpg", photo));
        assertThat(create(shop, Map.of("blobs", List.of(link))).status()).isEqualTo(200);
        Map<String, Object> tooMuch = blob("product_text", "text", "data", "x".repeat(photo.length + 1));

        Answer refused = create(shop, Map.of("blobs", List.of(tooMuch)));

        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.json().at("/error/details/current").asLong()).isEqualTo(photo.length);
        assertThat(refused.json().at("/error/details/limit").asLong()).isEqualTo(photo.length);
        Answer small = create(shop, Map.of("blobs", List.of(blob("product_text", "text", "data", "small"))));
        assertThat(small.status()).as(small.text()).isEqualTo(403);
    }

    @Test
    void anotherBucketsUploadIsNotFound() {
        Workspace shop = Workspace.create(SERVICE.client());
        Workspace other = Workspace.create(SERVICE.client());
        String upload = other.putJpeg();
        other.confirm(upload);

        Answer refused = create(shop, Map.of("blobs", List.of(blob("hero_image", "image", "upload_id", upload))));

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.at("/error/details/resource")).isEqualTo("upload");
    }

    @Test
    void duplicatesAreSkippedOnRequest() throws Exception {
        Workspace shop = Workspace.create(SERVICE.client());
        byte[] photo = SampleFiles.jpeg();
        List<Map<String, Object>> blobs = List.of(link("hero_image", serve("/dup.jpg", photo)));
        String first = create(shop, Map.of("blobs", blobs)).at("/object_id");

        List<String> ids = atOnce(
                10,
                i -> create(shop, Map.of("blobs", blobs, "skip_duplicates", true))
                        .at("/object_id"));

        assertThat(ids).containsOnly(first);
        assertThat(create(shop, Map.of("blobs", blobs)).at("/object_id")).isNotEqualTo(first);
        await().untilAsserted(() -> assertThat(stored(shop)).hasSize(2));
        shop.client().delete(shop.path("/objects/" + first));
        assertThat(create(shop, Map.of("blobs", blobs, "skip_duplicates", true)).at("/object_id"))
                .isNotIn(first, "");
    }

    private static WaybillClient organization(long storageQuotaBytes) {
        Answer founded = SERVICE.client()
                .post(
                        "/v1/organizations",
                        Map.of(
                                "organization_name",
                                "small",
                                "plan",
                                "enterprise",
                                "storage_quota_bytes",
                                storageQuotaBytes,
                                "admin_email",
                                "admin-%s@example.com".formatted(UUID.randomUUID())));
        assertThat(founded.status()).as(founded.text()).isEqualTo(200);
        return SERVICE.client().withKey(founded.at("/api_key/key"));
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
}
