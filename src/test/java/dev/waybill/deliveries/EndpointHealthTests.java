package dev.waybill.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.webhooks.Endpoint;
import dev.waybill.webhooks.Webhook;
import dev.waybill.webhooks.WebhookId;
import dev.waybill.webhooks.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;

class EndpointHealthTests {

    private static final Instant START = Instant.parse("2999-01-01T00:00:00Z");
    private static final Duration FAST = Duration.ofMillis(10);
    private static final DeliveryRound TAKEN = new DeliveryRound(true, false, null, null, FAST);
    private static final DeliveryRound SILENT = new DeliveryRound(false, true, "No answer within 10 ms", null, FAST);

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final Webhooks webhooks = service.bean(Webhooks.class);
    private final CircuitStore circuits = service.bean(CircuitStore.class);
    private final OrganizationId organization;
    private final WebhookId id;
    private Instant now = START;
    private final EndpointHealth health =
            new EndpointHealth(webhooks, circuits, service.bean(DeliveryProperties.class), () -> now);

    EndpointHealthTests() {
        Answer founded = service.client()
                .post(
                        "/v1/organizations",
                        Map.of(
                                "organization_name",
                                "org-" + UUID.randomUUID(),
                                "admin_email",
                                "a-%s@example.com".formatted(UUID.randomUUID())));
        Map<String, Object> channel =
                Map.of("channel", "webhook", "configs", Map.of("url", "https://hooks.example.com/"));
        Answer made = service.client()
                .withKey(founded.at("/api_key/key"))
                .post(
                        "/v1/organizations/webhooks",
                        Map.of(
                                "webhook_name",
                                "two",
                                "event_types",
                                List.of("object.created"),
                                "channels",
                                List.of(channel, channel)));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        organization = new OrganizationId(founded.at("/organization_id"));
        id = new WebhookId(made.at("/webhook_id"));
    }

    @Test
    void aDeadChannelPausesItsWebhookThoughAnotherOneWorks() {
        after(1, failed("HTTP 500"));
        now = START.plus(Duration.ofHours(12));
        after(0, TAKEN);
        assertThat(webhook().failingSince()).isEqualTo(START);
        assertThat(webhook().active()).isTrue();

        now = START.plus(Duration.ofHours(24));
        after(1, failed("HTTP 502"));

        assertThat(webhook().paused())
                .isEqualTo(new Webhook.Pause(
                        "Every attempt since 2999-01-01T00:00:00Z over channels[1] (webhook) failed; the last one: HTTP 502",
                        now));
    }

    @Test
    void aSuccessEndsAFailure() {
        after(0, failed("HTTP 500"));
        now = START.plus(Duration.ofHours(1));
        after(1, failed("HTTP 500"));
        assertThat(webhook().failingSince()).isEqualTo(START);

        after(0, TAKEN);
        assertThat(webhook().failingSince()).isEqualTo(now);

        after(1, TAKEN);
        assertThat(webhook().failingSince()).isNull();
    }

    @Test
    void asLongAsAllIsWellNothingIsStored() {
        after(0, TAKEN);

        assertThat(service.bean(MongoOperations.class).findById(endpoint(0).key(), CircuitEntity.class))
                .isNull();
    }

    @Test
    void silenceOpensTheCircuitAndAProbeThatIsAnsweredClosesIt() {
        after(0, SILENT);
        assertThat(circuit().state(now)).isEqualTo(CircuitEntity.State.OPEN);
        Duration first = circuit().pause(now).orElseThrow();
        assertThat(first).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));

        now = now.plus(first);
        assertThat(circuit().state(now)).isEqualTo(CircuitEntity.State.HALF_OPEN);
        after(0, SILENT);
        assertThat(circuit().pause(now).orElseThrow()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));

        now = now.plus(Duration.ofSeconds(20));
        after(0, failed("HTTP 500"));
        assertThat(circuit().state(now)).isEqualTo(CircuitEntity.State.CLOSED);
    }

    @Test
    void theBackoffIsBounded() {
        for (int i = 0; i < 70; i++) {
            after(0, SILENT);
        }

        assertThat(circuit().pause(now).orElseThrow()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
    }

    @Test
    void aRequestedPauseIsGrantedWithinTheBound() {
        after(0, new DeliveryRound(false, false, "HTTP 429", Duration.ofSeconds(30), FAST));
        assertThat(circuit().pause(now)).contains(Duration.ofSeconds(30));

        after(0, new DeliveryRound(false, false, "HTTP 429", Duration.ofDays(30), FAST));
        assertThat(circuit().pause(now)).contains(Duration.ofMinutes(10));
    }

    @Test
    void anEndpointThatTakesLongerThanATurnMayBlockUntilItDoesNot() {
        after(0, new DeliveryRound(true, false, null, null, Duration.ofSeconds(3)));
        assertThat(circuit().mayBlock()).isTrue();
        assertThat(circuit().state(now)).isEqualTo(CircuitEntity.State.CLOSED);

        after(0, TAKEN);
        assertThat(circuit().mayBlock()).isFalse();
    }

    @Test
    void onRequestAnOpenCircuitIsProbedAtOnceAndAClosedOneStaysSo() {
        after(0, SILENT);

        circuits.halfOpen(webhook().endpoints(), now);

        assertThat(circuit().state(now)).isEqualTo(CircuitEntity.State.HALF_OPEN);
        assertThat(circuits.find(endpoint(1)).state(now)).isEqualTo(CircuitEntity.State.CLOSED);
    }

    private void after(int channel, DeliveryRound deliveryRound) {
        CircuitEntity before = circuits.find(endpoint(channel));
        CircuitEntity after = health.after(webhook(), endpoint(channel), before, deliveryRound);
        assertThat(after).isEqualTo(circuits.find(endpoint(channel)));
    }

    private static DeliveryRound failed(String error) {
        return new DeliveryRound(false, false, error, null, FAST);
    }

    private CircuitEntity circuit() {
        return circuits.find(endpoint(0));
    }

    private Endpoint endpoint(int channel) {
        return new Endpoint(organization, id, channel);
    }

    private Webhook webhook() {
        return webhooks.find(organization, id).orElseThrow();
    }
}
