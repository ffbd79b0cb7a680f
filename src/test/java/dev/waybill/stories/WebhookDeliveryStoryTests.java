package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Receiver.Call;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Deliveries of events: signatures, attempts, retries, pauses and channels. */
class WebhookDeliveryStoryTests extends WebhookStory {

    @Test
    void afterARotationBothSecretsVerifyUntilTheOldOneEnds() {
        WaybillClient client = organization();
        Answer made = create(client, List.of("object.created"));
        String id = made.at("/webhook_id");
        String old = made.at("/secret");

        Answer rotated = client.post(WEBHOOKS + "/" + id + "/rotate-secret", Map.of("overlap_seconds", 3600));
        String fresh = rotated.at("/secret");
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);
        assertThat(fresh).startsWith("whsec_").isNotEqualTo(old);
        assertThat(rotated.at("/previous_secret_expires_at")).isNotEmpty();
        test(client, id);
        Call both = one("webhook.test");
        assertVerifies(old, both);
        assertVerifies(fresh, both);

        client.post(WEBHOOKS + "/" + id + "/rotate-secret", Map.of("overlap_seconds", 0));
        test(client, id);
        await().until(() -> RECEIVER.calls(path).size() == 2);
        Call neither = RECEIVER.calls(path).getLast();
        for (String secret : List.of(old, fresh)) {
            assertThatThrownBy(() -> new Webhook(secret).verify(neither.body(), headers(neither)))
                    .isInstanceOf(WebhookVerificationException.class);
        }
        assertThat(client.get(WEBHOOKS + "/" + id).text()).doesNotContain("whsec_");
    }

    @Test
    void fourRefusalsAndThenASuccessAreFiveAttemptsOfOneEvent() {
        WaybillClient client = organization();
        RECEIVER.answering(path, number -> number < 4 ? 500 : 200);
        String id = create(client, List.of("object.created")).at("/webhook_id");

        String delivery = test(client, id).at("/delivery_ids/0");

        Answer log = delivered(client, id, delivery);
        assertThat(log.json().at("/attempts")).hasSize(5);
        assertThat(log.json().at("/attempt_count").asInt()).isEqualTo(5);
        assertThat(log.json().at("/attempts/0/status_code").asInt()).isEqualTo(500);
        assertThat(log.at("/attempts/0/error")).isEqualTo("HTTP 500");
        assertThat(log.at("/attempts/0/response_excerpt")).isEqualTo("call 0");
        assertThat(log.json().at("/attempts/4/status_code").asInt()).isEqualTo(200);
        assertThat(log.at("/attempts/0/trigger")).isEqualTo("test");
        assertThat(log.at("/attempts/1/trigger")).isEqualTo("retry");
        assertThat(log.text()).doesNotContain("retry_after_seconds");
        assertThat(RECEIVER.calls(path)).hasSize(5);
        assertThat(ids(RECEIVER.calls(path))).isOne();
        Answer list = client.post(
                WEBHOOKS + "/" + id + "/deliveries/list", Map.of("status", "DELIVERED", "event_type", "webhook.test"));
        assertThat(list.json().at("/results")).hasSize(1);
    }

    /** Without Retry-After, the service would retry within 50 ms. */
    @Test
    void retryAfterIsHonoured() {
        WaybillClient client = organization();
        RECEIVER.answering(path, number -> number == 0 ? 503 : 200);
        RECEIVER.askingForPause(path, "1");
        String id = create(client, List.of("object.created")).at("/webhook_id");

        String delivery = test(client, id).at("/delivery_ids/0");

        JsonNode attempts = delivered(client, id, delivery).json().at("/attempts");
        assertThat(attempts).hasSize(2);
        assertThat(attempts.at("/0/retry_after_seconds").asInt()).isOne();
        assertThat(attempts.at("/1").has("retry_after_seconds")).isFalse();
        assertThat(Instant.parse(attempts.at("/1/at").asString()))
                .isAfterOrEqualTo(Instant.parse(attempts.at("/0/at").asString()).plusSeconds(1));
    }

    @Test
    void whatIsDeliveredOnceMoreSaysSo() {
        WaybillClient client = organization();
        String id = create(client, List.of("object.created")).at("/webhook_id");
        Workspace shop = Workspace.create(client);
        shop.client().post(shop.path("/objects"), Map.of("metadata", Map.of("sku", "1")));
        String event = one("object.created").header("webhook-id");
        String delivery = client.post(WEBHOOKS + "/" + id + "/deliveries/list", Map.of("event_type", "object.created"))
                .at("/results/0/delivery_id");
        delivered(client, id, delivery);

        client.post(WEBHOOKS + "/" + id + "/deliveries/" + delivery + "/redeliver");

        await().until(() -> RECEIVER.calls(path).size() == 2);
        Answer log = delivered(client, id, delivery);
        assertThat(RECEIVER.calls(path).getLast().header("webhook-id")).isEqualTo(event);
        assertThat(log.at("/attempts/0/trigger")).isEqualTo("initial");
        assertThat(log.at("/attempts/1/trigger")).isEqualTo("redelivery");
    }

    @Test
    void silenceCountsAsAFailureAndRedirectsAreNotFollowed() {
        WaybillClient client = organization();
        CountDownLatch until = new CountDownLatch(1);
        RECEIVER.hanging(path, until);
        String id = create(client, List.of("object.created"), Map.of("timeout", 0.2))
                .at("/webhook_id");
        String delivery = test(client, id).at("/delivery_ids/0");

        await().until(() ->
                delivery(client, id, delivery).json().at("/attempt_count").asInt() > 0);
        assertThat(delivery(client, id, delivery).at("/attempts/0/error")).isEqualTo("No answer within 200 ms");
        assertThat(delivery(client, id, delivery).at("/status")).isEqualTo("PENDING");
        RECEIVER.answering(path, number -> 302);
        until.countDown();
        await().until(() -> delivery(client, id, delivery).text().contains("redirects are not followed"));
        RECEIVER.answering(path, number -> 204);
        delivered(client, id, delivery);
    }

    @Test
    void whilePausedNothingIsSentAndItsEventsAreSkipped() {
        WaybillClient client = organization();
        String id = create(client, List.of("object.created")).at("/webhook_id");
        Workspace shop = Workspace.create(client);
        assertThat(client.post(WEBHOOKS + "/" + id + "/pause").at("/paused_reason"))
                .isEqualTo("Paused on request.");

        shop.confirm(shop.putJpeg());
        assertThat(client.post(WEBHOOKS + "/" + id + "/test").status()).isEqualTo(409);
        client.post(WEBHOOKS + "/" + id + "/resume");
        String second = shop.client()
                .post(shop.path("/objects"), Map.of("metadata", Map.of("sku", "1")))
                .at("/object_id");

        assertThat(one("object.created").json().at("/subject/id").asString()).isEqualTo(second);
    }

    @Test
    void deliveriesForARemovedChannelAreCanceledThoughTheWebhookIsPaused() {
        WaybillClient client = organization();
        RECEIVER.answering(path, number -> 500);
        Map<String, Object> channel = Map.of("channel", "webhook", "configs", Map.of("url", RECEIVER.url(path)));
        Map<String, Object> webhook = new HashMap<>(Map.of(
                "webhook_name",
                "two",
                "event_types",
                List.of("object.created"),
                "channels",
                List.of(channel, channel)));
        String id = client.post(WEBHOOKS, webhook).at("/webhook_id");
        String second = test(client, id).at("/delivery_ids/1");
        client.post(WEBHOOKS + "/" + id + "/pause");

        webhook.put("channels", List.of(channel));
        webhook.put("is_active", false);
        assertThat(client.put(WEBHOOKS + "/" + id, webhook).status()).isEqualTo(200);

        await().until(() -> delivery(client, id, second).at("/status"), "CANCELED"::equals);
    }

    @Test
    void headersAndTemplatesAreTheUsers() {
        WaybillClient client = organization();
        String id = create(
                        client,
                        List.of("object.created"),
                        Map.of(
                                "headers",
                                Map.of("X-Tenant", "acme"),
                                "payload_template",
                                Map.of("text", "{{event_type}} of {{subject.id}}")))
                .at("/webhook_id");

        test(client, id);

        await().until(() -> RECEIVER.calls(path).size() == 1);
        Call call = RECEIVER.calls(path).getFirst();
        assertThat(call.header("x-tenant")).isEqualTo("acme");
        assertThat(call.body()).isEqualTo("{\"text\":\"webhook.test of " + id + "\"}");
    }

    @Test
    void slackAndEmailReceiveEvents() throws Exception {
        WaybillClient client = organization();
        Answer made = client.post(
                WEBHOOKS,
                Map.of(
                        "webhook_name",
                        "people",
                        "event_types",
                        List.of("object.created"),
                        "channels",
                        List.of(
                                Map.of(
                                        "channel",
                                        "slack",
                                        "configs",
                                        Map.of("webhook_url", RECEIVER.url(path), "username", "Waybill")),
                                Map.of(
                                        "channel",
                                        "email",
                                        "configs",
                                        Map.of(
                                                "to_addresses",
                                                List.of("ops@example.com"),
                                                "subject_template",
                                                "Look: {{event_type}}")))));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().at("/channels/0/configs").toString()).doesNotContain("to_addresses", "\"url\"");

        test(client, "people");

        await().until(() -> RECEIVER.calls(path).size() == 1);
        assertThat(RECEIVER.calls(path).getFirst().json().at("/username").asString())
                .isEqualTo("Waybill");
        assertThat(RECEIVER.calls(path).getFirst().json().at("/text").asString())
                .contains("webhook.test");
        assertThat(MAIL.waitForIncomingEmail(20_000, 1)).isTrue();
        assertThat(MAIL.getReceivedMessages()[0].getSubject()).isEqualTo("Look: webhook.test");
        assertThat(MAIL.getReceivedMessages()[0].getContentType()).startsWith("text/html");
    }

    /** Only the host name is known when a webhook is created; its address is checked when it is connected to. */
    @Test
    void aNameThatLeadsInwardsIsAFailedAttempt() {
        WaybillClient client = ServiceUnderTest.shared().client();
        String name = "inwards-" + UUID.randomUUID();
        Answer made =
                client.post(WEBHOOKS, body(name, List.of("trigger.fired"), Map.of("url", "http://localhost:9/x")));
        assertThat(made.status()).as(made.text()).isEqualTo(201);

        String delivery = test(client, name).at("/delivery_ids/0");

        await().until(() -> delivery(client, name, delivery).at("/attempts/0/error"), error -> !error.isEmpty());
        assertThat(delivery(client, name, delivery).at("/attempts/0/error"))
                .isEqualTo("'localhost' leads to an address that is not on the public internet");
        assertThat(client.delete(WEBHOOKS + "/" + name).status()).isEqualTo(204);
    }

    @Test
    void aTargetMayBeWrittenAsPeopleReadIt() {
        WaybillClient client = organization();
        String target = path + "/写真-é";
        Answer made = client.post(
                WEBHOOKS, body("readable", List.of("trigger.fired"), Map.of("url", RECEIVER.url(path) + "/写真-é")));
        assertThat(made.status()).as(made.text()).isEqualTo(201);

        delivered(client, "readable", test(client, "readable").at("/delivery_ids/0"));

        assertThat(RECEIVER.calls(target)).hasSize(1);
    }

    private static Answer test(WaybillClient client, String id) {
        Answer answer = client.post(WEBHOOKS + "/" + id + "/test");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static Answer delivery(WaybillClient client, String webhook, String id) {
        return client.get(WEBHOOKS + "/" + webhook + "/deliveries/" + id);
    }

    private static Answer delivered(WaybillClient client, String webhook, String id) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> delivery(client, webhook, id).at("/status"), "DELIVERED"::equals);
        return delivery(client, webhook, id);
    }
}
