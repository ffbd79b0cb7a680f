package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.events.EventIds;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Receiver;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cost of webhooks in round trips to MongoDB: without subscribers, for each request, and for each delivery. */
class WebhookStoreCallsTests {

    private static final int REQUESTS = 10;

    /** The commands of the dispatch after a request, in a thread of its own. */
    private static final List<String> DISPATCH =
            List.of("find webhooks", "insert webhook_deliveries", "update webhook_events");

    private static MongoWire wire;
    private static ServiceUnderTest service;
    private static Receiver receiver;

    private WaybillClient client;
    private OrganizationId organization;

    @BeforeAll
    static void start() {
        Stores stores = Stores.create();
        wire = MongoWire.before(URI.create(stores.environment().get("MONGODB_URI")));
        receiver = Receiver.start();
        service = ServiceUnderTest.start(
                stores,
                Map.of(
                        "MONGODB_URI", wire.uri(),
                        "waybill.fetch.allow", "127.0.0.1",
                        // No periodic job is counted.
                        "waybill.webhooks.sweep-interval", "1h"));
    }

    @AfterAll
    static void stop() {
        service.close();
        wire.close();
        receiver.close();
    }

    @BeforeEach
    void found() {
        service.takeTasks();
        String mark = UUID.randomUUID().toString();
        Answer founded = service.client()
                .post(
                        "/v1/organizations",
                        Map.of("organization_name", "org-" + mark, "admin_email", "a-%s@example.com".formatted(mark)));
        client = service.client().withKey(founded.at("/api_key/key"));
        organization = new OrganizationId(founded.at("/organization_id"));
    }

    @Test
    void aRequestPaysOneInsertForItsEventsAndNothingWithoutSubscribers() {
        service.takeNoTasks();
        Workspace shop = Workspace.create(client);
        make(shop);

        long start = System.nanoTime();
        Map<String, Integer> without = counted(() -> make(shop));
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();

        // Subscriptions are cached for two seconds.
        assertThat(without.getOrDefault("find webhooks", 0)).isLessThanOrEqualTo((int) seconds / 2 + 1);
        without.remove("find webhooks");
        assertThat(without.keySet()).noneMatch(command -> command.contains("webhook"));

        subscribe("/requests");
        Map<String, Integer> with = counted(() -> make(shop));

        with.keySet().removeAll(DISPATCH);
        with.keySet().removeIf(command -> command.endsWith(" tasks") || !command.contains("webhook"));
        assertThat(with).isEqualTo(Map.of("insert webhook_events", REQUESTS));
    }

    @Test
    void aDeliveryTakesAFewRoundTripsAndManyTakeAsFew() {
        subscribe("/deliveries");
        publish("warm", 1);

        Map<String, Integer> one = counted(() -> publish("one", 1));
        assertThat(sum(one)).as(one.toString()).isBetween(8, 16);

        Map<String, Integer> many = counted(() -> publish("many", 200));
        assertThat(sum(many)).as(many.toString()).isLessThanOrEqualTo(60);
    }

    /** The walk checks the same rows again and again. */
    @Test
    void checkingThatAllEventsExistTakesOneRead() {
        EventOutbox outbox = service.bean(EventOutbox.class);
        List<PublicEvent> events = events("seen", 100, Instant.now().plusSeconds(60));
        outbox.publishMissing(events);
        assertThat(counted(() -> outbox.publishMissing(events)).keySet())
                .noneMatch(command -> command.contains("webhook_"));

        subscribe("/walk");
        outbox.publishMissing(events);
        await().until(() -> receiver.calls("/walk").size() == 100);
        awaitEnds();

        Map<String, Integer> again = counted(() -> outbox.publishMissing(events));
        again.keySet().removeIf(command -> !command.contains("webhook_"));
        assertThat(again).isEqualTo(Map.of("find webhook_events", 1));
    }

    private static void make(Workspace shop) {
        for (int i = 0; i < REQUESTS; i++) {
            Answer made = shop.client().post(shop.path("/objects"), Map.of("metadata", Map.of("sku", "1")));
            assertThat(made.status()).as(made.text()).isEqualTo(200);
        }
    }

    /** Publishes them at once, and waits until all that follows is done. */
    private void publish(String name, int count) {
        int before = receiver.calls("/deliveries").size();
        service.bean(EventOutbox.class).publish(events(name, count, Instant.now()));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> receiver.calls("/deliveries").size() == before + count);
        awaitEnds();
    }

    /** A delivery is over a moment after it arrived. */
    private void awaitEnds() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.post("/v1/organizations/webhooks/hook/deliveries/list", Map.of("status", "PENDING"))
                        .json()
                        .at("/results")
                        .isEmpty());
    }

    private List<PublicEvent> events(String name, int count, Instant occurredAt) {
        return IntStream.range(0, count)
                .mapToObj(i -> new PublicEvent(
                        EventIds.of("object.created", organization.value(), name, String.valueOf(i)),
                        "object.created",
                        organization,
                        null,
                        occurredAt,
                        new PublicEvent.Subject("object", "obj_" + i),
                        Map.of()))
                .toList();
    }

    private void subscribe(String path) {
        Answer made = client.post(
                "/v1/organizations/webhooks",
                Map.of(
                        "webhook_name",
                        "hook",
                        "event_types",
                        List.of("object.created"),
                        "channels",
                        List.of(Map.of("channel", "webhook", "configs", Map.of("url", receiver.url(path))))));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    /** What went over the wire meanwhile, and how often. */
    private static Map<String, Integer> counted(Runnable work) {
        wire.takeCommands();
        work.run();
        Map<String, Integer> counts = new TreeMap<>();
        wire.takeCommands().forEach(command -> counts.merge(command, 1, Integer::sum));
        return counts;
    }

    /** Those that deliveries cause: workers poll tasks all the time, and the test polls deliveries. */
    private static int sum(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .filter(entry ->
                        entry.getKey().contains("webhook_") || entry.getKey().endsWith(" tasks"))
                .filter(entry ->
                        !entry.getKey().equals("find tasks") && !entry.getKey().equals("aggregate tasks"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
