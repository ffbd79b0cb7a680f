package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.Receiver;
import dev.waybill.testing.Receiver.Call;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service crashes between a change and its event: exactly one event is delivered afterwards, at least once. */
@ResourceLock(CrashStory.EAGER)
@Order(2)
class WebhookCrashTests extends CrashStory {

    private Receiver receiver;

    WebhookCrashTests() {
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

    /** The client gets no answer and confirms again, as it would. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "object.row-inserted",
                "confirm.object-written",
                "confirm.told",
                "webhooks.event-written",
                "confirm.completed"
            })
    void aConfirmThatDiedEmitsOneEvent(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace shop = Workspace.create(doomed.client());
            subscribe(doomed.client());
            String upload = shop.putJpeg();
            assertDiesOf(doomed, () -> shop.confirm(upload));

            anotherGoesOn();
            Answer again = shop.through(survivor().client()).confirm(upload);
            assertThat(again.at("/status")).as(again.text()).isEqualTo("COMPLETED");
            assertOneEvent(again.at("/object_id"));
        }
    }

    /** Nobody repeats these: the event of what was written is emitted all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"object.row-inserted", "object.written", "webhooks.event-written", "object.told"})
    void anObjectWhoseCreationDiedEmitsOneEvent(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace shop = Workspace.create(doomed.client());
            subscribe(doomed.client());
            assertDiesOf(
                    doomed, () -> shop.client().post(shop.path("/objects"), Map.of("metadata", Map.of("sku", "1"))));

            anotherGoesOn();
            Answer list = shop.through(survivor().client()).client().post(shop.path("/objects/list"));
            assertOneEvent(list.at("/results/0/object_id"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhooks.deliveries-written",
                "webhooks.endpoints-woken",
                "webhooks.attempted",
                "webhooks.attempts-written"
            })
    void aDeliveryWhoseWorkerDiedIsSentByAnother(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace shop = Workspace.create(doomed.client());
            subscribe(doomed.client());
            // Perhaps so soon that the answer does not come.
            assertDiesOf(
                    doomed, () -> shop.client().post(shop.path("/objects"), Map.of("metadata", Map.of("sku", "1"))));

            anotherGoesOn();
            Answer list = shop.through(survivor().client()).client().post(shop.path("/objects/list"));
            assertOneEvent(list.at("/results/0/object_id"));
        }
    }

    @Test
    void aDeletionThatDiedBeforeItsEventEmitsOne() {
        try (CrashableService doomed = dyingAt("delete.removed")) {
            Workspace shop = Workspace.create(doomed.client());
            String upload = shop.putJpeg();
            String object = shop.confirm(upload).at("/object_id");
            subscribe(doomed.client());
            assertDiesOf(doomed, () -> shop.client().delete(shop.path("/objects/" + object)));

            anotherGoesOn();
            assertThat(shop.through(survivor().client()).object(object).status())
                    .isEqualTo(404);
            assertOneEvent(object);
        }
    }

    /** Other bytes were put after a confirm that died had written the object: that counts. */
    @Test
    void anUploadThatDoesNotFailEmitsNoFailure() {
        try (CrashableService doomed = dyingAt("confirm.object-written")) {
            Workspace shop = UploadedKeyStoryTests.keyed(doomed.client(), "insert");
            subscribe(doomed.client(), "upload.failed", "upload.completed");
            Answer upload = shop.ask(Map.of(
                    "filename", "photo.jpg", "content_type", "image/jpeg", "object_metadata", Map.of("sku", "A-1")));
            String id = upload.at("/upload_id");
            Workspace.put(upload.json(), SampleFiles.jpeg());
            assertDies(doomed, () -> shop.confirm(id));

            survivor().takeTasks();
            Workspace again = shop.through(survivor().client());
            Workspace.put(upload.json(), "no picture".getBytes(UTF_8));
            assertThat(again.confirm(id).at("/status")).isEqualTo("COMPLETED");

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !receiver.calls("/hook", "upload.completed").isEmpty());
            assertThat(receiver.calls("/hook", "upload.failed")).isEmpty();
        }
    }

    private void subscribe(WaybillClient client) {
        subscribe(client, "object.created", "object.deleted");
    }

    private void subscribe(WaybillClient client, String... types) {
        Answer made = client.post(
                "/v1/organizations/webhooks/",
                Map.of(
                        "webhook_name",
                        "hook",
                        "event_types",
                        List.of(types),
                        "channels",
                        List.of(Map.of("channel", "webhook", "configs", Map.of("url", receiver.url("/hook"))))));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    private void assertOneEvent(String object) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !receiver.calls("/hook").isEmpty());
        List<Call> calls = receiver.calls("/hook");
        assertThat(calls.stream().map(call -> call.header("webhook-id")).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(calls)
                .allSatisfy(call ->
                        assertThat(call.json().at("/subject/id").asString()).isEqualTo(object));
    }
}
