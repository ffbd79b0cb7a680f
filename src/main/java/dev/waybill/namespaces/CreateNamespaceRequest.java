package dev.waybill.namespaces;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body to create a namespace. */
@Schema(example = """
                {"namespace_name": "production", "feature_extractors": [{"feature_extractor_name": \
                "multimodal_extractor", "version": "v1"}]}""")
record CreateNamespaceRequest(
        @Schema(
                description =
                        "Unique in the organization: 3 to 64 letters, digits, '-' or '_', not starting with 'ns_'.",
                pattern = NamespaceRules.NAME_FORM,
                minLength = 3,
                maxLength = 64,
                example = "production",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String namespaceName,

        @Schema(description = "What the namespace is for.", defaultValue = "standard") @Nullable
        NamespaceType namespaceType,

        @Schema(
                description = "For people, at most 4096 characters.",
                maxLength = NamespaceRules.MAX_DESCRIPTION,
                example = "Everything that is live")
        @Nullable
        String description,

        @Schema(
                description = "At least one, each of a known name and version.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        List<@Nullable FeatureExtractorRequest> featureExtractors,

        @Schema(description = "Indexes over the payload of documents; each field once.") @Nullable
        List<@Nullable PayloadIndexRequest> payloadIndexes,

        @Schema(description = "Whether indexes are made for fields that filters use.", defaultValue = "false") @Nullable
        Boolean autoCreateIndexes,

        @Schema(description = "Where the namespace's work is to run, kept as it is given.") @Nullable
        Map<String, Object> infrastructure) {

    /**
     * Validates the request and returns the new namespace.
     *
     * @throws dev.waybill.platform.errors.InvalidRequest naming everything that is wrong
     */
    NamespaceEntity toNamespace(NamespaceId id, OrganizationId organization, Instant now) {
        NamespaceRules rules = new NamespaceRules();
        String name = rules.name(namespaceName);
        rules.description(description);
        rules.infrastructure(infrastructure);
        List<FeatureExtractor> extractors = rules.extractors(featureExtractors);
        List<PayloadIndex> indexes = rules.indexes(payloadIndexes);
        rules.refuse();
        return new NamespaceEntity(
                id.value(),
                organization,
                name,
                (namespaceType == null ? NamespaceType.STANDARD : namespaceType).wire(),
                description,
                extractors,
                indexes,
                Boolean.TRUE.equals(autoCreateIndexes),
                infrastructure,
                now,
                now);
    }
}
