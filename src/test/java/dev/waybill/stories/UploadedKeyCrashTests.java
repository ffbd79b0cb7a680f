package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service dies after it found the place of an upload's file by the bucket's unique key. */
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
            String object = shop.client()
                    .post(shop.path("/objects"), Map.of("metadata", Map.of("sku", "A-1")))
                    .at("/object_id");
            byte[] bytes = SampleFiles.jpeg();
            String first = put(shop, bytes);
            String second = put(shop, SampleFiles.jpeg());
            assertDies(doomed, () -> shop.confirm(first));

            Workspace again = shop.through(survivor().client());
            assertThat(again.client().delete(again.path("/uploads/" + first)).status())
                    .isEqualTo(409);
            Answer now = again.client().get(again.path("/objects/" + object + "?return_presigned_urls=true"));
            assertThat(Workspace.get(now.at("/blobs/0/presigned_url")).body()).isEqualTo(bytes);

            assertThat(confirmedAtLast(again, first).at("/object_id")).isEqualTo(object);
            Answer confirmed = again.confirm(second);
            assertThat(confirmed.at("/object_id")).as(confirmed.text()).isEqualTo(object);
            assertThat(again.objects()).isOne();
        }
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
