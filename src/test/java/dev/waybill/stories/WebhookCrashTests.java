package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.local.LocalServices;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Receiver;
import dev.waybill.testing.Receiver.Call;
import dev.waybill.testing.ServiceProcess;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever dies between a change and its telling: exactly one event arrives afterwards, once or more often. */
class WebhookCrashTests {

    private static final Map<String, String> QUICK = Map.of(
            "WAYBILL_FETCH_ALLOW", "127.0.0.1",
            "WAYBILL_TASKS_LEASE", "2s",
            "WAYBILL_OBJECTS_NEWSPATIENCE", "1s",
            "waybill.objects.news-interval", "200ms",
            "WAYBILL_WEBHOOKS_FANOUTPATIENCE", "1s",
            "WAYBILL_WEBHOOKS_WATCHAFTER", "1s",
            "waybill.webhooks.sweep-interval", "200ms");

    @TempDir
    Path folder;

    private LocalServices services;
    private Receiver receiver;

    @BeforeEach
    void start() {
        services = LocalServices.inMemory(folder);
        receiver = Receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
        services.close();
    }

    /** The client hears nothing and confirms again, as it would. */
    @ParameterizedTest
    @ValueSource(strings = {"confirm.object-written", "webhooks.event-written"})
    void aConfirmThatDiedIsToldOfOnce(String step) {
        try (ServiceProcess doomed = ServiceProcess.start(services, haltingAt(step))) {
            Workspace shop = Workspace.create(doomed.client());
            subscribe(doomed.client());
            String upload = shop.putJpeg();
            assertDies(doomed, () -> shop.confirm(upload));

            try (ServiceUnderTest survivor = ServiceUnderTest.start(services, QUICK)) {
                Answer again = shop.through(survivor.client()).confirm(upload);
                assertThat(again.at("/status")).as(again.text()).isEqualTo("COMPLETED");
                assertOneEvent(again.at("/object_id"));
            }
        }
    }

    /** Nobody repeats these: what was written is told of all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"object.written", "webhooks.event-written"})
    void anObjectWhoseMakerDiedIsToldOfOnce(String step) {
        try (ServiceProcess doomed = ServiceProcess.start(services, haltingAt(step))) {
            Workspace shop = Workspace.create(doomed.client());
            subscribe(doomed.client());
            assertDies(doomed, () -> shop.client().post(shop.path("/objects"), Map.of("metadata", Map.of("sku", "1"))));

            try (ServiceUnderTest survivor = ServiceUnderTest.start(services, QUICK)) {
                Answer list = shop.through(survivor.client()).client().post(shop.path("/objects/list"));
                assertOneEvent(list.at("/results/0/object_id"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhooks.deliveries-written", "webhooks.attempted"})
    void aDeliveryWhoseWorkerDiedIsMadeByAnother(String step) {
        try (ServiceProcess doomed = ServiceProcess.start(services, haltingAt(step))) {
            Workspace shop = Workspace.create(doomed.client());
            subscribe(doomed.client());
            // Perhaps so soon that the answer does not come.
            assertDies(doomed, () -> shop.client().post(shop.path("/objects"), Map.of("metadata", Map.of("sku", "1"))));

            try (ServiceUnderTest survivor = ServiceUnderTest.start(services, QUICK)) {
                Answer list = shop.through(survivor.client()).client().post(shop.path("/objects/list"));
                assertOneEvent(list.at("/results/0/object_id"));
            }
        }
    }

    @Test
    void aDeletionWhoseTellerDiedIsToldOfOnce() {
        try (ServiceProcess doomed = ServiceProcess.start(services, haltingAt("object.untold"))) {
            Workspace shop = Workspace.create(doomed.client());
            String upload = shop.putJpeg();
            String object = shop.confirm(upload).at("/object_id");
            subscribe(doomed.client());
            assertDies(doomed, () -> shop.client().delete(shop.path("/objects/" + object)));

            try (ServiceUnderTest survivor = ServiceUnderTest.start(services, QUICK)) {
                assertThat(shop.through(survivor.client()).object(object).status())
                        .isEqualTo(404);
                assertOneEvent(object);
            }
        }
    }

    private static Map<String, String> haltingAt(String step) {
        Map<String, String> settings = new HashMap<>(QUICK);
        // It does not sweep itself: dying in the middle of that would keep the sweep's lock for a while.
        settings.put("waybill.objects.news-interval", "1h");
        settings.put("waybill.webhooks.sweep-interval", "1h");
        settings.put("WAYBILL_HALT_AT", step);
        return settings;
    }

    private static void assertDies(ServiceProcess doomed, Runnable request) {
        try {
            request.run();
        } catch (UncheckedIOException brokenOff) {
            assertThat(brokenOff).isNotNull();
        }
        assertThat(doomed.exitCode()).isEqualTo(137);
    }

    private void subscribe(WaybillClient client) {
        Answer made = client.post(
                "/v1/organizations/webhooks/",
                Map.of(
                        "webhook_name",
                        "hook",
                        "event_types",
                        List.of("object.created", "object.deleted"),
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
