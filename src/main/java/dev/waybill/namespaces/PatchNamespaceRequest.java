package dev.waybill.namespaces;

import dev.waybill.platform.web.Change;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes to a namespace. What is left out stays as it is. */
@Schema(example = "{\"description\": \"Everything that is live\", \"auto_create_indexes\": true}")
record PatchNamespaceRequest(
        @Schema(description = "A new name; null leaves the old one.", pattern = NamespaceRules.NAME_FORM) @Nullable
        String namespaceName,

        @Schema(
                implementation = String.class,
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "A new description; null removes it.")
        Change<String> description,

        @Schema(
                implementation = PayloadIndexRequest[].class,
                description = "Takes the place of all indexes; null removes them.",
                requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Change<List<@Nullable PayloadIndexRequest>> payloadIndexes,

        @Schema(description = "Whether indexes are made for fields that filters use; null leaves it.") @Nullable
        Boolean autoCreateIndexes,

        @Schema(
                implementation = Map.class,
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                description = "Takes the place of the old one; null removes it.")
        Change<Map<String, Object>> infrastructure) {

    NamespaceChange read() {
        NamespaceRules rules = new NamespaceRules();
        if (namespaceName != null) {
            rules.name(namespaceName);
        }
        rules.description(description.value());
        rules.infrastructure(infrastructure.value());
        List<PayloadIndex> indexes = rules.indexes(payloadIndexes.value());
        rules.refuse();
        return new NamespaceChange(
                namespaceName,
                description,
                payloadIndexes.given() ? Change.to(indexes) : Change.none(),
                autoCreateIndexes,
                infrastructure);
    }
}
