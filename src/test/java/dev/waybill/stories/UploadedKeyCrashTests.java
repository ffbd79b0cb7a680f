package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A service dies, or is late, while it gives an upload's file its place by the bucket's unique key. */
@ResourceLock(CrashStory.PLAIN)
class UploadedKeyCrashTests extends CrashStory {

    private static final String STEP = "confirm.key-claimed";

    UploadedKeyCrashTests() {
        super(Map.of());
    }

    @Test
    void theObjectThatItWouldHaveMadeIsMade() {
        try (CrashableService doomed = dyingAt(STEP)) {
            Workspace shop = UploadedKeyStoryTests.keyed(doomed.client(), "insert");
            String upload = put(shop, SampleFiles.jpeg());
            assertDies(doomed, () -> shop.confirm(upload));

            Workspace again = shop.through(survivor().client());
            Answer confirmed = confirmedAtLast(again, upload);
            assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
            assertThat(confirmed.json().at("/skipped_unique_key").asBoolean(true))
                    .isFalse();
            assertThat(again.object(confirmed.at("/object_id")).status()).isEqualTo(200);
            assertThat(again.objects()).isOne();
        }
    }

    @Test
    void theObjectThatHasTheFileAlreadyKeepsIt() {
        try (CrashableService doomed = dyingAt(STEP)) {
            Workspace shop = UploadedKeyStoryTests.keyed(doomed.client(), "upsert");
            String object = create(shop, "A-1", List.of());
            byte[] bytes = SampleFiles.jpeg();
            String first = put(shop, bytes);
            String second = put(shop, SampleFiles.jpeg());
            assertDies(doomed, () -> shop.confirm(first));

            Workspace again = shop.through(survivor().client());
            assertThat(again.client().delete(again.path("/uploads/" + first)).status())
                    .isEqualTo(409);
            assertThat(bytesOf(again, object)).isEqualTo(bytes);

            assertThat(confirmedAtLast(again, first).at("/object_id")).isEqualTo(object);
            Answer confirmed = again.confirm(second);
            assertThat(confirmed.at("/object_id")).as(confirmed.text()).isEqualTo(object);
            assertThat(again.objects()).isOne();
        }
    }

    /** An object took it as soon as the upload was completed, though another one has its key. */
    @Test
    void aFileThatWasNotKeptStaysForTheObjectThatTookItMeanwhile() {
        AtomicReference<Runnable> take = new AtomicReference<>();
        AtomicReference<String> taker = new AtomicReference<>();
        try (CrashableService slow =
                slowAt("confirm.completed", () -> take.get().run())) {
            Workspace shop = UploadedKeyStoryTests.keyed(slow.client(), "insert");
            create(shop, "A-1", List.of());
            byte[] bytes = SampleFiles.jpeg();
            String upload = put(shop, bytes);
            Workspace meanwhile = shop.through(survivor().client());
            Map<String, String> blob = Map.of("property", "hero_image", "type", "image", "upload_id", upload);
            take.set(() -> taker.set(create(meanwhile, "B-2", List.of(blob))));

            Answer confirmed = shop.confirm(upload);

            assertThat(confirmed.json().at("/skipped_unique_key").asBoolean())
                    .as(confirmed.text())
                    .isTrue();
            assertThat(bytesOf(shop, taker.get())).isEqualTo(bytes);
        }
    }

    /** Its claim on the key was taken for that of a dead one. */
    @Test
    void aConfirmThatIsLateMakesNoSecondObjectOfTheKey() {
        AtomicReference<Runnable> create = new AtomicReference<>();
        try (CrashableService slow = slowAt(STEP, () -> create.get().run())) {
            Workspace shop = UploadedKeyStoryTests.keyed(slow.client(), "insert");
            String upload = put(shop, SampleFiles.jpeg());
            Workspace meanwhile = shop.through(survivor().client());
            create.set(() -> {
                aMinutePasses();
                create(meanwhile, "A-1", List.of());
            });

            Answer late = shop.confirm(upload);

            assertThat(late.status()).as(late.text()).isEqualTo(409);
            assertThat(shop.objects()).isOne();
            Answer again = shop.confirm(upload);
            assertThat(again.json().at("/skipped_unique_key").asBoolean())
                    .as(again.text())
                    .isTrue();
            assertThat(shop.objects()).isOne();
        }
    }

    /** The object of an earlier confirm, which died, was deleted with its file after this one had looked at that. */
    @Test
    void aConfirmThatIsLateMakesNoObjectWithoutAFile() {
        Workspace begun;
        String upload;
        try (CrashableService doomed = dyingAt("confirm.object-written")) {
            begun = UploadedKeyStoryTests.keyed(doomed.client(), "insert");
            upload = put(begun, SampleFiles.jpeg());
            assertDies(doomed, () -> begun.confirm(upload));
        }
        aMinutePasses();
        Workspace again = begun.through(survivor().client());
        String object = again.client().post(again.path("/objects/list")).at("/results/0/object_id");
        Runnable delete = () -> assertThat(
                        again.client().delete(again.path("/objects/" + object)).status())
                .isEqualTo(204);
        try (CrashableService slow = slowAt("confirm.claimed", delete)) {
            Answer late = begun.through(slow.client()).confirm(upload);

            assertThat(late.status()).as(late.text()).isEqualTo(404);
            assertThat(again.objects()).isZero();
        }
    }

    private static String create(Workspace shop, String sku, List<Map<String, String>> blobs) {
        Answer made = shop.client().post(shop.path("/objects"), Map.of("metadata", Map.of("sku", sku), "blobs", blobs));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made.at("/object_id");
    }

    private static byte[] bytesOf(Workspace shop, String object) {
        Answer read = shop.client().get(shop.path("/objects/" + object + "?return_presigned_urls=true"));
        return Workspace.get(read.at("/blobs/0/presigned_url")).body();
    }

    /** The dead one's mark counts for some seconds. */
    private Answer confirmedAtLast(Workspace shop, String upload) {
        aMinutePasses();
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> shop.confirm(upload), answer -> answer.status() != 409);
    }

    private static String put(Workspace shop, byte[] bytes) {
        Answer upload = shop.ask(
                Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "object_metadata", Map.of("sku", "A-1")));
        assertThat(Workspace.put(upload.json(), bytes).statusCode()).isEqualTo(200);
        return upload.at("/upload_id");
    }
}
