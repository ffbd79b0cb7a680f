package dev.waybill.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import dev.waybill.webhooks.Channel;
import dev.waybill.webhooks.Endpoint;
import dev.waybill.webhooks.WebhookId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class DeliveryStoreTests {

    private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

    private static final WebhookId WEBHOOK = new WebhookId("wh_00a1b2c3d4e5f607");

    private final TestMongo mongo;
    private final DeliveryStore store;

    DeliveryStoreTests(Databases where) {
        mongo = new TestMongo(where, DeliveryEntity.class);
        store = new DeliveryStore(mongo.template(), mongo.pages());
    }

    private final OrganizationId organization = new OrganizationId("org_acme");

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Test
    void aRedeliveryStartsAgainAndKeepsItsAttempts() {
        store.insertAll(List.of(pending()));
        attempt(DeliveryStatus.PENDING, LATER);
        attempt(DeliveryStatus.DEAD, null);
        assertThat(found().attemptsInRun()).isEqualTo(2);

        DeliveryEntity redelivered = store.redeliver(found(), LATER, LATER).orElseThrow();

        assertThat(redelivered.attemptsInRun()).isZero();
        assertThat(redelivered.attemptCount()).isEqualTo(2);
        assertThat(redelivered.attempts()).hasSize(2);
        attempt(DeliveryStatus.PENDING, LATER);
        assertThat(found().attemptsInRun()).isOne();
        assertThat(found().attemptCount()).isEqualTo(3);
    }

    @Test
    void aDueDeliveryHasItsTrigger() {
        store.insertAll(List.of(pending()));
        assertThat(due().trigger()).isEqualTo(AttemptTrigger.INITIAL);

        attempt(DeliveryStatus.PENDING, LATER);
        assertThat(due().trigger()).isEqualTo(AttemptTrigger.RETRY);
        assertThat(due().attempts()).isEmpty();

        store.redeliver(found(), LATER, LATER).orElseThrow();
        assertThat(due().trigger()).isEqualTo(AttemptTrigger.REDELIVERY);
    }

    @Test
    void theLatestHundredAttemptsAreStored() {
        store.insertAll(List.of(pending()));
        for (int i = 0; i < 103; i++) {
            attempt(DeliveryStatus.PENDING, LATER.plusSeconds(i));
        }

        assertThat(found().attemptCount()).isEqualTo(103);
        assertThat(found().attempts()).hasSize(100);
        assertThat(found().attempts().getFirst().durationMillis()).isEqualTo(3);
        assertThat(found().attempts().getLast().durationMillis()).isEqualTo(102);
    }

    @Test
    void aDeliveryThatAnotherWorkerAttemptedStaysAsItIs() {
        store.insertAll(List.of(pending()));
        DeliveryAttempt late = attempted(DeliveryStatus.DELIVERED, null);
        attempt(DeliveryStatus.PENDING, LATER);

        assertThat(store.recordAttempts(List.of(late))).isEqualTo(WriteOutcome.UNMATCHED);

        assertThat(found().status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(found().attempts()).hasSize(1);
    }

    @Test
    void theLongestDueIsReadFirst() {
        store.insertAll(List.of(pending()));
        Endpoint endpoint = found().endpoint();
        assertThat(store.nextDue(endpoint)).contains(LATER);
        assertThat(store.due(endpoint, LATER.minusMillis(1), 10)).isEmpty();

        attempt(DeliveryStatus.DEAD, null);

        assertThat(store.nextDue(endpoint)).isEmpty();
        assertThat(store.due(endpoint, LATER, 10)).isEmpty();
    }

    private void attempt(DeliveryStatus status, @Nullable Instant next) {
        assertThat(store.recordAttempts(List.of(attempted(status, next)))).isEqualTo(WriteOutcome.DONE);
    }

    private DeliveryAttempt attempted(DeliveryStatus status, @Nullable Instant next) {
        DeliveryEntity before = found();
        SendResult result = new SendResult(500, "HTTP 500", null, true, null);
        DeliveryEntity.Attempt failed =
                new DeliveryEntity.Attempt(before.trigger(), LATER, before.attemptCount(), 500, "HTTP 500", null, null);
        return new DeliveryAttempt(before, failed, result, status, next, next == null ? "HTTP 500" : null);
    }

    private DeliveryEntity due() {
        return store.due(found().endpoint(), LATER, 10).getFirst();
    }

    private DeliveryEntity found() {
        return store.find(organization, WEBHOOK, "dlv_1").orElseThrow();
    }

    private DeliveryEntity pending() {
        return new DeliveryEntity(
                "org_acme/dlv_1",
                organization,
                "dlv_1",
                WEBHOOK.value(),
                0,
                new Endpoint(organization, WEBHOOK, 0).key(),
                Channel.Kind.WEBHOOK,
                "evt_1",
                "object.created",
                "{}",
                DeliveryStatus.PENDING,
                List.of(),
                0,
                0,
                LATER,
                LATER,
                null,
                LATER,
                null);
    }
}
