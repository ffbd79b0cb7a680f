package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.Workspace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service crashes, or stalls, while it applies an upload's file by the policy of the bucket's unique key. */
@ResourceLock(CrashStory.PLAIN)
@Order(2)
class UploadedKeyCrashTests extends CrashStory {

    UploadedKeyCrashTests() {
        super(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm.verified", "object.row-inserted", "confirm.object-written", "confirm.told"})
    void theObjectThatItWouldHaveMadeIsMade(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace shop = UploadedKeyStoryTests.keyed(doomed.client(), "insert");
            String upload = put(shop, SampleFiles.jpeg());
            assertDies(doomed, () -> shop.confirm(upload));

            Workspace again = shop.through(survivor().client());
            Answer confirmed = again.confirm(upload);
            assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
            assertThat(confirmed.json().at("/skipped_unique_key").asBoolean(true))
                    .isFalse();
            assertThat(again.object(confirmed.at("/object_id")).status()).isEqualTo(200);
            assertThat(again.objects()).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"object.row-inserted", "confirm.object-written", "confirm.told"})
    void theObjectThatWasFirstStaysAsItIs(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace shop = UploadedKeyStoryTests.keyed(doomed.client(), "insert");
            String object = first(shop.through(survivor().client()));
            String upload = put(shop, SampleFiles.jpeg());
            assertDies(doomed, () -> shop.confirm(upload));

            Workspace again = shop.through(survivor().client());
            Answer confirmed = again.confirm(upload);
            assertThat(confirmed.json().at("/skipped_unique_key").asBoolean())
                    .as(confirmed.text())
                    .isTrue();
            assertThat(confirmed.at("/object_id")).isEqualTo(object);
            assertThat(again.object(object).json().at("/blobs")).isEmpty();
            assertNothingLeft(again, 0);
        }
    }

