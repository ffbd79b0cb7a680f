package dev.waybill.objects.requests;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.NOON;
import static dev.waybill.objects.ObjectFixtures.OTHER;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.inline;
import static dev.waybill.objects.ObjectFixtures.object;
import static dev.waybill.objects.ObjectFixtures.photo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.objects.ObjectFixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reads of objects and lists over HTTP. */
class ObjectsOverHttpTests extends ObjectsOverHttp {

    @Test
    void anObjectHasTheFormOfTheContract() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("campaign", "spring");
        metadata.put("nothing", null);
        metadata.put("whole", 5);
        metadata.put("exact", 5.0);
        metadata.put("nested", Map.of("deep", Arrays.asList(1, null)));
        insert(object(ACME, PHOTOS, "obj_1", List.of(photo("obj_1", 7), inline("words")), metadata, NOON));

        Answer answer = get("/v1/buckets/photos/objects/obj_1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(JSON.readTree("""
                {"object_id": "obj_1", "bucket_id": "bkt_photos",
                 "blobs": [
                  {"blob_id": "blob_obj_1", "property": "hero_image", "type": "image", "properties": {},
                   "details": {"filename": "obj_1.jpg", "size_bytes": 7, "mime_type": "image/jpeg"}},
                  {"blob_id": "blob_inline", "property": "product_text", "type": "text", "properties": {},
                   "details": {}, "data": "words"}],
                 "metadata": {"campaign": "spring", "nothing": null, "whole": 5, "exact": 5.0,
                   "nested": {"deep": [1, null]}},
                 "source_details": [], "status": "DRAFT",
                 "created_at": "2026-11-21T12:00:00.123Z", "updated_at": "2026-11-21T12:00:00.123Z"}"""));
    }

    @Test
    void bytesInStorageCanBeDownloadedUnderTheirNameForAnHour() {
        insert(object(ACME, PHOTOS, "obj_1", List.of(photo("obj_1", 7), inline("words")), Map.of(), NOON));

        JsonNode blobs = get("/v1/buckets/bkt_photos/objects/obj_1?return_presigned_urls=true")
                .json()
                .path("blobs");

        assertThat(blobs.path(0).path("presigned_url").asString())
                .isEqualTo("https://storage/" + ObjectFixtures.key("obj_1") + "?PT1H&obj_1.jpg");
        assertThat(blobs.path(1).has("presigned_url")).isFalse();
        JsonNode listed = list("{\"return_presigned_urls\": true}").path("results");
        assertThat(listed.path(0).path("blobs").path(0).has("presigned_url")).isTrue();
    }

    @Test
    void missingObjectsAreNotFound() {
        insert(object(ACME, PHOTOS, "obj_1", 1, NOON));
        insert(object(OTHER, PHOTOS, "obj_2", 1, NOON));

        for (String path : List.of(
                "songs/objects/obj_1",
                "photos/objects/obj_2",
                "photos/objects/obj_3",
                "photos/objects/nonsense",
                "nowhere/objects/obj_1")) {
            Answer answer = get("/v1/buckets/" + path);
            assertThat(answer.status()).as(path).isEqualTo(404);
        }
        JsonNode error = get("/v1/buckets/songs/objects/obj_1").json().path("error");
        assertThat(error.path("type").asString()).isEqualTo("NotFoundError");
        assertThat(error.path("details").path("resource").asString()).isEqualTo("object");
        assertThat(error.path("details").path("id").asString()).isEqualTo("obj_1");
    }

    @Test
    void aListNeedsNoBodyAndStartsWithTheNewest() {
        insert(25);

        for (Answer answer : List.of(post("photos", "", ""), post("photos", "", "{}"), post("photos", "", null))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(ids(answer.json()))
                    .hasSize(20)
                    .startsWith("obj_25", "obj_24")
                    .endsWith("obj_6");
            assertThat(answer.json().path("stats")).isEqualTo(JSON.readTree("""
                    {"total_objects": 25, "total_blobs": 25, "avg_blobs_per_object": 1.0,
                     "objects_by_status": {"DRAFT": 25}}"""));
            assertThat(answer.json().path("pagination").has("next_cursor")).isTrue();
        }
        assertThat(list("songs", "", "{}")).isEqualTo(JSON.readTree("""
                {"results": [], "pagination": {"page": 1, "page_size": 20, "has_more": false},
                 "stats": {"total_objects": 0, "total_blobs": 0, "avg_blobs_per_object": 0.0,
                  "objects_by_status": {}}}"""));
    }

    @Test
    void aCursorLeadsThroughAllWhileObjectsAreAdded() {
        insert(25);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int next = 100;
        do {
            JsonNode page = list("photos", "?limit=10" + cursor, "{}");
            seen.addAll(ids(page));
            insert(object(ACME, PHOTOS, "obj_" + next++, 1, NOON.plusSeconds(next)));
            assertThat(page.has("stats")).isEqualTo(cursor.isEmpty());
            cursor = page.path("pagination").has("next_cursor")
                    ? "&cursor=" + page.path("pagination").path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(25).doesNotHaveDuplicates().allMatch(id -> id.length() < 7);
    }

    @Test
    void totalsAreCountedOnRequest() {
        insert(25);

        JsonNode page = list("photos", "?limit=10&offset=10&include_total=true", "{}");

        assertThat(ids(page)).hasSize(10).startsWith("obj_15");
        assertThat(page.path("pagination").path("total").asInt()).isEqualTo(25);
        assertThat(page.path("pagination").path("page").asInt()).isEqualTo(2);
        assertThat(page.path("stats").path("total_objects").asInt()).isEqualTo(25);
    }

    private void insert(int count) {
        for (int i = 1; i <= count; i++) {
            insert(object(ACME, PHOTOS, "obj_" + i, 1, NOON.plusMillis(i)));
        }
    }
}
