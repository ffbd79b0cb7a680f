package dev.waybill.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
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
        mongo = new TestMongo(where, DeliveryDocument.class);
        store = new DeliveryStore(mongo.template(), mongo.pages());
    }

    private final OrganizationId organization = new OrganizationId("org_acme");

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Test
    void whatIsAskedForOnceMoreBeginsAnewAndKeepsItsLog() {
        store.insertAll(List.of(pending()));
        attempt(DeliveryStatus.PENDING, LATER);
        attempt(DeliveryStatus.DEAD, null);
        assertThat(found().attemptsInRun()).isEqualTo(2);

        Delivery again = store.again(found(), LATER, LATER).orElseThrow();

        assertThat(again.attemptsInRun()).isZero();
        assertThat(again.attemptCount()).isEqualTo(2);
        assertThat(again.attempts()).hasSize(2);
        attempt(DeliveryStatus.PENDING, LATER);
        assertThat(found().attemptsInRun()).isOne();
        assertThat(found().attemptCount()).isEqualTo(3);
    }

    private void attempt(DeliveryStatus status, @Nullable Instant next) {
        Delivery.Attempt failed = new Delivery.Attempt(LATER, 5, 500, "HTTP 500", null);
        store.attempted(found(), failed, status, next, next == null ? "HTTP 500" : null);
    }

    private Delivery found() {
        return store.find(organization, WEBHOOK, "dlv_1").orElseThrow();
    }

    private Delivery pending() {
        return new Delivery(
                "dlv_1",
                organization,
                WEBHOOK,
                0,
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
