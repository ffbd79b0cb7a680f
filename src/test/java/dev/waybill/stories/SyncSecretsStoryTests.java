package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.Confidential;
import dev.waybill.testing.Receiver;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.SyntheticS3;
import dev.waybill.testing.WaybillClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Credentials of sources are in nothing that is stored or sent, whatever the outcome of their runs. */
class SyncSecretsStoryTests {

    private static final String HOOK = "/hook";
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared(Map.of("waybill.fetch.allow", "127.0.0.1"));

    @Test
    void aSecretIsInNoEventTaskMetricOrRow() {
        try (Receiver receiver = Receiver.start();
                SyntheticS3 source = SyntheticS3.start(3, 100)) {
            Answer founded = Tenant.founded(SERVICE.client(), UUID.randomUUID().toString());
            WaybillClient client = SERVICE.client().withKey(founded.at("/api_key/key"));
            subscribe(client, receiver);
            SyncStory story = SyncStory.create(client, source);
            assertThat(status(story)).isEqualTo("COMPLETED");
            source.failing((key, number) -> SyntheticS3.Fault.EXPIRED_TOKEN);
            assertThat(status(story)).isEqualTo("FAILED");

            await().until(() -> receiver.calls(HOOK, "sync.completed").size() == 1
                    && receiver.calls(HOOK, "sync.failed").size() == 1);

            assertThat(receiver.calls(HOOK, "sync.failed").getFirst().body()).contains("EXPIRED_CREDENTIALS");
            assertThat(SERVICE.metrics()).contains("waybill_syncs_files_total");
            Confidential.assertKeptBy(SERVICE);
        }
    }

    private static String status(SyncStory story) {
        JsonNode run = story.ended(story.trigger());
        return run.at("/status").asString();
    }

    private static void subscribe(WaybillClient client, Receiver receiver) {
        Answer hook = client.post(
                "/v1/organizations/webhooks/",
                Map.of(
                        "webhook_name",
                        "syncs",
                        "event_types",
                        List.of("sync.completed", "sync.failed"),
                        "channels",
                        List.of(Map.of("channel", "webhook", "configs", Map.of("url", receiver.url(HOOK))))));
        assertThat(hook.status()).as(hook.text()).isEqualTo(201);
    }
}
