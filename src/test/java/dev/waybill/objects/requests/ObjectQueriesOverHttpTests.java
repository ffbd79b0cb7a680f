package dev.waybill.objects.requests;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.NOON;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.object;
import static dev.waybill.objects.ObjectFixtures.photo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Filters, sort, search and field selection of lists over HTTP. */
class ObjectQueriesOverHttpTests extends ObjectsOverHttp {

    @Test
    void filtersReachMetadataBlobsAndDeclaredProperties() {
        insert(object("obj_1", Map.of("campaign", "spring", "price", 5, "title", "Red Shoe")));
        insert(object("obj_2", Map.of("campaign", "fall", "price", 15.5, "title", "Blue Hat")));
        insert(object(ACME, PHOTOS, "obj_3", List.of(photo("x", 9), photo("y", 2000)), Map.of(), NOON));

        assertThat(found("{\"metadata.campaign\": \"spring\"}")).containsExactly("obj_1");
        assertThat(found("{\"AND\": [{\"field\": \"price\", \"operator\": \"gte\", \"value\": 10}]}"))
                .containsExactly("obj_2");
        assertThat(found("{\"title\": \"Red Shoe\"}")).containsExactly("obj_1");
        assertThat(found("{\"blobs.details.filename\": \"y.jpg\"}")).containsExactly("obj_3");
        assertThat(found("{\"AND\": [{\"field\": \"size_bytes\", \"operator\": \"gt\", \"value\": 100}]}"))
                .containsExactly("obj_3");
        assertThat(found("{\"blobs.property\": \"hero_image\", \"blobs.type\": \"image\"}"))
                .hasSize(3);
        assertThat(found("{\"object_id\": \"obj_2\"}")).containsExactly("obj_2");
        assertThat(found("{\"bucket_id\": \"bkt_songs\"}")).isEmpty();
        assertThat(found("{\"status\": \"DRAFT\"}")).hasSize(3);
        assertThat(found("{\"AND\": [{\"field\": \"created_at\", \"operator\": \"lt\", "
                        + "\"value\": \"2026-11-21T12:00:00Z\"}]}"))
                .isEmpty();
        JsonNode narrowed = list("{\"filters\": {\"metadata.campaign\": \"spring\"}}");
        assertThat(narrowed.path("stats").path("total_objects").asInt()).isOne();
    }

    @Test
    void sortsByDeclaredPropertiesToo() {
        insert(object("obj_1", Map.of("price", 5)));
        insert(object("obj_2", Map.of("price", 15.5)));
        insert(object("obj_3", Map.of("price", 1)));

        assertThat(ids(list("{\"sort\": {\"field\": \"price\"}}"))).containsExactly("obj_3", "obj_1", "obj_2");
        assertThat(ids(list("{\"sort\": {\"field\": \"price\", \"direction\": \"desc\"}}")))
                .containsExactly("obj_2", "obj_1", "obj_3");
    }

    @Test
    void searchIsPartialAndWithoutCase() {
        insert(object("obj_1", Map.of("title", "Red Shoe")));
        insert(object("obj_2", Map.of("other", "boot")));
        insert(object("obj_shoe", Map.of()));

        assertThat(ids(list("{\"search\": \"SHO\"}"))).containsExactlyInAnyOrder("obj_1", "obj_shoe");
        assertThat(list("{\"search\": \"SHO\"}")
                        .path("stats")
                        .path("total_objects")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void selectReturnsOnlyTheSelectedFields() {
        insert(object("obj_1", Map.of("price", 5, "campaign", "spring")));

        assertThat(list("{\"select\": [\"price\", \"created_at\"]}")
                        .path("results")
                        .path(0))
                .isEqualTo(JSON.readTree("""
                        {"object_id": "obj_1", "bucket_id": "bkt_photos", "metadata": {"price": 5},
                         "created_at": "2026-11-21T12:00:00.123Z"}"""));
    }

    @Test
    void wrongRequestsAreRefused() {
        for (String body : List.of(
                "{\"filters\": {\"nonsense\": 1}}",
                "{\"filters\": {\"AND\": [{\"field\": \"status\", \"operator\": \"like\", \"value\": 1}]}}",
                "{\"sort\": {\"field\": \"hero_image\"}}",
                "{\"search\": 5}",
                "{\"select\": \"price\"}",
                "{\"select\": [null]}",
                "{\"return_presigned_urls\": \"yes\"}")) {
            assertThat(post("photos", "", body).status()).as(body).isEqualTo(422);
        }
        assertThat(post("photos", "?limit=1001", "{}").status()).isEqualTo(422);
        assertThat(post("photos", "?cursor=nonsense", "{}").status()).isEqualTo(400);
        assertThat(get("/v1/buckets/photos/objects/obj_1?return_presigned_urls=maybe")
                        .status())
                .isEqualTo(422);
    }

    /** With a backtracking engine this takes hours: 4 000 letters to start from, and as many ways to split the rest. */
    @Test
    @Timeout(60)
    void anyRegularExpressionTerminates() {
        for (int i = 1; i <= 12; i++) {
            insert(object("obj_" + i, Map.of("str", "a".repeat(4_000) + "!")));
        }

        for (String regex : List.of("a*a*b", "(a+)+b", "(a|a)*b", "(a*)*(a*)*b")) {
            assertThat(found("{\"metadata.str\": {\"regex\": \"" + regex + "\"}}"))
                    .as(regex)
                    .isEmpty();
        }
        assertThat(found("{\"metadata.str\": {\"regex\": \"^(A+)+\\\\W$\"}}")).hasSize(12);
        assertThat(found("{\"metadata.str\": {\"regex\": \"^A\", \"case_sensitive\": true}}"))
                .isEmpty();
    }

    @Test
    void aMalformedRegularExpressionIsRefusedWithItsPosition() {
        for (String regex : List.of("(a)\\\\1", "(?=a)b", "[a", "(?:a{500}){500}")) {
            Answer refused = post("photos", "", "{\"filters\": {\"metadata.str\": {\"regex\": \"" + regex + "\"}}}");
            assertThat(refused.status()).as(regex).isEqualTo(422);
            assertThat(refused.json().at("/detail/0/loc").valueStream().map(JsonNode::asString))
                    .containsExactly("body", "filters", "metadata.str", "regex");
        }
    }

    private List<String> found(String filters) {
        return ids(list("{\"filters\": " + filters + "}"));
    }
}
