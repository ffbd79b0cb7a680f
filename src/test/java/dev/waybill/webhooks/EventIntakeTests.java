package dev.waybill.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.events.EventIds;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

class EventIntakeTests {

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final EventIntake intake = service.bean(EventIntake.class);
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
    void whereNobodyListensNothingIsKept() {
        intake.publish(List.of(happened("1")));

        assertThat(kept()).isZero();
        assertThat(intake.wants(organization, "submission.submitted")).isFalse();
    }

    @Test
    void whatIsToldTwiceIsKeptOnce() {
        subscribe("submission.submitted");
        assertThat(intake.wants(organization, "submission.submitted")).isTrue();
        assertThat(intake.wants(organization, "object.created")).isFalse();

        intake.publish(List.of(happened("1"), happened("2")));
        intake.publish(List.of(happened("1")));

        assertThat(kept()).isEqualTo(2);
    }

    @Test
    void whoIsPausedHearsNothing() {
        String id = subscribe("submission.submitted");
        client.post("/v1/organizations/webhooks/" + id + "/pause");

        intake.publish(List.of(happened("1")));

        assertThat(kept()).isZero();
    }

    private long kept() {
        return service.bean(MongoOperations.class)
                .count(new Query(Criteria.where("organization_id").is(organization.value())), EventDocument.class);
    }

    private String subscribe(String type) {
        Answer made = client.post(
                "/v1/organizations/webhooks",
                Map.of(
                        "webhook_name",
                        "hook",
                        "event_types",
                        List.of(type),
                        "channels",
                        List.of(Map.of(
                                "channel", "webhook", "configs", Map.of("url", "https://hooks.example.com/waybill")))));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.at("/webhook_id");
    }

    /** One without a namespace, as submissions have them. */
    private PublicEvent happened(String what) {
        String type = "submission.submitted";
        return new PublicEvent(
                EventIds.of(type, organization.value(), what),
                type,
                organization,
                null,
                Instant.parse("2026-11-21T09:30:00Z"),
                new PublicEvent.Subject("submission", what),
                Map.of());
    }
}
