package dev.waybill.deliveries;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Endpoints that never answer delay no deliveries but their own. */
@Order(14)
class HangingEndpointsTests {

    private static final Logger log = LoggerFactory.getLogger(HangingEndpointsTests.class);
    private static final int EVENTS = Integer.getInteger("waybill.test.events", 100);
    private static final int SERVED = 17;
    private static final int HANGING = 3;

    @Test
    void theOthersGetTheirEventsWhileThreeOfTwentyHang() {
        CountDownLatch never = new CountDownLatch(1);
        try (Receiver receiver = Receiver.start();
                ServiceUnderTest service = ServiceUnderTest.start(
                        Stores.create(),
                        Map.of("waybill.fetch.allow", "127.0.0.1", "waybill.webhooks.retry-delay", "100ms"))) {
            deliver(service, receiver, "warm-up", 0, never);
            Duration alone = deliver(service, receiver, "alone", 0, never);
            Duration beside = deliver(service, receiver, "beside", HANGING, never);
            log.info(
                    "{} events to {} endpoints: {} ms, and {} ms beside {} that hang; that is {} times",
                    EVENTS,
                    SERVED,
                    alone.toMillis(),
                    beside.toMillis(),
                    HANGING,
                    "%.2f".formatted((double) beside.toMillis() / alone.toMillis()));
            never.countDown();
        }
    }

    /** How long it takes until all endpoints that answer have all events. */
    private static Duration deliver(
            ServiceUnderTest service, Receiver receiver, String name, int hanging, CountDownLatch never) {
        Answer founded = service.client()
                .post("/v1/organizations", Map.of("organization_name", name, "admin_email", "ada@example.com"));
        WaybillClient client = service.client().withKey(founded.at("/api_key/key"));
        List<String> deaf = paths(name + "/hanging", hanging);
        List<String> served = paths(name + "/served", SERVED);
        deaf.forEach(path -> receiver.hanging(path, never));
        Stream.concat(deaf.stream(), served.stream()).forEach(path -> subscribe(client, receiver.url(path), path));

        long start = System.nanoTime();
        publish(service, new OrganizationId(founded.at("/organization_id")));
        // Those that hang are never answered, so whatever arrives elsewhere did not wait for them.
        for (String path : served) {
            await().atMost(Duration.ofMinutes(5)).until(() -> ids(receiver, path), got -> got >= EVENTS);
            assertThat(ids(receiver, path)).isEqualTo(EVENTS);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(never.getCount()).isOne();
        deaf.forEach(path -> assertThat(receiver.calls(path)).isNotEmpty());
        return took;
    }

    private static List<String> paths(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> "/" + name + "/" + i).toList();
    }

    private static void publish(ServiceUnderTest service, OrganizationId organization) {
        EventOutbox outbox = service.bean(EventOutbox.class);
        for (int from = 0; from < EVENTS; from += 10) {
            List<PublicEvent> some = new ArrayList<>();
            IntStream.range(from, Math.min(from + 10, EVENTS)).forEach(i -> some.add(happened(organization, i)));
            outbox.publish(some);
        }
    }

    private static long ids(Receiver receiver, String path) {
        return receiver.calls(path).stream()
                .map(call -> call.header("webhook-id"))
                .collect(Collectors.toSet())
                .size();
    }

    private static void subscribe(WaybillClient client, String url, String name) {
        Answer made = client.post(
                "/v1/organizations/webhooks/",
                Map.of(
                        "webhook_name",
                        name.replace('/', '-'),
                        "event_types",
                        List.of("object.created"),
                        "channels",
                        List.of(Map.of("channel", "webhook", "configs", Map.of("url", url, "timeout", 2.0)))));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    private static PublicEvent happened(OrganizationId organization, int number) {
        return new PublicEvent(
                EventIds.of("object.created", String.valueOf(number)),
                "object.created",
                organization,
                null,
                Instant.parse("2026-11-21T09:30:00Z"),
                new PublicEvent.Subject("object", "obj_" + number),
                Map.of("number", number));
    }
}
