package dev.waybill.objects.requests;

import static dev.waybill.objects.ObjectFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.objects.BucketObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class FieldSelectionTests {

    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    @Test
    void keepsTheSelectedFieldsAndTheIds() {
        assertThat(selected("status")).isEqualTo("""
                {"object_id":"obj_1","bucket_id":"bkt_photos","status":"DRAFT"}""");
    }

    @Test
    void reachesInsideObjectsAndLists() {
        assertThat(selected("metadata.campaign", "blobs.details.filename")).isEqualTo("""
                {"object_id":"obj_1","bucket_id":"bkt_photos","blobs":[{"property":"hero_image","type":"image",\
                "details":{"filename":"obj_1.jpg"}}],"metadata":{"campaign":{"name":"spring"}}}""");
    }

    @Test
    void aWholeFieldWinsOverItsParts() {
        assertThat(selected("metadata.campaign.name", "metadata")).contains("\"price\":5");
        assertThat(selected("metadata", "metadata.campaign.name")).contains("\"price\":5");
    }

    @Test
    void unknownFieldsSelectNothing() {
        assertThat(selected("nonsense", "status.of", "", "..")).isEqualTo("""
                {"object_id":"obj_1","bucket_id":"bkt_photos","status":"DRAFT"}""");
    }

    private String selected(String... paths) {
        BucketObject object = object("obj_1", Map.of("campaign", Map.of("name", "spring"), "price", 5));
        var answer = json.valueToTree(ObjectResponse.of(object, blob -> null));
        FieldSelection.of(List.of(paths)).applyTo(answer);
        return answer.toString();
    }
}
