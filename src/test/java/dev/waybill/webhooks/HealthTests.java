package dev.waybill.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HealthTests {

    private static final Instant START = Instant.parse("2999-01-01T00:00:00Z");

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final WebhookStore webhooks = service.bean(WebhookStore.class);
    private final LineStore lines = service.bean(LineStore.class);
    private final OrganizationId organization =
            new OrganizationId("org_" + UUID.randomUUID().toString().replace("-", ""));
    private final WebhookId id = new WebhookId("wh_00a1b2c3d4e5f607");
    private Instant now = START;
    private final Health health = new Health(webhooks, lines, service.bean(WebhookProperties.class), () -> now);

    HealthTests() {
        ChannelSettings settings = EventJson.read("{\"url\":\"https://hooks.example.com/\"}", ChannelSettings.class);
        Channel channel = new Channel(Channel.Kind.WEBHOOK, settings);
        webhooks.insert(new Webhook(
                id,
                organization,
                "two",
                null,
                List.of("object.created"),
                List.of(channel, channel),
                List.of(new Webhook.StoredSecret("sealed", START, null)),
                null,
                null,
                START,
                START));
        lines.create(organization, id, 0, START.plus(Duration.ofDays(9)));
        lines.create(organization, id, 1, START.plus(Duration.ofDays(9)));
    }

    @Test
    void aDeadChannelPausesItsWebhookThoughAnotherOneWorks() {
        health.failed(webhook(), line(1), "HTTP 500");
        now = START.plus(Duration.ofHours(12));
        health.worked(webhook(), line(0));
        assertThat(webhook().failingSince()).isEqualTo(START);
        assertThat(webhook().isActive()).isTrue();

        now = START.plus(Duration.ofHours(24));
        health.failed(webhook(), line(1), "HTTP 502");

        assertThat(webhook().paused())
                .isEqualTo(new Webhook.Pause(
                        "Every attempt since 2999-01-01T00:00:00Z over channels[1] (webhook) failed; the last one: HTTP 502",
                        now));
    }

    @Test
    void whatWorksAgainFailsNoMore() {
        health.failed(webhook(), line(0), "HTTP 500");
        now = START.plus(Duration.ofHours(1));
        health.failed(webhook(), line(1), "HTTP 500");
        assertThat(webhook().failingSince()).isEqualTo(START);

        health.worked(webhook(), line(0));
        assertThat(webhook().failingSince()).isEqualTo(now);

        health.worked(webhook(), line(1));
        assertThat(webhook().failingSince()).isNull();
    }

    private Webhook webhook() {
        return webhooks.find(organization, id).orElseThrow();
    }

    private LineDocument line(int channel) {
        return lines.find(List.of(LineDocument.key(organization, id, channel))).getFirst();
    }
}
