package dev.waybill.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class ChangeTests {

    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    record Patch(Change<String> description, Change<List<Item>> someItems, Change<Map<String, Object>> metadata) {}

    record Item(String fieldName) {}

    @Test
    void aFieldThatWasLeftOutChangesNothing() {
        Patch patch = json.readValue("{}", Patch.class);

        assertThat(patch.description()).isEqualTo(Change.none());
        assertThat(patch.someItems()).isEqualTo(Change.none());
        assertThat(patch.description().orElse("before")).isEqualTo("before");
    }

    @Test
    void nullClearsAField() {
        Patch patch = json.readValue("{\"description\": null, \"some_items\": null}", Patch.class);

        assertThat(patch.description()).isEqualTo(Change.to(null));
        assertThat(patch.someItems()).isEqualTo(Change.to(null));
        assertThat(patch.description().orElse("before")).isNull();
    }

    @Test
    void valuesAreReadAsWhatTheyAre() {
        Patch patch = json.readValue("""
                {"description": "after", "some_items": [{"field_name": "a"}], "metadata": {"z": 1, "a": null}}""", Patch.class);

        assertThat(patch.description()).isEqualTo(Change.to("after"));
        assertThat(patch.someItems().value()).containsExactly(new Item("a"));
        assertThat(patch.metadata().value())
                .containsExactly(Map.entry("z", 1), new java.util.AbstractMap.SimpleEntry<>("a", null));
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> json.readValue("{\"description\": [\"after\"]}", Patch.class));
    }
}
