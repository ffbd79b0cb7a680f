package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Aggregations over a bucket's objects: functions, dates, ranges, groups and limits. */
class AggregationStoryTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static Workspace shop;

    @BeforeAll
    static void fill() {
        shop = Workspace.create(ServiceUnderTest.shared().client());
        for (String metadata : List.of(
                "{\"c\": \"spring\", \"price\": 5, \"day\": \"2026-03-01\", \"tags\": [\"a\", \"b\"]}",
                "{\"c\": \"spring\", \"price\": 15.5, \"day\": \"2026-03-14T10:20:30Z\", \"tags\": [\"a\"]}",
                "{\"c\": \"autumn\", \"price\": 99, \"day\": \"2025-12-31T23:59:59.5Z\", \"tags\": []}",
                "{\"c\": \"autumn\", \"price\": 150, \"day\": \"1969-12-31T23:00:00Z\"}",
                "{\"price\": null, \"day\": \"no day\"}")) {
            Answer made = shop.client()
                    .post(
                            shop.path("/objects"),
                            "{\"metadata\": %s, \"blobs\": [{\"property\": \"product_text\", \"type\": \"text\", \"data\": \"x\"}]}"
                                    .formatted(metadata));
            assertThat(made.status()).as(made.text()).isEqualTo(200);
        }
    }

    @Test
    void everyFunctionComputes() {
        JsonNode answer = ask("""
                {"group_by": [{"field": "metadata.c", "alias": "campaign"}], "sort_by": "campaign",
                 "sort_direction": "asc", "aggregations": [
                  {"function": "count", "alias": "n"}, {"function": "count", "field": "price", "alias": "priced"},
                  {"function": "count_distinct", "distinct_field": "price", "alias": "prices"},
                  {"function": "sum", "field": "price", "alias": "sum"}, {"function": "avg", "field": "price", "alias": "avg"},
                  {"function": "min", "field": "price", "alias": "min"}, {"function": "max", "field": "price", "alias": "max"},
                  {"function": "first", "field": "price", "alias": "first"}, {"function": "last", "field": "price", "alias": "last"},
                  {"function": "push", "field": "price", "alias": "all"},
                  {"function": "add_to_set", "field": "metadata.c", "alias": "set"}]}""");

        assertThat(answer.path("total_groups").asInt()).isEqualTo(3);
        assertThat(answer.at("/results/1")).isEqualTo(JSON.readTree("""
                {"group": {"campaign": "autumn"}, "metrics": {"n": 2, "priced": 2, "prices": 2, "sum": 249,
                 "avg": 124.5, "min": 99, "max": 150, "first": 99, "last": 150, "all": [99, 150], "set": ["autumn"]}}"""));
        assertThat(answer.at("/results/2/metrics/sum").asDouble()).isEqualTo(20.5);
        assertThat(answer.at("/results/0/group/campaign").isNull()).isTrue();
        assertThat(answer.at("/results/0/metrics/n").asInt()).isEqualTo(1);
        assertThat(answer.at("/results/0/metrics/priced").asInt()).isZero();
        assertThat(answer.at("/results/0/metrics/prices").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "year, 1969-01-01T00:00:00Z 2025-01-01T00:00:00Z 2026-01-01T00:00:00Z",
        "month, 1969-12-01T00:00:00Z 2025-12-01T00:00:00Z 2026-03-01T00:00:00Z",
        "week, 1969-12-28T00:00:00Z 2025-12-28T00:00:00Z 2026-03-01T00:00:00Z 2026-03-08T00:00:00Z",
        "day, 1969-12-31T00:00:00Z 2025-12-31T00:00:00Z 2026-03-01T00:00:00Z 2026-03-14T00:00:00Z",
        "hour, 1969-12-31T23:00:00Z 2025-12-31T23:00:00Z 2026-03-01T00:00:00Z 2026-03-14T10:00:00Z",
        "minute, 1969-12-31T23:00:00Z 2025-12-31T23:59:00Z 2026-03-01T00:00:00Z 2026-03-14T10:20:00Z",
        "second, 1969-12-31T23:00:00Z 2025-12-31T23:59:59Z 2026-03-01T00:00:00Z 2026-03-14T10:20:30Z"
    })
    void datesAreCutDown(String unit, String starts) {
        assertThat(keys("{\"field\": \"metadata.day\", \"alias\": \"k\", \"date_trunc\": \"%s\"}".formatted(unit)))
                .containsExactlyElementsOf(withNull(starts));
    }

    @ParameterizedTest
    @CsvSource({
        "year, 1969 2025 2026",
        "month, 3 12",
        "week, 9 10 52",
        "day, 1 14 31",
        "dayOfWeek, 1 4 7",
        "dayOfYear, 60 73 365",
        "hour, 0 10 23",
        "minute, 0 20 59",
        "second, 0 30 59"
    })
    void partsAreTakenOutOfDates(String unit, String parts) {
        assertThat(keys("{\"field\": \"metadata.day\", \"alias\": \"k\", \"date_part\": \"%s\"}".formatted(unit)))
                .containsExactlyElementsOf(withNull(parts));
    }

    @Test
    void anObjectsOwnDatesAreCutToo() {
        List<String> years = keys("{\"field\": \"created_at\", \"alias\": \"k\", \"date_trunc\": \"year\"}");

        assertThat(years).hasSize(1);
        assertThat(years.getFirst()).endsWith("-01-01T00:00:00Z");
    }

    @Test
    void rangesTakeThePlaceOfValues() {
        JsonNode answer = ask("""
                {"group_by": [{"field": "price"}], "range_buckets": [{"field": "price", "boundaries": [0, 10, 100],
                 "default_bucket": "other"}], "aggregations": [{"function": "count", "alias": "n"}],
                 "sort_by": "price", "sort_direction": "asc"}""");

        assertThat(answer.path("results")).isEqualTo(JSON.readTree("""
                [{"group": {"price": "0-10"}, "metrics": {"n": 1}}, {"group": {"price": "10-100"}, "metrics": {"n": 2}},
                 {"group": {"price": "other"}, "metrics": {"n": 2}}]"""));
    }

    @Test
    void aHundredBoundariesMakeRangesToo() {
        String boundaries =
                IntStream.rangeClosed(1, 100).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        JsonNode answer = ask("""
                {"group_by": [{"field": "price"}], "range_buckets": [{"field": "price", "boundaries": [%s]}],
                 "aggregations": [{"function": "count", "alias": "n"}], "sort_by": "price", "sort_direction": "asc"}""".formatted(boundaries));

        assertThat(answer.path("results")).isEqualTo(JSON.readTree("""
                [{"group": {"price": null}, "metrics": {"n": 2}}, {"group": {"price": "15-16"}, "metrics": {"n": 1}},
                 {"group": {"price": "5-6"}, "metrics": {"n": 1}}, {"group": {"price": "99-100"}, "metrics": {"n": 1}}]"""));
    }

    @Test
    void arraysCanBeTakenApartAndGroupsLeftOut() {
        JsonNode tags = ask("""
                {"group_by": [{"field": "metadata.tags", "alias": "tag"}], "unwind": "metadata.tags",
                 "aggregations": [{"function": "count", "alias": "n"}],
                 "having": [{"field": "n", "operator": "gte", "value": 2}]}""");
        JsonNode blobs = ask("""
                {"group_by": [{"field": "blobs.type", "alias": "type"}], "unwind": "blobs",
                 "aggregations": [{"function": "sum", "field": "blobs.details.size_bytes", "alias": "bytes"}],
                 "filters": {"metadata.c": "spring"}}""");

        assertThat(tags.path("results"))
                .isEqualTo(JSON.readTree("[{\"group\": {\"tag\": \"a\"}, \"metrics\": {\"n\": 2}}]"));
        assertThat(blobs.path("results"))
                .isEqualTo(JSON.readTree("[{\"group\": {\"type\": \"text\"}, \"metrics\": {\"bytes\": 2}}]"));
    }

    @Test
    void theLimitCutsTheAnswerAndNotTheCount() {
        JsonNode answer = ask("""
                {"group_by": [{"field": "object_id"}], "aggregations": [{"function": "count", "alias": "n"}],
                 "limit": 2}""");

        assertThat(answer.path("results")).hasSize(2);
        assertThat(answer.path("total_groups").asInt()).isEqualTo(5);
        assertThat(answer.at("/query_info/limit").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"group_by\": [], \"aggregations\": [{\"function\": \"count\", \"alias\": \"n\"}]}",
                "{\"group_by\": [{\"field\": \"$where\"}], \"aggregations\": [{\"function\": \"count\", \"alias\": \"n\"}]}",
                "{\"group_by\": [{\"field\": \"metadata.$x\"}], \"aggregations\": [{\"function\": \"count\", \"alias\": \"n\"}]}",
                "{\"group_by\": [{\"field\": \"metadata..x\"}], \"aggregations\": [{\"function\": \"count\", \"alias\": \"n\"}]}",
                "{\"group_by\": [{\"field\": \"organization_id\"}], \"aggregations\": [{\"function\": \"count\", \"alias\": \"n\"}]}",
                "{\"group_by\": [{\"field\": \"status\"}], \"aggregations\": [{\"function\": \"evil\", \"alias\": \"n\"}]}",
                "{\"group_by\": [{\"field\": \"status\"}], \"aggregations\": [{\"function\": \"sum\", \"alias\": \"n\"}]}",
                "{\"group_by\": [{\"field\": \"status\"}], \"aggregations\": [{\"function\": \"count\", \"alias\": \"status\"}]}",
                "{\"group_by\": [{\"field\": \"status\", \"date_trunc\": \"day\"}], \"aggregations\": [{\"function\": \"count\", \"alias\": \"n\"}]}",
                "{\"group_by\": [{\"field\": \"status\"}], \"aggregations\": [{\"function\": \"count\", \"alias\": \"n\"}], \"limit\": 0}",
                "{\"group_by\": [{\"field\": \"status\"}], \"aggregations\": [{\"function\": \"count\", \"alias\": \"n\"}], \"sort_by\": \"x\"}",
                "{\"group_by\": [{\"field\": \"status\"}], \"aggregations\": [{\"function\": \"count\", \"alias\": \"n\"}], \"unwind\": \"status\"}",
                "{\"group_by\": [{\"field\": \"status\"}], \"aggregations\": [{\"function\": \"count\", \"alias\": \"n\"}], \"having\": [{\"field\": \"n\", \"operator\": \"$gt\", \"value\": 1}]}",
                "{\"group_by\": [{\"field\": \"status\"}], \"aggregations\": [{\"function\": \"count\", \"alias\": \"n\"}], \"having\": [{\"field\": \"n\", \"operator\": \"gt\", \"value\": {\"$x\": 1}}]}",
                "{\"group_by\": [{\"field\": \"price\"}], \"aggregations\": [{\"function\": \"count\", \"alias\": \"n\"}], \"range_buckets\": [{\"field\": \"price\", \"boundaries\": [5, 1]}]}"
            })
    void whatMakesNoSenseIsRefused(String body) {
        Answer answer = shop.client().post(shop.path("/objects/aggregate"), body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    }

    private static List<String> keys(String groupBy) {
        JsonNode answer = ask("""
                {"group_by": [%s], "aggregations": [{"function": "count", "alias": "n"}], "sort_by": "k",
                 "sort_direction": "asc"}""".formatted(groupBy));
        List<String> keys = new ArrayList<>();
        answer.path("results").forEach(result -> {
            JsonNode key = result.at("/group/k");
            keys.add(key.isNull() ? "null" : key.asString());
        });
        return keys;
    }

    private static List<String> withNull(String words) {
        List<String> all = new ArrayList<>(List.of("null"));
        all.addAll(List.of(words.split(" ")));
        return all;
    }

    private static JsonNode ask(String body) {
        Answer answer = shop.client().post(shop.path("/objects/aggregate"), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
