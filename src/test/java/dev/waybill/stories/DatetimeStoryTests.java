package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Dates with times are the same at the same instant, however they are written, and come back as they were sent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatetimeStoryTests {

    private static final List<String> NEW_YEAR = List.of(
            "2026-01-01T00:00:00Z",
            "2026-01-01T01:00:00+01:00",
            "2026-01-01T00:00:00.000Z",
            "2025-12-31T19:00-05:00",
            "2026-01-01T00:00Z");
    private static final String LATER = "2026-01-01T00:30:00+00:15";

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private Workspace shop;

    @BeforeAll
    void fill() {
        shop = Workspace.create(
                service.client(),
                Map.of(
                        "taken",
                        Map.of("type", "datetime"),
                        "day",
                        Map.of("type", "date"),
                        "n",
                        Map.of("type", "integer")));
        for (String taken : NEW_YEAR) {
            Answer made = made(taken);
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            assertThat(made.at("/metadata/taken")).isEqualTo(taken);
        }
        assertThat(made(LATER).status()).isEqualTo(200);
    }

    private Answer made(Object taken) {
        return shop.client().post(shop.path("/objects"), Map.of("metadata", Map.of("taken", taken)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01",
                "2026-01-01 10:00:00Z",
                "2026-01-01T10:00:00",
                "1767225600",
                "+12026-01-01T00:00:00Z",
                "2026-02-30T00:00:00Z"
            })
    void whatIsNoDateWithTimeAndZoneIsRefusedWithTheForm(String taken) {
        Answer refused = made(taken);

        assertThat(refused.status()).as(refused.text()).isBetween(400, 422);
        assertThat(refused.text()).contains("2026-01-31T12:00:00Z");
        Answer list = shop.client().post(shop.path("/objects/list"), Map.of("filters", Map.of("taken", taken)));
        assertThat(list.status()).as(list.text()).isEqualTo(422);
    }

    @Test
    void groupsAreOfInstants() {
        for (String field : List.of("taken", "metadata.taken")) {
            JsonNode groups = groups("{\"field\": \"%s\", \"alias\": \"k\"}".formatted(field));
            assertThat(groups.at("/0/group/k").asString()).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(groups.at("/0/metrics/n").asInt()).isEqualTo(NEW_YEAR.size());
            assertThat(groups.at("/1/group/k").asString()).isEqualTo("2026-01-01T00:15:00Z");
            assertThat(groups).hasSize(2);
        }
    }

    @Test
    void cutsAndPartsAreOfInstants() {
        JsonNode days = groups("{\"field\": \"taken\", \"alias\": \"k\", \"date_trunc\": \"day\"}");
        assertThat(days).hasSize(1);
        assertThat(days.at("/0/group/k").asString()).isEqualTo("2026-01-01T00:00:00Z");
        JsonNode minutes = groups("{\"field\": \"taken\", \"alias\": \"k\", \"date_part\": \"minute\"}");
        assertThat(minutes.at("/0/group/k").asInt()).isZero();
        assertThat(minutes.at("/0/metrics/n").asInt()).isEqualTo(NEW_YEAR.size());
        assertThat(minutes.at("/1/group/k").asInt()).isEqualTo(15);
    }

    @Test
    void metricsCompareInstants() {
        Answer answer = aggregate("""
                {"group_by": [{"field": "bucket_id"}], "aggregations": [
                 {"function": "min", "field": "taken", "alias": "first"},
                 {"function": "max", "field": "taken", "alias": "last"},
                 {"function": "count_distinct", "field": "taken", "alias": "many"},
                 {"function": "add_to_set", "field": "taken", "alias": "all"},
                 {"function": "push", "field": "taken", "alias": "sent"}],
                 "having": [{"field": "last", "operator": "gte", "value": "2026-01-01T01:15:00+01:00"}]}""");

        JsonNode metrics = answer.json().at("/results/0/metrics");
        assertThat(metrics.at("/first").asString()).as(answer.text()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(metrics.at("/last").asString()).isEqualTo("2026-01-01T00:15:00Z");
        assertThat(metrics.at("/many").asInt()).isEqualTo(2);
        assertThat(metrics.at("/all")).hasSize(2);
        List<String> sent = new ArrayList<>();
        metrics.at("/sent").forEach(one -> sent.add(one.asString()));
        assertThat(sent).containsAll(NEW_YEAR).contains(LATER);
    }

    @Test
    void filtersCompareInstants() {
        for (String taken : NEW_YEAR) {
            Answer list = shop.client().post(shop.path("/objects/list"), Map.of("filters", Map.of("taken", taken)));
            assertThat(list.json().path("results")).as(list.text()).hasSize(NEW_YEAR.size());
        }
    }

    @Test
    void aUniqueKeyIsOfInstants() {
        WaybillClient client = shop.client();
        Answer bucket = client.post(
                "/v1/buckets",
                Map.of(
                        "bucket_name",
                        "once",
                        "bucket_schema",
                        Map.of("properties", Map.of("taken", Map.of("type", "datetime"))),
                        "unique_key",
                        Map.of("fields", List.of("taken"))));
        assertThat(bucket.status()).as(bucket.text()).isEqualTo(200);
        Workspace once = shop.in(bucket.at("/bucket_id"));
        for (String taken : NEW_YEAR) {
            Answer made = client.post(once.path("/objects"), Map.of("metadata", Map.of("taken", taken)));
            assertThat(made.status()).as(made.text()).isEqualTo(taken.equals(NEW_YEAR.getFirst()) ? 200 : 409);
        }
    }

    private JsonNode groups(String key) {
        Answer answer = aggregate(
                "{\"group_by\": [%s], \"aggregations\": [{\"function\": \"count\", \"alias\": \"n\"}], \"sort_by\": \"k\", \"sort_direction\": \"asc\"}"
                        .formatted(key));
        return answer.json().path("results");
    }

    private Answer aggregate(String body) {
        Answer answer = shop.client().post(shop.path("/objects/aggregate"), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    @Test
    void withinListsAndObjectsTooTheyAreComparedAsInstants() {
        Map<String, ?> datetime = Map.of("type", "datetime");
        Workspace trips = Workspace.create(
                service.client(),
                Map.of(
                        "shots",
                        Map.of("type", "array", "items", datetime),
                        "trip",
                        Map.of("type", "object", "properties", Map.of("start", datetime))));
        String sent = "2024-06-01T23:30:00-05:00";
        Answer made = trips.client()
                .post(
                        trips.path("/objects"),
                        Map.of("metadata", Map.of("shots", List.of(sent), "trip", Map.of("start", sent))));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.at("/metadata/shots/0")).isEqualTo(sent);
        assertThat(made.at("/metadata/trip/start")).isEqualTo(sent);

        for (String field : List.of("shots", "trip.start", "metadata.shots", "metadata.trip.start")) {
            assertThat(found(trips, field, Map.of("eq", "2024-06-02T04:30:00.000Z")))
                    .as(field)
                    .isEqualTo(1);
            assertThat(found(trips, field, Map.of("gte", "2024-06-02T00:00:00Z", "lt", "2024-06-02T04:30:01Z")))
                    .as(field)
                    .isEqualTo(1);
            assertThat(found(trips, field, Map.of("gt", "2024-06-02T04:30:00Z")))
                    .as(field)
                    .isZero();
        }
    }

    private static int found(Workspace trips, String field, Map<String, String> condition) {
        Answer list = trips.client().post(trips.path("/objects/list"), Map.of("filters", Map.of(field, condition)));
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        return list.json().path("results").size();
    }
}
