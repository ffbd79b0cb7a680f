package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.Receiver;
import dev.waybill.testing.Receiver.Call;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a crash the follow-up of a confirm is completed by the walk, without another confirm. */
@ResourceLock(CrashStory.EAGER)
class FollowUpCrashTests extends CrashStory {

    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private Receiver receiver;

    FollowUpCrashTests() {
        super(EAGER);
    }

    @BeforeEach
    void start() {
        receiver = Receiver.start();
    }

    @AfterEach
    void stop() {
        survivor().client().delete("/v1/organizations/webhooks/hook");
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "object.row-inserted",
                "confirm.object-written",
                "confirm.batch-submitted",
                "confirm.completed",
                "confirm.told"
            })
    void theUploadIsCompletedItsObjectProcessedAndBothEmitEvents(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace shop = Workspace.create(doomed.client());
            subscribe(doomed.client());
            String upload = shop.putJpeg();
            assertDies(doomed, () -> shop.confirm(upload, Map.of("auto_submit_batch", true)));

            anotherGoesOn();
            Workspace again = shop.through(survivor().client());
            await().atMost(TWO_MINUTES)
                    .until(() -> again.upload(upload).at("/status").equals("COMPLETED"));
            Answer completed = again.upload(upload);
            assertThat(again.settled(completed.at("/task_id")).at("/status")).isEqualTo("COMPLETED");
            Answer batches = again.client().post(again.path("/batches/list"));
            assertThat(batches.json().at("/results").size()).as(batches.text()).isOne();
            assertOneEach("object.created", "upload.completed");
            assertThat(again.objects()).isOne();
        }
    }

    private void assertOneEach(String... types) {
        for (String type : types) {
            await().atMost(TWO_MINUTES)
                    .until(() -> !receiver.calls("/hook", type).isEmpty());
            List<Call> calls = receiver.calls("/hook", type);
            Set<String> ids =
                    calls.stream().map(call -> call.header("webhook-id")).collect(Collectors.toSet());
            assertThat(ids).as(type).hasSize(1);
        }
    }

    private void subscribe(WaybillClient client) {
        Answer made = client.post(
                "/v1/organizations/webhooks/",
                Map.of(
                        "webhook_name",
                        "hook",
                        "event_types",
                        List.of("object.created", "upload.completed"),
                        "channels",
                        List.of(Map.of("channel", "webhook", "configs", Map.of("url", receiver.url("/hook"))))));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }
}
