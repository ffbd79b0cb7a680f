package dev.waybill.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.events.EventIds;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

class WebhookOutboxTests {

    private static final Instant EARLIER = Instant.parse("2026-11-21T09:30:00Z");
    private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final WebhookOutbox outbox = service.bean(WebhookOutbox.class);
    private final Answer founded = service.client()
            .post(
                    "/v1/organizations",
                    Map.of(
                            "organization_name",
                            "org-" + UUID.randomUUID(),
                            "admin_email",
                            "a-%s@example.com".formatted(UUID.randomUUID())));
    private final OrganizationId organization = new OrganizationId(founded.at("/organization_id"));
    private final WaybillClient client = service.client().withKey(founded.at("/api_key/key"));

    @Test
    void withoutSubscribersNothingIsStored() {
        outbox.publish(List.of(happened("1")));

        assertThat(stored()).isZero();
    }

    @Test
    void whatIsPublishedTwiceIsStoredOnce() {
        subscribe("submission.submitted");
        outbox.publish(List.of(happened("1"), happened("2")));
        outbox.publish(List.of(happened("1")));

        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void aPausedWebhookGetsNoEvents() {
        String id = subscribe("submission.submitted");
        client.post("/v1/organizations/webhooks/" + id + "/pause");

        outbox.publish(List.of(happened("1")));

        assertThat(stored()).isZero();
    }

    @Test
    void whatIsMadeUpForIsStoredOnce() {
        subscribe("submission.submitted");
        PublicEvent published = happened("1", LATER);
        outbox.publish(List.of(published));

        outbox.publishMissing(List.of(published, happened("2", LATER)));
        outbox.publishMissing(List.of(published, happened("2", LATER)));

        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void whatOccurredBeforeAWebhookWasMadeIsNotMadeUpFor() {
        subscribe("submission.submitted");

        outbox.publishMissing(List.of(happened("1", EARLIER)));

        assertThat(stored()).isZero();
    }

    @Test
    void whatOccurredBeforeATypeWasAddedIsNotMadeUpFor() {
        String id = subscribe("object.created");
        Instant between = later(id, "/updated_at");
        client.put("/v1/organizations/webhooks/" + id, body("hook", "object.created", "submission.submitted"));

        outbox.publishMissing(List.of(happened("1", between), happened("2", LATER)));

        assertThat(stored("1")).isZero();
        assertThat(stored("2")).isOne();
    }

    @Test
    void aTypeThatStaysIsSubscribedAllTheTime() {
        String id = subscribe("submission.submitted");
        Instant between = later(id, "/updated_at");
        client.put("/v1/organizations/webhooks/" + id, body("other", "object.created", "submission.submitted"));

        outbox.publishMissing(List.of(happened("1", between)));

        assertThat(stored("1")).isOne();
    }

    @Test
    void whatOccurredBeforeAWebhookWasResumedIsNotMadeUpFor() {
        String id = subscribe("submission.submitted");
        client.post("/v1/organizations/webhooks/" + id + "/pause");
        Instant between = later(id, "/paused_at");
        client.post("/v1/organizations/webhooks/" + id + "/resume");

        outbox.publishMissing(List.of(happened("1", between), happened("2", LATER)));

        assertThat(stored("1")).isZero();
        assertThat(stored("2")).isOne();
    }

    /** Whenever it is dispatched, and however often. */
    @Test
    void anEventIsForWebhooksThatSubscribedWhenItWasStored() {
        String first = subscribe("submission.submitted");
        outbox.publish(List.of(happened("1")));
        EventEntity stored = service.bean(MongoOperations.class)
                .find(own(), EventEntity.class)
                .getFirst();
        String second = subscribe("another", "submission.submitted");

        service.bean(FanOut.class).dispatch(List.of(stored));
        outbox.publishMissing(List.of(happened("1")));

        assertThat(deliveries(first)).isOne();
        assertThat(deliveries(second)).isZero();
    }

    @Test
    void whatWasStoredBeforeAPauseWaitsForItsEnd() {
        String id = subscribe("submission.submitted");
        EventEntity stored = EventEntity.of(happened("1"), List.of(id), EARLIER, EARLIER);
        client.post("/v1/organizations/webhooks/" + id + "/pause");

        service.bean(FanOut.class).dispatch(List.of(stored));

        assertThat(deliveries(id)).isOne();
    }

    private long stored() {
        return service.bean(MongoOperations.class).count(own(), EventEntity.class);
    }

    private long stored(String what) {
        Query one =
                own().addCriteria(Criteria.where("event_id").is(happened(what).eventId()));
        return service.bean(MongoOperations.class).count(one, EventEntity.class);
    }

    private Query own() {
        return new Query(Criteria.where("organization_id").is(organization.value()));
    }

    private int deliveries(String webhook) {
        return client.post("/v1/organizations/webhooks/" + webhook + "/deliveries/list")
                .json()
                .at("/results")
                .size();
    }

    /** A moment after that one, and over by now. */
    private Instant later(String webhook, String field) {
        Instant moment = Instant.parse(
                        client.get("/v1/organizations/webhooks/" + webhook).at(field))
                .plusMillis(1);
        await().pollInterval(Duration.ofMillis(2)).until(() -> Instant.now().isAfter(moment.plusMillis(5)));
        return moment;
    }

    private String subscribe(String type) {
        return subscribe("hook", type);
    }

    private String subscribe(String name, String type) {
        Answer made = client.post("/v1/organizations/webhooks", body(name, type));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.at("/webhook_id");
    }

    private static Map<String, Object> body(String name, String... types) {
        return Map.of(
                "webhook_name",
                name,
                "event_types",
                List.of(types),
                "channels",
                List.of(Map.of("channel", "webhook", "configs", Map.of("url", "https://hooks.example.com/waybill"))));
    }

    private PublicEvent happened(String what) {
        return happened(what, EARLIER);
    }

    /** One without a namespace, as submissions have them. */
    private PublicEvent happened(String what, Instant at) {
        String type = "submission.submitted";
        return new PublicEvent(
                EventIds.of(type, organization.value(), what),
                type,
                organization,
                null,
                at,
                new PublicEvent.Subject("submission", what),
                Map.of());
    }
}
