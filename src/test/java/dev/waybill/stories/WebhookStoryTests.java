package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.Receiver.Call;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Webhooks are registered, and receive signed events. */
class WebhookStoryTests extends WebhookStory {

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
        for (Call call : RECEIVER.calls(path)) {
            assertVerifies(secret, call);
        }
    }

    @Test
    void changesOfObjectsEmitEvents() {
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
                assertThat(ids(RECEIVER.calls(path, "object.created"))).isEqualTo(3));
    }

    @Test
    void aFailedUploadEmitsAnEvent() {
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
    void webhooksAreStoredAndShownAsTheContractSays() {
        WaybillClient client = organization();
        Answer made = create(client, List.of("object.created", "trigger.fired"));
        String id = made.at("/webhook_id");
        assertThat(id).matches("^wh_[a-fA-F0-9]{16}$");
        assertThat(made.at("/channels/0/configs/url")).isEqualTo(RECEIVER.url(path));
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
                body("another name", List.of("object.deleted"), Map.of("url", RECEIVER.url(path))));
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
        assertThat(noMail.status()).isEqualTo(201);
        assertThat(noMail.at("/channels/0/delivery_problem")).contains("SPRING_MAIL_HOST");
    }
}
