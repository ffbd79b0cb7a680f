package dev.waybill.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventSubscriptionsTests {

    private static final Instant START = Instant.parse("2999-01-01T00:00:00Z");
    private static final OrganizationId ACME = new OrganizationId("org_acme");
    private static final OrganizationId OTHER = new OrganizationId("org_other");

    private final TestMongo mongo = new TestMongo();
    private final WebhookStore here = new WebhookStore(mongo.template(), mongo.pages());
    private final WebhookStore elsewhere = new WebhookStore(mongo.template(), mongo.pages());
    private final EventSubscriptions subscriptions = new EventSubscriptions(here);

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Test
    void whatThisInstanceChangesIsSeenAtOnce() {
        assertThat(active(ACME)).isEmpty();

        WebhookEntity webhook = webhook();
        here.insert(webhook);
        assertThat(active(ACME)).containsExactly(webhook);

        here.pause(webhook, "enough", START);
        assertThat(active(ACME)).isEmpty();

        here.resume(webhook, START.plusSeconds(1));
        assertThat(active(ACME)).hasSize(1);

        here.remove(webhook);
        assertThat(active(ACME)).isEmpty();
    }

    @Test
    void whatAnotherChangesIsSeenWithinTwoSeconds() {
        assertThat(active(ACME)).isEmpty();

        elsewhere.insert(webhook());

        await().atMost(Duration.ofSeconds(10)).until(() -> !active(ACME).isEmpty());
    }

    @Test
    void eachOrganizationHasItsOwn() {
        here.insert(webhook());

        Map<OrganizationId, List<Webhook>> all = subscriptions.of(Set.of(ACME, OTHER));

        assertThat(all.get(ACME)).hasSize(1);
        assertThat(all.get(OTHER)).isEmpty();
    }

    private List<Webhook> active(OrganizationId organization) {
        return subscriptions.of(Set.of(organization)).getOrDefault(organization, List.of());
    }

    private static WebhookEntity webhook() {
        return new WebhookEntity(
                "org_acme/wh_00a1b2c3d4e5f607",
                ACME,
                "wh_00a1b2c3d4e5f607",
                "hook",
                null,
                List.of("object.created"),
                List.of(),
                List.of(new Webhook.StoredSecret("sealed", START, null)),
                null,
                START,
                List.of(),
                null,
                START,
                START);
    }
}
