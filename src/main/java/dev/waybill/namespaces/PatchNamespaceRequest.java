package dev.waybill.namespaces;

import dev.waybill.platform.json.Change;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body to patch a namespace; absent fields stay unchanged. */
@Schema(example = "{\"description\": \"Everything that is live\", \"auto_create_indexes\": true}")
record PatchNamespaceRequest(
        @Schema(description = "A new name; null leaves the old one.", pattern = NamespaceRules.NAME_FORM) @Nullable
        String namespaceName,

        @Schema(
                implementation = String.class,
                description = "A new description; null removes it.",
                maxLength = NamespaceRules.MAX_DESCRIPTION)
        @Nullable
        Change<String> description,

        @Schema(
                implementation = PayloadIndexRequest[].class,
                description = "Takes the place of all indexes; null removes them.")
        @Nullable
        Change<List<@Nullable PayloadIndexRequest>> payloadIndexes,

        @Schema(description = "Whether indexes are made for fields that filters use; null leaves it.") @Nullable
        Boolean autoCreateIndexes,

        @Schema(implementation = Map.class, description = "Takes the place of the old one; null removes it.") @Nullable
        Change<Map<String, Object>> infrastructure) {

    NamespaceChange read() {
        Change<String> text = Change.orNone(description);
        Change<List<@Nullable PayloadIndexRequest>> requested = Change.orNone(payloadIndexes);
        Change<Map<String, Object>> infrastructureChange = Change.orNone(infrastructure);
        NamespaceRules rules = new NamespaceRules();
        if (namespaceName != null) {
            rules.name(namespaceName);
        }
        rules.description(text.value());
        rules.infrastructure(infrastructureChange.value());
        List<PayloadIndex> indexes = rules.indexes(requested.value());
        rules.refuse();
        return new NamespaceChange(
                namespaceName,
                text,
                requested.given() ? Change.to(indexes) : Change.none(),
                autoCreateIndexes,
                infrastructureChange);
    }
}
