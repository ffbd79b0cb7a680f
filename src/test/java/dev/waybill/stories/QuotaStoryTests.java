package dev.waybill.stories;

import static dev.waybill.stories.Quota.assertFull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Studio;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** An organization stores no more than its quota, by whatever way of ingestion, and deletions free what they delete. */
class QuotaStoryTests {

    private static final Duration WAIT = Duration.ofSeconds(60);

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared();

    private Quota quota;

    @BeforeEach
    void found() {
        quota = Quota.of(1000, SERVICE.client());
    }

    @Test
    void anUploadWithoutASizeIsSettledWhenItIsConfirmed() {
        String upload = quota.put(null, 2000);
        quota.assertHeld(0, 0);

        Answer refused = assertFull(quota.shop().confirm(upload));
        assertThat(refused.json().at("/error/details/limit").asLong()).isEqualTo(1000);
        assertThat(refused.json().at("/error/details/requested").asLong()).isEqualTo(2000);
        assertThat(quota.shop().upload(upload).at("/status")).isEqualTo("PENDING");
        assertThat(quota.shop().objects()).isZero();
        quota.assertHeld(0, 0);

        Answer task = quota.shop().client().post(quota.shop().path("/uploads/" + upload + "/confirm?async=true"));
        assertThat(quota.shop().settled(task.at("/task_id")).at("/status")).isEqualTo("FAILED");
        assertThat(quota.shop().upload(upload).at("/status")).isEqualTo("PENDING");

        String small = quota.put(null, 1000);
        assertThat(quota.shop().confirm(small).status()).isEqualTo(200);
        quota.assertHeld(1000, 0);
    }

    @Test
    void anAnnouncedSizeIsReservedUntilTheFileIsThere() {
        String first = quota.put(900, 900);
        quota.assertHeld(0, 900);

        Answer refused = assertFull(quota.ask(101));
        assertThat(refused.at("/error/message"))
                .contains("quota of 1000 bytes", "0 are used", "900 are reserved", "101 more");
        assertThat(quota.ask(100).status()).isEqualTo(200);
        assertThat(quota.shop().confirm(first).status()).isEqualTo(200);
        quota.assertHeld(900, 100);
        assertFull(quota.ask(1));
        assertFull(quota.create(1));

        Answer usage = quota.usage();
        assertThat(usage.json().at("/limit_bytes").asLong()).isEqualTo(1000);
        assertThat(usage.json().at("/remaining_bytes").asLong()).isZero();
    }

    @Test
    void aBatchOfUploadsIsReservedWholeOrNotAtAll() {
        Map<String, Object> one = Map.of(
                "filename",
                "a.txt",
                "content_type",
                "text/plain",
                "blob_property",
                "product_text",
                "file_size_bytes",
                400);
        String path = quota.shop().path("/uploads/batch");

        assertFull(quota.shop().client().post(path, Map.of("uploads", List.of(one, one, one))));
        quota.assertHeld(0, 0);
        Answer two = quota.shop().client().post(path, Map.of("uploads", List.of(one, one)));

        assertThat(two.status()).as(two.text()).isEqualTo(200);
        quota.assertHeld(0, 800);
    }

