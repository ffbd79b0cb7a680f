package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Studio;
import dev.waybill.testing.WaybillClient;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service crashes while it confirms an agent's file; the agent confirms again. */
@ResourceLock(CrashStory.PLAIN)
class SubmissionCrashTests extends CrashStory {

    SubmissionCrashTests() {
        super(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "submissions.verified",
                "submissions.media-completed",
                "submissions.event-written",
                "submissions.submitted"
            })
    void aConfirmThatDiedIsConfirmedAgain(String step) {
        long before = files();
        boolean submitted = step.equals("submissions.submitted");
        try (CrashableService doomed = dyingAt(step)) {
            Studio studio = Studio.open(doomed.client(), WaybillClient.of(doomed.base()));
            String id = studio.putPng();
            assertDies(doomed, () -> studio.confirm(id));

            Studio again = studio.through(survivor().base(), ServiceUnderTest.API_KEY);
            assertThat(again.status(id)).isEqualTo(submitted ? "submitted" : "pending");
            if (!submitted) {
                Answer confirmed = again.confirm(id);
                assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
                assertThat(confirmed.at("/data/status")).isEqualTo("submitted");
            }
            assertThat(again.confirm(id).at("/error/code")).isEqualTo("MEDIA_FILE_NOT_FOUND");
            removeOrphans();
            await().untilAsserted(() -> assertThat(files()).isEqualTo(before + 1));
        }
    }

    private long files() {
        return survivor().bean(ObjectStorage.class).list("", null, 1000).stream()
                .filter(file -> !file.key().value().startsWith("staging/"))
                .count();
    }
}
