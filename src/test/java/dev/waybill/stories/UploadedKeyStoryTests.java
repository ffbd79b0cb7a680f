package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Race;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads in buckets with a unique key: the policies, and duplicates of bytes that the bucket has. */
class UploadedKeyStoryTests {

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared();

    @Test
    void whereTheFirstOfAKeyStaysTheSecondIsNotKept() {
        Workspace shop = keyed("insert");
        String object = shop.confirm(put(shop, Map.of("sku", "A-1"))).at("/object_id");
        Answer second = ask(shop, Map.of("sku", "A-1", "price", 5));
        Workspace.put(second.json(), SampleFiles.jpeg());

        Answer confirmed = shop.confirm(second.at("/upload_id"));

        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        assertThat(confirmed.at("/status")).isEqualTo("COMPLETED");
        assertThat(confirmed.at("/object_id")).isEqualTo(object);
        assertThat(confirmed.json().at("/skipped_unique_key").asBoolean()).isTrue();
        assertThat(confirmed.json().at("/is_duplicate").asBoolean()).isFalse();
        assertThat(confirmed.at("/message")).contains(object, "unique key");
        assertThat(shop.confirm(second.at("/upload_id")).json()).isEqualTo(confirmed.json());
        Answer upload = shop.upload(second.at("/upload_id"));
        assertThat(upload.json().at("/skipped_unique_key").asBoolean()).isTrue();
        assertThat(upload.at("/existing_object_id")).isEqualTo(object);
        assertThat(shop.objects()).isOne();
        assertThat(shop.object(object).json().at("/metadata/price").isMissingNode())
                .isTrue();
        assertNothingIsThere(shop.upload(second.at("/upload_id")).at("/s3_key"));
        Answer taking = shop.client()
                .post(
                        shop.path("/objects"),
                        Map.of(
                                "metadata",
                                Map.of("sku", "A-2"),
                                "blobs",
                                List.of(Map.of(
                                        "property",
                                        "hero_image",
                                        "type",
                                        "image",
                                        "upload_id",
                                        second.at("/upload_id")))));
        assertThat(taking.at("/error/message")).as(taking.text()).contains("not there any more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"upsert", "update"})
    void whereTheFirstIsChangedItGetsTheFileAndTheMetadata(String policy) {
        Workspace shop = keyed(policy);
        Answer made = shop.client()
                .post(shop.path("/objects?policy=upsert"), Map.of("metadata", Map.of("sku", "A-1", "kept", 1)));
        String object = made.at("/object_id");
        Answer first = ask(shop, Map.of("sku", "A-1"));
        Workspace.put(first.json(), SampleFiles.jpeg());
        Answer confirmed = shop.confirm(first.at("/upload_id"));
        assertThat(confirmed.at("/object_id")).as(confirmed.text()).isEqualTo(object);
        assertThat(confirmed.json().at("/skipped_unique_key").asBoolean(true)).isFalse();

        Answer second = ask(shop, Map.of("sku", "A-1", "price", 5));
        byte[] bytes = SampleFiles.jpeg();
        Workspace.put(second.json(), bytes);
        assertThat(shop.confirm(second.at("/upload_id")).at("/object_id")).isEqualTo(object);

        Answer now = shop.client().get(shop.path("/objects/" + object + "?return_presigned_urls=true"));
        assertThat(now.json().at("/blobs")).hasSize(1);
        assertThat(Workspace.get(now.at("/blobs/0/presigned_url")).body()).isEqualTo(bytes);
        assertThat(now.json().at("/metadata/kept").asInt()).isOne();
        assertThat(now.json().at("/metadata/price").asInt()).isEqualTo(5);
        assertThat(shop.objects()).isOne();
        assertNothingIsThere(shop.upload(first.at("/upload_id")).at("/s3_key"));
        assertThat(stored(shop.upload(second.at("/upload_id")).at("/s3_key"))).isTrue();
        assertThat(shop.upload(second.at("/upload_id")).at("/existing_object_id"))
                .isEqualTo(object);
    }

    @Test
    void anUploadThatMayOnlyChangeWaitsForWhatItChanges() {
        Workspace shop = keyed("update");
        String upload = put(shop, Map.of("sku", "A-1"));

        Answer refused = shop.confirm(upload);
        assertThat(refused.status()).as(refused.text()).isEqualTo(404);
        assertThat(shop.upload(upload).at("/status")).isEqualTo("PENDING");

        shop.client().post(shop.path("/objects?policy=upsert"), Map.of("metadata", Map.of("sku", "A-1")));
        assertThat(shop.confirm(upload).status()).isEqualTo(200);
        assertThat(shop.objects()).isOne();
    }

    @Test
    void anUploadNeedsTheValuesOfTheKey() {
        Answer refused = ask(keyed("insert"), Map.of("price", 5));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("object_metadata", "sku", "unique key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"insert", "upsert"})
    void ofManyConfirmsOfOneKeyAtOnceThereIsOneObject(String policy) throws Exception {
        Workspace shop = keyed(policy);
        List<String> uploads = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            uploads.add(put(shop, Map.of("sku", "A-1")));
        }

        List<Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> running = uploads.stream()
                    .map(upload -> threads.submit(() -> shop.confirm(upload)))
                    .toList();
            for (Future<Answer> one : running) {
                answers.add(one.get());
            }
        }

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(200));
        assertThat(answers.stream().map(answer -> answer.at("/object_id")).distinct())
                .hasSize(1);
        assertThat(shop.objects()).isOne();
        assertThat(answers.stream()
                        .filter(answer ->
                                answer.json().at("/skipped_unique_key").asBoolean())
                        .count())
                .isEqualTo(policy.equals("insert") ? 11 : 0);
        await().untilAsserted(() ->
                assertThat(DeletionStoryTests.stored(SERVICE, shop)).hasSize(1));
    }

    @Race
    void ofManyConfirmsOfOneUploadAtOnceAllSeeTheSameObject() throws Exception {
        Workspace shop = keyed("upsert");
        String upload = put(shop, Map.of("sku", "A-1"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> running = IntStream.range(0, 30)
                    .mapToObj(i -> threads.submit(() -> shop.confirm(upload)))
                    .toList();
            for (Future<Answer> one : running) {
                assertThat(one.get().at("/status")).as(one.get().text()).isEqualTo("COMPLETED");
            }
        }
        assertThat(shop.objects()).isOne();
    }

    @Test
    void aBatchOfConfirmsKeepsTheKeyToo() {
        Workspace shop = keyed("insert");
        List<String> uploads = Stream.of("A-1", "B-2", "A-1")
                .map(sku -> put(shop, Map.of("sku", sku)))
                .toList();

        Answer accepted = shop.confirmAll(uploads);
        Answer task = shop.settled(accepted.at("/task_id"));

        assertThat(task.at("/status")).as(task.text()).isEqualTo("COMPLETED");
        assertThat(task.json().at("/outputs/2/skipped_unique_key").asBoolean()).isTrue();
        assertThat(task.at("/outputs/2/object_id")).isEqualTo(task.at("/outputs/0/object_id"));
        assertThat(shop.objects()).isEqualTo(2);
    }

    /** The bytes of the second one are the only ones of that kind, though a third comes after it. */
    @Test
    void bytesThatWereNotKeptMakeNoDuplicate() {
        Workspace shop = keyed("insert");
        shop.confirm(put(shop, Map.of("sku", "A-1")));
        byte[] bytes = SampleFiles.jpeg();
        Answer skipped = ask(shop, Map.of("sku", "A-1"));
        Workspace.put(skipped.json(), bytes);
        assertThat(shop.confirm(skipped.at("/upload_id"))
                        .json()
                        .at("/skipped_unique_key")
                        .asBoolean())
                .isTrue();

        Answer other = ask(shop, Map.of("sku", "B-2"));
        Workspace.put(other.json(), bytes);
        Answer confirmed = shop.confirm(other.at("/upload_id"));

        assertThat(confirmed.json().at("/is_duplicate").asBoolean(true)).isFalse();
        assertThat(stored(shop.upload(other.at("/upload_id")).at("/s3_key"))).isTrue();
        assertThat(shop.objects()).isEqualTo(2);
    }

    /** Their object was given another file since, and the bytes went with that. */
    @Test
    void bytesThatAnObjectHasNoLongerAreStoredAgain() {
        Workspace shop = Workspace.create(SERVICE.client());
        byte[] bytes = SampleFiles.jpeg();
        Answer first = shop.askForJpeg();
        Workspace.put(first.json(), bytes);
        String object = shop.confirm(first.at("/upload_id")).at("/object_id");
        Answer replaced = shop.client()
                .put(
                        shop.path("/objects/" + object),
                        Map.of(
                                "blobs",
                                List.of(Map.of("property", "hero_image", "type", "image", "upload_id", put(shop)))));
        assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
        assertNothingIsThere(shop.upload(first.at("/upload_id")).at("/s3_key"));

        Answer again = shop.askForJpeg();
        Workspace.put(again.json(), bytes);
        Answer confirmed = shop.confirm(again.at("/upload_id"));

        assertThat(confirmed.json().at("/is_duplicate").asBoolean(true)).isFalse();
        assertThat(confirmed.at("/object_id")).isNotEqualTo(object);
        assertThat(stored(shop.upload(again.at("/upload_id")).at("/s3_key"))).isTrue();
    }

    private static String put(Workspace shop) {
        Answer upload = shop.ask(
                Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "create_object_on_confirm", false));
        Workspace.put(upload.json(), SampleFiles.jpeg());
        assertThat(shop.confirm(upload.at("/upload_id")).status()).isEqualTo(200);
        return upload.at("/upload_id");
    }

    private static String put(Workspace shop, Map<String, Object> metadata) {
        Answer upload = ask(shop, metadata);
        assertThat(upload.status()).as(upload.text()).isEqualTo(200);
        Workspace.put(upload.json(), SampleFiles.jpeg());
        return upload.at("/upload_id");
    }

    private static Answer ask(Workspace shop, Map<String, Object> metadata) {
        return shop.ask(Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "object_metadata", metadata));
    }