    /** After the marker is inserted, the change that it promises is applied by whoever confirms next. */
    @ParameterizedTest
    @ValueSource(strings = {"confirm.verified", "blobs.copied", "object.row-inserted", "object.marked"})
    void theObjectThatWasToHaveTheFileGetsIt(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace shop = UploadedKeyStoryTests.keyed(doomed.client(), "upsert");
            String object = first(shop.through(survivor().client()));
            byte[] bytes = SampleFiles.jpeg();
            String upload = put(shop, bytes);
            assertDies(doomed, () -> shop.confirm(upload));

            Workspace again = shop.through(survivor().client());
            assertThat(again.object(object).json().at("/blobs")).isEmpty();
            assertThat(again.confirm(upload).at("/object_id")).isEqualTo(object);
            assertThat(bytesOf(again, object)).isEqualTo(bytes);
            assertNothingLeft(again, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"object.changed", "confirm.object-written", "confirm.told", "confirm.completed"})
    void theObjectThatHasTheFileAlreadyKeepsIt(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace shop = UploadedKeyStoryTests.keyed(doomed.client(), "upsert");
            String object = first(shop.through(survivor().client()));
            byte[] bytes = SampleFiles.jpeg();
            byte[] newer = SampleFiles.jpeg();
            String first = put(shop, bytes);
            String second = put(shop, newer);
            assertDies(doomed, () -> shop.confirm(first));

            Workspace again = shop.through(survivor().client());
            assertThat(again.client().delete(again.path("/uploads/" + first)).status())
                    .isEqualTo(400);
            assertThat(bytesOf(again, object)).isEqualTo(bytes);
            assertThat(again.confirm(first).at("/object_id")).isEqualTo(object);

            Answer confirmed = again.confirm(second);
            assertThat(confirmed.at("/object_id")).as(confirmed.text()).isEqualTo(object);
            assertThat(again.confirm(first).at("/object_id")).isEqualTo(object);
            assertThat(bytesOf(again, object)).isEqualTo(newer);
            assertNothingLeft(again, 1);
        }
    }

    /** What is about to be deleted may not be copied. */
    @Test
    void aFileThatWasNotKeptIsNotCopiedMeanwhile() {
        AtomicReference<Runnable> take = new AtomicReference<>();
        try (CrashableService slow =
                slowAt("confirm.completed", () -> take.get().run())) {
            Workspace shop = UploadedKeyStoryTests.keyed(slow.client(), "insert");
            first(shop);
            String upload = put(shop, SampleFiles.jpeg());
            Workspace meanwhile = shop.through(survivor().client());
            Map<String, String> blob = Map.of("property", "hero_image", "type", "image", "upload_id", upload);
            take.set(() -> assertThat(meanwhile
                            .client()
                            .post(
                                    meanwhile.path("/objects"),
                                    Map.of("metadata", Map.of("sku", "B-2"), "blobs", List.of(blob)))
                            .text())
                    .contains("not there any more"));

            Answer confirmed = shop.confirm(upload);

            assertThat(confirmed.json().at("/skipped_unique_key").asBoolean())
                    .as(confirmed.text())
                    .isTrue();
            assertNothingLeft(shop, 0);
        }
    }

    @Test
    void aConfirmThatIsLateMakesNoSecondObjectOfTheKey() {
        AtomicReference<Runnable> create = new AtomicReference<>();
        try (CrashableService slow =
                slowAt("confirm.verified", () -> create.get().run())) {
            Workspace shop = UploadedKeyStoryTests.keyed(slow.client(), "insert");
            String upload = put(shop, SampleFiles.jpeg());
            create.set(() -> first(shop.through(survivor().client())));

            Answer late = shop.confirm(upload);

            assertThat(late.json().at("/skipped_unique_key").asBoolean())
                    .as(late.text())
                    .isTrue();
            assertThat(shop.confirm(upload).json()).isEqualTo(late.json());
            assertNothingLeft(shop, 0);
        }
    }

    /** The object of an earlier confirm, which died, was deleted with its file after this one had read it. */
    @Test
    void aConfirmThatIsLateMakesNoObjectWithoutAFile() {
        Workspace begun;
        String upload;
        try (CrashableService doomed = dyingAt("confirm.object-written")) {
            begun = UploadedKeyStoryTests.keyed(doomed.client(), "insert");
            upload = put(begun, SampleFiles.jpeg());
            assertDies(doomed, () -> begun.confirm(upload));
        }
        Workspace again = begun.through(survivor().client());
        String object = again.client().post(again.path("/objects/list")).at("/results/0/object_id");
        Runnable delete = () -> assertThat(
                        again.client().delete(again.path("/objects/" + object)).status())
                .isEqualTo(204);
        try (CrashableService slow = slowAt("confirm.verified", delete)) {
            Answer late = begun.through(slow.client()).confirm(upload);

            assertThat(late.status()).as(late.text()).isEqualTo(200);
            assertThat(late.at("/message")).contains("deleted since");
            assertThat(again.objects()).isZero();
            removeOrphans();
            await().untilAsserted(() -> assertThat(files(again)).isEmpty());
        }
    }

    private void assertNothingLeft(Workspace shop, int files) {
        assertThat(shop.objects()).isOne();
        removeOrphans();
        await().untilAsserted(() -> assertThat(files(shop)).hasSize(files));
    }

    private static String first(Workspace shop) {
        return shop.client()
                .post(shop.path("/objects"), Map.of("metadata", Map.of("sku", "A-1")))
                .at("/object_id");
    }

    private static byte[] bytesOf(Workspace shop, String object) {
        Answer now = shop.client().get(shop.path("/objects/" + object + "?return_presigned_urls=true"));
        return Workspace.get(now.at("/blobs/0/presigned_url")).body();
    }

    private static String put(Workspace shop, byte[] bytes) {
        Answer upload = shop.ask(
                Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "object_metadata", Map.of("sku", "A-1")));
        assertThat(Workspace.put(upload.json(), bytes).statusCode()).isEqualTo(200);
        return upload.at("/upload_id");
    }
}
