package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service crashes, or stalls, while it creates, changes or deletes an object; nothing is lost and nothing is left.
 */
@Order(5)
@ResourceLock(CrashStory.EAGER)
class ObjectCrashTests extends CrashStory {

    ObjectCrashTests() {
        super(EAGER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"storage.put", "object.blob-stored", "object.row-inserted", "object.written"})
    void anObjectThatWasHalfMadeIsMadeAgainAndStaysOne(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace shop = Workspace.create(doomed.client());
            Map<String, ?> photo = photo();
            assertDies(doomed, () -> create(shop, photo));

            aMinutePasses();
            Workspace again = shop.through(survivor().client());
            Answer made = create(again, photo);
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            assertThat(again.object(made.at("/object_id")).status()).isEqualTo(200);
            assertThat(again.objects()).isEqualTo(1);
            assertOnlyStored(again, 1);
            assertBytesAreThere(again, made.at("/object_id"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete.traces-removed", "delete.removed"})
    void aHalfDoneDeleteCanBeRepeatedAndLeavesNoBytes(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace shop = Workspace.create(doomed.client());
            String id = create(shop, photo()).at("/object_id");
            assertDies(doomed, () -> shop.client().delete(shop.path("/objects/" + id)));

            aMinutePasses();
            Workspace again = shop.through(survivor().client());
            assertThat(again.client().delete(again.path("/objects/" + id)).status())
                    .isIn(204, 404);
            assertThat(again.object(id).status()).isEqualTo(404);
            assertOnlyStored(again, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"object.blob-stored", "object.changed"})
    void aHalfDoneUpdateLeavesTheOldBytesOrTheNewOnes(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace again = Workspace.create(survivor().client());
            String id = create(again, photo()).at("/object_id");
            Workspace shop = again.through(doomed.client());
            assertDies(doomed, () -> shop.client().put(shop.path("/objects/" + id), photo()));

            aMinutePasses();
            assertOnlyStored(again, 1);
            assertBytesAreThere(again, id);
        }
    }

    private static Answer create(Workspace shop, Map<String, ?> object) {
        return shop.client().post(shop.path("/objects"), object);
    }

    private static Map<String, ?> photo() {
        return Map.of(
                "blobs",
                List.of(Map.of(
                        "property",
                        "hero_image",
                        "type",
                        "image",
                        "data",
                        Base64.getEncoder().encodeToString(SampleFiles.jpeg()))),
                "skip_duplicates",
                true);
    }

    private static void assertBytesAreThere(Workspace shop, String object) {
        Answer read = shop.client().get(shop.path("/objects/" + object + "?return_presigned_urls=true"));
        assertThat(Workspace.get(read.at("/blobs/0/presigned_url")).statusCode())
                .isEqualTo(200);
    }

    private void assertOnlyStored(Workspace shop, int files) {
        removeOrphans();
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(files(shop)).hasSize(files));
    }
}
