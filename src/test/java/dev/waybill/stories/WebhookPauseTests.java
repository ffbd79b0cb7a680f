package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.MovedTime;
import dev.waybill.testing.Receiver;
import dev.waybill.testing.Receiver.Call;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.WaybillClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A webhook is paused when its receiver is dead for a day; the clock is put forward. */
class WebhookPauseTests {

    private static final String WEBHOOKS = "/v1/organizations/webhooks";

    @Test
    void aWebhookWhoseReceiverIsDeadForADayIsPausedAndWorksAgainWhenResumed() {
        MovedTime time = MovedTime.create();
        Map<String, String> settings = new HashMap<>(time.settings());
        settings.put("waybill.fetch.allow", "127.0.0.1");
        settings.put("waybill.webhooks.retry-delay", "50ms");
        settings.put("waybill.webhooks.max-retry-delay", "200ms");
        settings.put("waybill.webhooks.sweep-interval", "100ms");
        try (Receiver receiver = Receiver.start();
                ServiceUnderTest service = ServiceUnderTest.start(Stores.create(), settings)) {
            WaybillClient client = service.client();
            receiver.answering("/hook", number -> 500);
            String id = client.post(
                            WEBHOOKS,
                            Map.of(
                                    "webhook_name",
                                    "hook",
                                    "event_types",
                                    List.of("object.created"),
                                    "channels",
                                    List.of(Map.of(
                                            "channel", "webhook", "configs", Map.of("url", receiver.url("/hook"))))))
                    .at("/webhook_id");
            String delivery = client.post(WEBHOOKS + "/" + id + "/test").at("/delivery_ids/0");
            await().until(() ->
                    !client.get(WEBHOOKS + "/" + id).at("/failing_since").isEmpty());

            time.ahead(Duration.ofHours(24).plusMinutes(1));

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !client.get(WEBHOOKS + "/" + id)
                            .json()
                            .at("/is_active")
                            .asBoolean());
            Answer paused = client.get(WEBHOOKS + "/" + id);
            assertThat(paused.at("/paused_reason"))
                    .startsWith("Every attempt since ")
                    .endsWith("HTTP 500");
            assertThat(paused.at("/paused_at")).isNotEmpty();
            String log = WEBHOOKS + "/" + id + "/deliveries/" + delivery;
            await().until(() -> client.get(log).at("/status"), "DEAD"::equals);
            assertThat(client.post(log + "/redeliver").status()).isEqualTo(409);

            receiver.answering("/hook", number -> 200);
            assertThat(client.post(WEBHOOKS + "/" + id + "/resume")
                            .json()
                            .at("/is_active")
                            .asBoolean())
                    .isTrue();
            assertThat(client.post(log + "/redeliver").status()).isEqualTo(200);

            await().atMost(Duration.ofSeconds(30)).until(() -> client.get(log).at("/status"), "DELIVERED"::equals);
            assertThat(receiver.calls("/hook").stream()
                            .map((Call call) -> call.header("webhook-id"))
                            .collect(Collectors.toSet()))
                    .hasSize(1);
            assertThat(client.get(WEBHOOKS + "/" + id).text()).doesNotContain("failing_since", "paused_reason");
        }
    }
}
