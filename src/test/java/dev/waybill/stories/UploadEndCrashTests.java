package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service crashes while it cancels or fails an upload: that stands, and the bytes are removed when no PUT can come.
 */
@ResourceLock(CrashStory.EAGER)
class UploadEndCrashTests extends CrashStory {

    UploadEndCrashTests() {
        super(EAGER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm.verified", "confirm.object-written", "confirm.told", "confirm.completed"})
    void aConfirmThatDiedRefusingAFileRefusesItAgain(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace workspace = Workspace.create(doomed.client());
            String id = put(workspace, "no picture".getBytes(UTF_8));
            assertDies(doomed, () -> workspace.confirm(id));

            aMinutePasses();
            Workspace again = workspace.through(survivor().client());
            if (step.equals("confirm.verified")) {
                assertThat(again.confirm(id).status()).isEqualTo(400);
            } else {
                // Nobody confirms again: the walk sets the status of the upload that was decided.
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> again.upload(id).at("/status").equals("FAILED"));
                assertThat(again.confirm(id).status()).isEqualTo(409);
            }
            assertThat(again.upload(id).at("/status")).isEqualTo("FAILED");
            assertNothingIsLeft(again);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"object.row-inserted", "confirm.object-written", "confirm.told", "confirm.completed"})
    void aCancellationThatDiedStands(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace workspace = Workspace.create(doomed.client());
            String id = put(workspace, SampleFiles.jpeg());
            assertDies(doomed, () -> workspace.client().delete(workspace.path("/uploads/" + id)));

            Workspace again = workspace.through(survivor().client());
            assertThat(again.confirm(id).status()).isEqualTo(409);
            assertThat(again.upload(id).at("/status")).isEqualTo("CANCELED");
            assertThat(again.client().delete(again.path("/uploads/" + id)).status())
                    .isEqualTo(204);
            assertNothingIsLeft(again);
        }
    }

    /** By a URL that ends in a minute. */
    private static String put(Workspace workspace, byte[] bytes) {
        Answer upload = workspace.ask(
                Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "presigned_url_expiration", 60));
        assertThat(Workspace.put(upload.json(), bytes).statusCode()).isEqualTo(200);
        return upload.at("/upload_id");
    }

    private void assertNothingIsLeft(Workspace workspace) {
        assertThat(workspace.objects()).isZero();
        removeOrphans();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(files(workspace)).isEmpty());
    }
}
