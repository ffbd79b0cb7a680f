package dev.waybill.benchmarks;

import static org.awaitility.Awaitility.await;

import dev.waybill.platform.events.EventIds;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.fetch.UrlPoster;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Receiver;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/**
 * Throughput of webhook deliveries to one fast endpoint, beside bare requests to it without anything stored. Receiver
 * and stores share the machine: read the ratio.
 *
 * <p>Not part of the build: {@code ./mvnw test -Dtest=DeliveryBenchmark}.
 */
class DeliveryBenchmark {

    private static final int EVENTS = Integer.getInteger("waybill.test.events", 2_000);
    private static final int ROUNDS = 3;

    /** The number of concurrent publishers: requests, each with one event. */
    private static final int PUBLISHERS = 8;

    /** As many as the service sends to one endpoint at once. */
    private static final int PARALLEL = 4;

    @Test
    void deliveriesToOneFastEndpointBesideBareRequests() {
        try (Receiver receiver = Receiver.start();
                ServiceUnderTest service =
                        ServiceUnderTest.start(Stores.create(), Map.of("waybill.fetch.allow", "127.0.0.1"))) {
            Answer founded = service.client()
                    .post("/v1/organizations", Map.of("organization_name", "fast", "admin_email", "ada@example.com"));
            OrganizationId organization = new OrganizationId(founded.at("/organization_id"));
            Answer made = service.client()
                    .withKey(founded.at("/api_key/key"))
                    .post(
                            "/v1/organizations/webhooks",
                            Map.of(
                                    "webhook_name",
                                    "hook",
                                    "event_types",
                                    List.of("object.created"),
                                    "channels",
                                    List.of(Map.of(
                                            "channel", "webhook", "configs", Map.of("url", receiver.url("/hook"))))));
            if (made.status() != 201) {
                throw new IllegalStateException(made.text());
            }
            // The first round warms up.
            for (int round = 0; round <= ROUNDS; round++) {
                double bare = bare(service.bean(UrlPoster.class), receiver.url("/bare/" + round));
                double delivered = delivered(service.bean(EventOutbox.class), organization, receiver, round);
                if (round > 0) {
                    System.out.printf(
                            "bare requests %6.0f/s   deliveries %6.0f/s   ratio %.2f%n",
                            bare, delivered, delivered / bare);
                }
            }
        }
    }

    private static double bare(UrlPoster poster, String url) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();
        sideBySide(PARALLEL, i -> poster.post(url, Map.of(), body, Duration.ofSeconds(10), 1024));
        return perSecond(start);
    }

    private static double delivered(EventOutbox outbox, OrganizationId organization, Receiver receiver, int round) {
        int before = receiver.calls("/hook").size();
        long start = System.nanoTime();
        sideBySide(PUBLISHERS, i -> outbox.publish(List.of(happened(organization, round * EVENTS + i))));
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> receiver.calls("/hook").size() - before >= EVENTS);
        return perSecond(start);
    }

    private static void sideBySide(int threads, IntConsumer work) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < EVENTS; i++) {
                int number = i;
                pool.execute(() -> work.accept(number));
            }
        }
    }

    private static double perSecond(long start) {
        return EVENTS / (Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
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
