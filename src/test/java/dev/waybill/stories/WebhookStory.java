package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.standardwebhooks.Webhook;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Receiver;
import dev.waybill.testing.Receiver.Call;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Base class of tests of webhooks: a service that retries soon and may send to this machine, and receivers. All of them
 * end with the JVM.
 */
abstract class WebhookStory {

    static final String WEBHOOKS = "/v1/organizations/webhooks";

    static final Receiver RECEIVER = Receiver.start();
    static final GreenMail MAIL = startMail();
    static final ServiceUnderTest SERVICE = ServiceUnderTest.shared(Map.of(
            "waybill.fetch.allow",
            "127.0.0.1",
            "waybill.webhooks.retry-delay",
            "50ms",
            "waybill.webhooks.max-retry-delay",
            "2s",
            "waybill.webhooks.sweep-interval",
            "100ms",
            "spring.mail.host",
            "127.0.0.1",
            "spring.mail.port",
            String.valueOf(MAIL.getSmtp().getPort()),
            "waybill.webhooks.mail-from",
            "waybill@example.com"));

    /** The path of this test's endpoint alone. */
    final String path = "/" + UUID.randomUUID();

    private static GreenMail startMail() {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        return mail;
    }

    static WaybillClient organization() {
        String mark = UUID.randomUUID().toString();
        Answer founded = SERVICE.client()
                .post(
                        "/v1/organizations",
                        Map.of("organization_name", "org-" + mark, "admin_email", "a-%s@example.com".formatted(mark)));
        assertThat(founded.status()).as(founded.text()).isEqualTo(200);
        return SERVICE.client().withKey(founded.at("/api_key/key"));
    }

    Answer create(WaybillClient client, List<String> types) {
        return create(client, types, Map.of());
    }

    Answer create(WaybillClient client, List<String> types, Map<String, Object> settings) {
        return create(client, types, settings, "my hook");
    }

    Answer create(WaybillClient client, List<String> types, Map<String, Object> settings, String name) {
        Map<String, Object> configs = new HashMap<>(settings);
        configs.put("url", RECEIVER.url(path));
        return client.post(WEBHOOKS + "/", body(name, types, configs));
    }

    static Map<String, Object> body(String name, List<String> types, Map<String, ?> configs) {
        return Map.of(
                "webhook_name",
                name,
                "event_types",
                types,
                "channels",
                List.of(Map.of("channel", "webhook", "configs", configs)));
    }

    Call one(String eventType) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !RECEIVER.calls(path, eventType).isEmpty());
        assertThat(ids(RECEIVER.calls(path, eventType))).isOne();
        return RECEIVER.calls(path, eventType).getFirst();
    }

    static long ids(List<Call> calls) {
        return calls.stream()
                .map(call -> call.header("webhook-id"))
                .collect(Collectors.toSet())
                .size();
    }

    static Map<String, List<String>> headers(Call call) {
        return Map.of(
                "webhook-id", List.of(call.header("webhook-id")),
                "webhook-timestamp", List.of(call.header("webhook-timestamp")),
                "webhook-signature", List.of(call.header("webhook-signature")));
    }

    static void assertVerifies(String secret, Call call) {
        assertThatCode(() -> new Webhook(secret).verify(call.body(), headers(call)))
                .doesNotThrowAnyException();
    }
}
