package dev.waybill.connections;

import dev.waybill.platform.json.Change;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body that updates a connection. Omitted fields stay unchanged. */
@Schema(
        name = "StorageConnectionUpdateRequest",
        example = "{\"description\": \"The film crew's\", \"metadata\": {\"team\": \"film\"}}")
record ConnectionUpdateRequest(
        @Schema(description = "Another name.", minLength = 1, maxLength = 100, example = "Raw footage") @Nullable
        String name,

        @Schema(
                implementation = String.class,
                description = "Another description; an empty one, or null, takes it away.",
                maxLength = 500,
                example = "The film crew's")
        @Nullable
        Change<String> description,

        @Schema(
                implementation = Map.class,
                description = "Takes the place of the old one; null empties it.",
                example = "{\"team\": \"film\"}")
        @Nullable
        Change<Map<String, Object>> metadata,

        @Schema(
                description =
                        "`SUSPENDED` keeps it from being used, `ACTIVE` allows it again and forgives its failures.",
                allowableValues = {"ACTIVE", "SUSPENDED"},
                example = "ACTIVE")
        @Nullable
        String status,

        @Schema(description = "The same by another name.", example = "true") @Nullable
        Boolean isActive,

        @Schema(
                description =
                        "Takes the place of the old settings, and is tested before. Secrets that are masked, or left"
                                + " out, stay, as long as endpoint and account do.",
                example = ConnectionCreateRequest.CONFIG)
        @Nullable
        Map<String, Object> providerConfig,

        @Schema(
                description =
                        "Whether other settings are tested first; those that do not work are not saved. Default true.",
                example = "true")
        @Nullable
        Boolean testBeforeSave) {

    /** The validated request; null leaves a field unchanged. */
    record Checked(
            @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, Object> metadata,
            @Nullable ConnectionStatus status,
            @Nullable Map<String, Object> settings,
            boolean isTested) {

        /** Settings hold secrets. */
        @Override
        public String toString() {
            return "Checked[" + name + "]";
        }
    }

    Checked read() {
        ConnectionRules rules = new ConnectionRules();
        String text = Change.orNone(description).orEmpty("");
        Map<String, Object> free = Change.orNone(metadata).orEmpty(Map.of());
        rules.name(name, false);
        rules.description(text);
        rules.metadata(free);
        rules.settings(providerConfig, false);
        ConnectionStatus requested = rules.requestedStatus(status, isActive);
        rules.refuse();
        return new Checked(name, text, free, requested, providerConfig, testBeforeSave == null || testBeforeSave);
    }

    /** Settings hold secrets. */
    @Override
    public String toString() {
        return "ConnectionUpdateRequest[" + name + "]";
    }
}
