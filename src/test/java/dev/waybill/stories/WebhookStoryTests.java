package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Receiver;
import dev.waybill.testing.Receiver.Call;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Others hear of what happens here. */
class WebhookStoryTests {

    private static final String WEBHOOKS = "/v1/organizations/webhooks";

    private static ServiceUnderTest service;
    private static Receiver receiver;
    private static GreenMail mail;

    private final String path = "/" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        receiver = Receiver.start();
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        Map<String, String> settings = new HashMap<>();
        settings.put("waybill.fetch.allow", "127.0.0.1");
        settings.put("waybill.webhooks.retry-delay", "50ms");
        settings.put("waybill.webhooks.max-retry-delay", "200ms");
        settings.put("waybill.webhooks.sweep-interval", "100ms");
        settings.put("spring.mail.host", "127.0.0.1");
        settings.put("spring.mail.port", String.valueOf(mail.getSmtp().getPort()));
        settings.put("waybill.webhooks.mail-from", "waybill@example.com");
        service = ServiceUnderTest.start(Stores.create(), settings);
    }

    @AfterAll
    static void stop() {
        service.close();
        receiver.close();
        mail.stop();
    }

    @Test
    void theQuickstartsEventsArriveAndAPublicLibraryVerifiesThem() {
        WaybillClient client = organization();
        String secret = create(client, List.of("object.created", "upload.completed", "batch.completed"))
                .at("/secret");
        assertThat(secret).startsWith("whsec_");
        Workspace shop = Workspace.create(client);

        String object = shop.confirm(shop.putJpeg()).at("/object_id");
        Answer draft = shop.client().post(shop.path("/batches"), Map.of("object_ids", List.of(object)));
        assertThat(draft.status()).as(draft.text()).isEqualTo(200);
        String batch = draft.at("/batch_id");
        Answer submitted = shop.client().post(shop.path("/batches/" + batch + "/submit"));
        assertThat(submitted.status()).as(submitted.text()).isEqualTo(200);

        Call created = one("object.created");
        assertThat(created.json().at("/subject/id").asString()).isEqualTo(object);
        assertThat(created.json().at("/subject/type").asString()).isEqualTo("object");
        assertThat(created.json().at("/namespace_id").asString()).isEqualTo(shop.namespace());
        assertThat(created.json().at("/metadata/bucket_id").asString()).isEqualTo(shop.bucket());
        assertThat(created.json().at("/event_id").asString()).isEqualTo(created.header("webhook-id"));
        assertThat(created.header("content-type")).startsWith("application/json");
        assertThat(one("upload.completed").json().at("/metadata/object_id").asString())
                .isEqualTo(object);
        Call done = one("batch.completed");
        assertThat(done.json().at("/subject/id").asString()).isEqualTo(batch);
        for (Call call : receiver.calls(path)) {
            assertVerifies(secret, call);
        }
    }

    @Test
    void whatHappensToObjectsIsTold() {
        WaybillClient client = organization();
        create(client, List.of("object.created", "objects.created.batch", "object.updated", "object.deleted"));
        Workspace shop = Workspace.create(client);

        String id = shop.client()
                .post(shop.path("/objects"), Map.of("key_prefix", "/a", "metadata", Map.of("sku", "1")))
                .at("/object_id");
        assertThat(shop.client()
                        .patch(shop.path("/objects/" + id), Map.of("key_prefix", "/b"))
                        .status())
                .isEqualTo(200);
        assertThat(shop.client().delete(shop.path("/objects/" + id)).status()).isEqualTo(204);
        Answer many = shop.client()
                .post(
                        shop.path("/objects/batch"),
                        Map.of(
                                "objects",
                                List.of(
                                        Map.of("metadata", Map.of("sku", "2")),
                                        Map.of("metadata", Map.of("sku", "3")))));
        assertThat(many.status()).as(many.text()).isEqualTo(200);

        assertThat(one("object.updated").json().at("/metadata/key_prefix").asString())
                .isEqualTo("/b");
        assertThat(one("object.deleted").json().at("/subject/id").asString()).isEqualTo(id);
        assertThat(one("objects.created.batch")
                        .json()
                        .at("/metadata/object_count")
                        .asInt())
                .isEqualTo(2);
        await().untilAsserted(() ->
                assertThat(ids(receiver.calls(path, "object.created"))).isEqualTo(3));
    }

    @Test
    void aFailedUploadIsTold() {
        WaybillClient client = organization();
        create(client, List.of("upload.failed"));
        Workspace shop = Workspace.create(client);
        Answer upload = shop.askForJpeg();
        Workspace.put(upload.json(), dev.waybill.testing.SampleFiles.pdf());

        assertThat(shop.confirm(upload.at("/upload_id")).status()).isEqualTo(400);

        Call failed = one("upload.failed");
        assertThat(failed.json().at("/subject/id").asString()).isEqualTo(upload.at("/upload_id"));
        assertThat(failed.json().at("/metadata/error").asString()).contains("got PDF");
    }

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
        await().until(() -> receiver.calls(path).size() == 2);
        Call neither = receiver.calls(path).getLast();
        for (String secret : List.of(old, fresh)) {
            assertThatThrownBy(() -> new Webhook(secret).verify(neither.body(), headers(neither)))
                    .isInstanceOf(WebhookVerificationException.class);
        }
        assertThat(client.get(WEBHOOKS + "/" + id).text()).doesNotContain("whsec_");
    }

    @Test
    void fourRefusalsAndThenASuccessAreFiveAttemptsOfOneEvent() {
        WaybillClient client = organization();
        receiver.answering(path, number -> number < 4 ? 500 : 200);
        String id = create(client, List.of("object.created")).at("/webhook_id");

        String delivery = test(client, id).at("/delivery_ids/0");

        Answer log = delivered(client, id, delivery);
        assertThat(log.json().at("/attempts")).hasSize(5);
        assertThat(log.json().at("/attempt_count").asInt()).isEqualTo(5);
        assertThat(log.json().at("/attempts/0/status_code").asInt()).isEqualTo(500);
        assertThat(log.at("/attempts/0/error")).isEqualTo("HTTP 500");
        assertThat(log.at("/attempts/0/response_excerpt")).isEqualTo("call 0");
        assertThat(log.json().at("/attempts/4/status_code").asInt()).isEqualTo(200);
        assertThat(receiver.calls(path)).hasSize(5);
        assertThat(ids(receiver.calls(path))).isOne();
        Answer list = client.post(
                WEBHOOKS + "/" + id + "/deliveries/list", Map.of("status", "DELIVERED", "event_type", "webhook.test"));
        assertThat(list.json().at("/results")).hasSize(1);
    }

    @Test
    void silenceCountsAsAFailureAndRedirectsAreNotFollowed() {
        WaybillClient client = organization();
        CountDownLatch until = new CountDownLatch(1);
        receiver.hanging(path, until);
        String id = create(client, List.of("object.created"), Map.of("timeout", 0.2))
                .at("/webhook_id");
        String delivery = test(client, id).at("/delivery_ids/0");

        await().until(() ->
                delivery(client, id, delivery).json().at("/attempt_count").asInt() > 0);
        assertThat(delivery(client, id, delivery).at("/attempts/0/error")).isEqualTo("No answer within 200 ms");
        assertThat(delivery(client, id, delivery).at("/status")).isEqualTo("PENDING");
        receiver.answering(path, number -> 302);
        until.countDown();
        await().until(() -> delivery(client, id, delivery).text().contains("redirects are not followed"));
        receiver.answering(path, number -> 204);
        delivered(client, id, delivery);
    }

    @Test
    void whilePausedNothingIsSentAndNothingOfItIsMadeUpFor() {
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

        await().until(() -> receiver.calls(path).size() == 1);
        Call call = receiver.calls(path).getFirst();
        assertThat(call.header("x-tenant")).isEqualTo("acme");
        assertThat(call.body()).isEqualTo("{\"text\":\"webhook.test of " + id + "\"}");
    }

    @Test
    void slackAndEmailAreTold() throws Exception {
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
                                        Map.of("webhook_url", receiver.url(path), "username", "Waybill")),
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

        await().until(() -> receiver.calls(path).size() == 1);
        assertThat(receiver.calls(path).getFirst().json().at("/username").asString())
                .isEqualTo("Waybill");
        assertThat(receiver.calls(path).getFirst().json().at("/text").asString())
                .contains("webhook.test");
        assertThat(mail.waitForIncomingEmail(20_000, 1)).isTrue();
        assertThat(mail.getReceivedMessages()[0].getSubject()).isEqualTo("Look: webhook.test");
        assertThat(mail.getReceivedMessages()[0].getContentType()).startsWith("text/html");
    }

    @Test
    void webhooksAreKeptAsTheContractSays() {
        WaybillClient client = organization();
        Answer made = create(client, List.of("object.created", "trigger.fired"));
        String id = made.at("/webhook_id");
        assertThat(id).matches("^wh_[a-fA-F0-9]{16}$");
        assertThat(made.at("/channels/0/configs/url")).isEqualTo(receiver.url(path));
        assertThat(made.json().at("/channels/0/configs/timeout").asDouble()).isEqualTo(10.0);
        String name = made.at("/webhook_name");
        assertThat(client.get(WEBHOOKS + "/" + name.replace(" ", "%20") + "/").at("/webhook_id"))
                .isEqualTo(id);
        assertThat(create(client, List.of("object.created"), Map.of(), name).status())
                .isEqualTo(409);
        assertThat(client.post(WEBHOOKS + "/list/").json().at("/total").asInt()).isOne();
        assertThat(client.post(WEBHOOKS + "/list", Map.of("is_active", false))
                        .json()
                        .at("/results"))
                .isEmpty();
        assertThat(client.post(WEBHOOKS + "/list", Map.of("event_type", "trigger.fired"))
                        .json()
                        .at("/results"))
                .hasSize(1);

        Answer put = client.put(
                WEBHOOKS + "/" + id,
                body("another name", List.of("object.deleted"), Map.of("url", receiver.url(path))));
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(put.at("/webhook_name")).isEqualTo("another name");
        assertThat(put.at("/event_types/0")).isEqualTo("object.deleted");
        assertThat(put.at("/webhook_id")).isEqualTo(id);

        for (int i = 0; i < 2; i++) {
            Answer gone = client.delete(WEBHOOKS + "/" + id);
            assertThat(gone.status()).isEqualTo(204);
            assertThat(gone.text()).isEmpty();
        }
        assertThat(client.get(WEBHOOKS + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void whatCannotWorkIsRefusedWithTheReason() {
        WaybillClient client = organization();
        Answer unknown = create(client, List.of("object.eaten"));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text()).contains("batch.completed").contains("event_types");
        for (String bad :
                List.of("http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/", "ftp://x/", "nothing")) {
            Answer refused = client.post(WEBHOOKS, body("bad", List.of("object.created"), Map.of("url", bad)));
            assertThat(refused.status()).as(bad + refused.text()).isEqualTo(400);
        }
        for (Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("timeout", 31),
                Map.of("timeout", 0),
                Map.of("headers", Map.of("Webhook-Signature", "x")),
                Map.of("headers", Map.of("Host", "x")),
                Map.of("headers", Map.of("X-A", "a\r\nb: c")))) {
            assertThat(create(client, List.of("object.created"), bad).status()).isEqualTo(422);
        }
        Answer noMail = ServiceUnderTest.shared()
                .client()
                .post(
                        WEBHOOKS,
                        Map.of(
                                "webhook_name",
                                "mail",
                                "event_types",
                                List.of("object.created"),
                                "channels",
                                List.of(Map.of(
                                        "channel",
                                        "email",
                                        "configs",
                                        Map.of("to_addresses", List.of("ops@example.com"))))));
        assertThat(noMail.status()).isEqualTo(400);
        assertThat(noMail.at("/error/message")).contains("SPRING_MAIL_HOST");
    }

    /** Only the name is known when a webhook is made; where it leads is judged when it is connected to. */
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

    private static WaybillClient organization() {
        String mark = UUID.randomUUID().toString();
        Answer founded = service.client()
                .post(
                        "/v1/organizations",
                        Map.of("organization_name", "org-" + mark, "admin_email", "a-%s@example.com".formatted(mark)));
        assertThat(founded.status()).as(founded.text()).isEqualTo(200);
        return service.client().withKey(founded.at("/api_key/key"));
    }

    private Answer create(WaybillClient client, List<String> types) {
        return create(client, types, Map.of());
    }

    private Answer create(WaybillClient client, List<String> types, Map<String, Object> settings) {
        return create(client, types, settings, "my hook");
    }

    private Answer create(WaybillClient client, List<String> types, Map<String, Object> settings, String name) {
        Map<String, Object> configs = new HashMap<>(settings);
        configs.put("url", receiver.url(path));
        return client.post(WEBHOOKS + "/", body(name, types, configs));
    }

    private static Map<String, Object> body(String name, List<String> types, Map<String, ?> configs) {
        return Map.of(
                "webhook_name",
                name,
                "event_types",
                types,
                "channels",
                List.of(Map.of("channel", "webhook", "configs", configs)));
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

    private Call one(String eventType) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !receiver.calls(path, eventType).isEmpty());
        assertThat(ids(receiver.calls(path, eventType))).isOne();
        return receiver.calls(path, eventType).getFirst();
    }

    private static long ids(List<Call> calls) {
        return calls.stream()
                .map(call -> call.header("webhook-id"))
                .collect(Collectors.toSet())
                .size();
    }

    private static Map<String, List<String>> headers(Call call) {
        return Map.of(
                "webhook-id", List.of(call.header("webhook-id")),
                "webhook-timestamp", List.of(call.header("webhook-timestamp")),
                "webhook-signature", List.of(call.header("webhook-signature")));
    }

    private static void assertVerifies(String secret, Call call) {
        assertThatCode(() -> new Webhook(secret).verify(call.body(), headers(call)))
                .doesNotThrowAnyException();
    }
}
