package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.Receiver;
import dev.waybill.testing.Receiver.Call;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * Base class of tests of two instances whose organization has a webhook on all types of events: in the end, what its
 * receiver got is compared with what the API answers, and no row or key may be left orphaned.
 */
abstract class TwoInstancesStory extends CrashStory {

    /** The longest time until all follow-ups are completed. */
    private static final Duration WAIT = Duration.ofMinutes(2);

    private static final String HOOK = "/hook";

    /** Collections whose documents may name a deleted bucket: receipts that clients may read later, and events. */
    private static final Set<String> RECEIPTS = Set.of("tasks", "locks", "webhook_events", "webhook_deliveries");

    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private Receiver receiver;
    private String organization;
    private String key;

    TwoInstancesStory() {
        super(EAGER);
    }

    @BeforeAll
    void subscribeToAll() {
        receiver = Receiver.start();
        WaybillClient operator = survivor().client();
        Answer founded = Tenant.founded(operator, UUID.randomUUID().toString());
        organization = founded.at("/organization_id");
        key = founded.at("/api_key/key");
        WaybillClient client = operator.withKey(key);
        List<String> types = new ArrayList<>();
        client.get("/v1/organizations/webhooks/event-types")
                .json()
                .at("/event_types")
                .forEach(type -> types.add(type.asString()));
        Answer hook = client.post(
                "/v1/organizations/webhooks/",
                Map.of(
                        "webhook_name",
                        "all",
                        "event_types",
                        types,
                        "channels",
                        List.of(Map.of("channel", "webhook", "configs", Map.of("url", receiver.url(HOOK))))));
        assertThat(hook.status()).as(hook.text()).isEqualTo(201);
    }

    @AfterAll
    void stopReceiving() {
        survivor().client().withKey(key).delete("/v1/organizations/webhooks/all");
        receiver.close();
    }

    /** A client of the organization's, of whichever instance. */
    final WaybillClient client(WaybillClient instance) {
        return instance.withKey(key);
    }

    final EventAudit audit(Workspace shop) {
        return new EventAudit(shop, () -> receiver.calls(HOOK));
    }

    /** The calls of one type of events about one thing. */
    final List<Call> received(String type, String subject) {
        return receiver.calls(HOOK, type).stream()
                .filter(call -> call.json().at("/subject/id").asString().equals(subject))
                .toList();
    }

    /** Starts at once; completes with the answer. */
    static <T> CompletableFuture<T> now(Supplier<T> request) {
        return CompletableFuture.supplyAsync(request, THREADS);
    }

    /** Starts so much later; completes with the answer. */
    static <T> CompletableFuture<T> later(long millis, Supplier<T> request) {
        return CompletableFuture.supplyAsync(
                request, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, THREADS));
    }

    /** Out of so many rounds, how much later something begins in this one, within these bounds. */
    static long delay(int round, int rounds, long first, long last) {
        return first + (last - first) * round / Math.max(1, rounds - 1);
    }

    /** When everything has settled, no event is missing or untrue, and nothing is orphaned. */
    final void assertAllIsTrue(EventAudit audit, Workspace shop) {
        audit.assertNoFaults();
        awaitSettled(audit, shop);
        assertThat(audit.findings().untrue()).isEmpty();
        removeOrphans();
        await().atMost(WAIT)
                .untilAsserted(() -> assertThat(rowsOf(audit.gone())).isEmpty());
        assertThat(audit.findings()).matches(EventFindings::isEmpty);
    }

    private void awaitSettled(EventAudit audit, Workspace shop) {
        List<String> open = new ArrayList<>();
        List<String> untrue = new ArrayList<>();
        try {
            await().atMost(WAIT).pollInterval(Duration.ofMillis(100)).until(() -> {
                EventFindings found = audit.findings();
                open.clear();
                open.addAll(found.pending());
                open.addAll(undelivered());
                open.addAll(unfinished(shop));
                untrue.addAll(found.untrue());
                return !untrue.isEmpty() || open.isEmpty();
            });
            assertThat(untrue).isEmpty();
        } catch (ConditionTimeoutException unsettled) {
            assertThat(open).as("what is still open").isEmpty();
            throw unsettled;
        }
    }

    /** Stored events of the organization's webhooks that were not received yet. */
    private Set<String> undelivered() {
        Set<String> kept = new HashSet<>();
        survivor()
                .bean(MongoTemplate.class)
                .getCollection("webhook_events")
                .find(new Document("organization_id", organization))
                .forEach(event -> kept.add(event.getString("event_id")));
        Set<String> arrived = receiver.calls(HOOK).stream()
                .map(call -> call.header("webhook-id"))
                .collect(Collectors.toSet());
        kept.removeAll(arrived);
        return kept;
    }

    private static List<String> unfinished(Workspace shop) {
        List<String> tasks = new ArrayList<>();
        Answer list = shop.client().post("/v1/tasks/list?limit=1000");
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        list.json().at("/results").forEach(task -> {
            if (Set.of("PENDING", "QUEUED", "PROCESSING", "IN_PROGRESS")
                    .contains(task.at("/status").asString())) {
                tasks.add(task.toString());
            }
        });
        return tasks;
    }

    /** Documents that still name a deleted bucket. */
    private List<String> rowsOf(Collection<String> gone) {
        MongoTemplate mongo = survivor().bean(MongoTemplate.class);
        List<String> rows = new ArrayList<>();
        for (String collection : mongo.getCollectionNames()) {
            if (!gone.isEmpty() && !RECEIPTS.contains(collection)) {
                for (Document row : mongo.getCollection(collection).find()) {
                    String text = row.toJson();
                    if (gone.stream().anyMatch(text::contains)) {
                        rows.add(collection + ": " + text);
                    }
                }
            }
        }
        return rows;
    }
}