    @Test
    void ofManyConfirmedTogetherThoseSucceedThatFitTheQuota() {
        List<String> uploads = List.of(quota.put(null, 600), quota.put(null, 600), quota.put(null, 400));

        Answer task = quota.shop().settled(quota.shop().confirmAll(uploads).at("/task_id"));

        assertThat(task.at("/status")).as(task.text()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(quota.shop().objects()).isEqualTo(2);
        quota.assertHeld(1000, 0);
        assertThat(quota.shop().upload(uploads.get(1)).at("/status")).isEqualTo("PENDING");
    }

    @Test
    void contentOfAnyKindCounts() {
        Workspace shop = quota.shop();
        String large = Quota.string(3000);
        String base64 = Base64.getEncoder().encodeToString(Quota.text(3000));

        for (String data : List.of(large, "data:text/plain;base64," + base64)) {
            Map<String, Object> blob = Map.of("property", "product_text", "type", "text", "data", data);
            assertFull(shop.client().post(shop.path("/objects"), Map.of("blobs", List.of(blob))));
        }
        assertFull(shop.client()
                .post(
                        shop.path("/objects"),
                        Map.of("blobs", List.of(Quota.blob(Quota.string(600)), Quota.blob(Quota.string(600))))));
        assertThat(shop.objects()).isZero();
        quota.assertHeld(0, 0);

        String made = quota.create(900).at("/object_id");
        assertFull(quota.create(101));
        assertThat(quota.create(100).status()).isEqualTo(200);
        shop.client().delete(shop.path("/objects/" + made));
        quota.assertHeld(100, 0);
        assertThat(quota.create(900).status()).isEqualTo(200);
    }

    @Test
    void theFileOfAnUploadThatIsCopiedCountsTwice() {
        String upload = quota.put(600, 600);
        quota.shop().confirm(upload);
        Map<String, Object> blob = Map.of("property", "product_text", "type", "text", "upload_id", upload);

        assertFull(quota.shop().client().post(quota.shop().path("/objects"), Map.of("blobs", List.of(blob))));

        quota.assertHeld(600, 0);
    }

    @Test
    void aChangeCountsByWhatItAdds() {
        Workspace shop = quota.shop();
        String path = shop.path("/objects/" + quota.create(600).at("/object_id"));

        Answer larger = shop.client().put(path, Map.of("blobs", List.of(Quota.blob(Quota.string(1000)))));
        assertThat(larger.status()).as(larger.text()).isEqualTo(200);
        quota.assertHeld(1000, 0);
        assertFull(shop.client().put(path, Map.of("blobs", List.of(Quota.blob(Quota.string(1001))))));
        Answer smaller = shop.client().put(path, Map.of("blobs", List.of(Quota.blob(Quota.string(10)))));

        assertThat(smaller.status()).as(smaller.text()).isEqualTo(200);
        quota.assertHeld(10, 0);
    }

    @Test
    void duplicatesWithinABucketDoNotCount() {
        byte[] text = Quota.text(600);
        quota.shop().confirm(quota.put(null, text));

        Answer again = quota.shop().confirm(quota.put(null, text));

        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().at("/is_duplicate").asBoolean()).isTrue();
        quota.assertHeld(600, 0);
        String announced = quota.put(400, 400);
        assertThat(quota.shop().confirm(announced).status()).isEqualTo(200);
        quota.assertHeld(1000, 0);
    }

    @Test
    void anUploadThatChangesAnObjectCountsByWhatItAdds() {
        Workspace keyed = keyed();
        Quota there = quota.in(keyed);
        Map<String, ?> sku = Map.of("object_metadata", Map.of("sku", "A-17"));
        String first = put(there, null, 600, sku);
        assertThat(keyed.confirm(first).status()).isEqualTo(200);
        quota.assertHeld(600, 0);

        String tooMuch = put(there, null, 500, sku);
        assertFull(keyed.confirm(tooMuch));
        assertThat(keyed.upload(tooMuch).at("/status")).isEqualTo("PENDING");
        Answer canceled = keyed.client().delete(keyed.path("/uploads/" + tooMuch));
        assertThat(canceled.status()).as(canceled.text()).isEqualTo(204);
        Answer changed = keyed.confirm(put(there, 400, 400, sku));

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(keyed.objects()).isOne();
        quota.assertHeld(400, 0);
        Answer again = keyed.client()
                .post(
                        keyed.path("/objects?policy=upsert"),
                        Map.of("metadata", Map.of("sku", "A-17"), "blobs", List.of(Quota.blob(Quota.string(1001)))));
        assertFull(again);
        quota.assertHeld(400, 0);
    }

    @Test
    void whatIsCanceledOrFailsIsFree() {
        String canceled = quota.put(900, 900);
        Workspace shop = quota.shop();
        shop.client().delete(shop.path("/uploads/" + canceled));
        quota.assertHeld(0, 0);
        Answer image = shop.ask(Map.of("filename", "a.jpg", "content_type", "image/jpeg", "file_size_bytes", 1000));
        assertThat(image.status()).as(image.text()).isEqualTo(200);
        assertThat(Workspace.put(image.json(), Quota.text(1000)).statusCode()).isEqualTo(200);
        quota.assertHeld(0, 1000);

        assertThat(shop.confirm(image.at("/upload_id")).status()).isEqualTo(400);

        assertThat(shop.upload(image.at("/upload_id")).at("/status")).isEqualTo("FAILED");
        quota.assertHeld(0, 0);
        assertThat(quota.ask(1000).status()).isEqualTo(200);
    }