    private static void assertNothingIsThere(String key) {
        await().untilAsserted(() -> assertThat(stored(key)).isFalse());
    }

    private static boolean stored(String key) {
        return SERVICE.bean(ObjectStorage.class).list(key, null, 1).stream()
                .anyMatch(stored -> stored.key().value().equals(key));
    }

    private static Workspace keyed(String policy) {
        return keyed(SERVICE.client(), policy);
    }

    /** A bucket whose objects have a SKU of their own each. */
    static Workspace keyed(WaybillClient client, String policy) {
        Workspace shop = Workspace.create(client);
        return shop.in(keyedBucket(shop.client(), policy));
    }

    /** Its id. */
    static String keyedBucket(WaybillClient inside, String policy) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("sku", Map.of("type", "string"));
        properties.put("price", Map.of("type", "number"));
        properties.put("hero_image", Map.of("type", "image"));
        Answer bucket = inside.post(
                "/v1/buckets",
                Map.of(
                        "bucket_name",
                        "keyed",
                        "bucket_schema",
                        Map.of("properties", properties),
                        "unique_key",
                        Map.of("fields", List.of("sku"), "default_policy", policy)));
        assertThat(bucket.status()).as(bucket.text()).isEqualTo(200);
        return bucket.at("/bucket_id");
    }
}