    @Test
    void whatIsDeletedWithItsBucketOrNamespaceIsFree() {
        quota.create(500);
        quota.ask(500);
        quota.assertHeld(500, 500);
        quota.shop().client().delete("/v1/buckets/" + quota.shop().bucket());
        await().atMost(WAIT).untilAsserted(() -> quota.assertHeld(0, 0));

        Workspace other = Workspace.create(SERVICE.client().withKey(quota.key()));
        Quota there = quota.in(other);
        there.create(500);
        there.ask(500);
        assertFull(there.ask(1));
        other.client().delete("/v1/namespaces/" + other.namespace());
        await().atMost(WAIT).untilAsserted(() -> quota.assertHeld(0, 0));
    }

    @Test
    void agentsFilesCountTheSame() {
        WaybillClient admin = SERVICE.client().withKey(quota.key());
        Studio studio = Studio.open(admin, SERVICE.anonymous());
        String submission = studio.begin();

        Answer refused = studio.announce(submission, "a.png", "image/png", 2000);
        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.at("/error/code")).isEqualTo("FORBIDDEN");
        assertThat(refused.at("/error/message")).contains("storage quota of 1000 bytes");
        assertThat(studio.announce(submission, "a.png", "image/png", 900).status())
                .isEqualTo(200);
        assertThat(studio.announce(submission, "a.png", "image/png", 900).status())
                .isEqualTo(200);
        quota.assertHeld(0, 900);
        assertThat(studio.announce(studio.begin(), "b.png", "image/png", 900).status())
                .isEqualTo(403);
        assertFull(quota.ask(101));
        assertThat(studio.announce(submission, "a.png", "image/png", 950).status())
                .isEqualTo(200);
        assertThat(studio.announce(submission, "a.png", "image/png", 10).status())
                .isEqualTo(200);
        quota.assertHeld(0, 10);

        String confirmed = studio.putPng();
        assertThat(studio.confirm(confirmed).status()).isEqualTo(200);
        long png = quota.usage().json().at("/used_bytes").asLong();
        assertThat(png).isPositive();
        admin.delete("/v1/organizations/projects/" + studio.project());
        await().atMost(WAIT).untilAsserted(() -> quota.assertHeld(0, 0));
    }

    @Test
    void whoHasNoQuotaStoresWithoutBoundAndHasNoBalance() {
        Answer founded =
                Tenant.founded(SERVICE.client(), quota.shop().namespace().replace("_", ""));
        WaybillClient client = SERVICE.client().withKey(founded.at("/api_key/key"));
        Quota unbounded = quota.in(Workspace.create(client));

        assertThat(unbounded.create(5000).status()).isEqualTo(200);
        unbounded.shop().confirm(unbounded.put(700, 700));
        Answer usage = unbounded.usage();

        assertThat(usage.json().at("/used_bytes").asLong()).isEqualTo(5700);
        assertThat(usage.json().has("limit_bytes")).isFalse();
        assertThat(usage.json().has("remaining_bytes")).isFalse();
        assertThat(SERVICE.bean(MongoTemplate.class)
                        .getCollection("storage_balances")
                        .countDocuments(new Document("_id", founded.at("/organization_id"))))
                .isZero();
    }

    private Workspace keyed() {
        WaybillClient inside = quota.shop().client();
        Answer bucket = inside.post(
                "/v1/buckets",
                Map.of(
                        "bucket_name", "keyed",
                        "bucket_schema",
                                Map.of(
                                        "properties",
                                        Map.of(
                                                "product_text", Map.of("type", "text"),
                                                "sku", Map.of("type", "string"))),
                        "unique_key", Map.of("fields", List.of("sku"), "default_policy", "upsert")));
        assertThat(bucket.status()).as(bucket.text()).isEqualTo(200);
        return quota.shop().in(bucket.at("/bucket_id"));
    }

    private static String put(Quota there, Integer announced, int bytes, Map<String, ?> more) {
        Map<String, Object> all = new HashMap<>(more);
        Answer upload = there.ask(announced, all);
        assertThat(upload.status()).as(upload.text()).isEqualTo(200);
        assertThat(Workspace.put(upload.json(), Quota.text(bytes)).statusCode()).isEqualTo(200);
        return upload.at("/upload_id");
    }
}
