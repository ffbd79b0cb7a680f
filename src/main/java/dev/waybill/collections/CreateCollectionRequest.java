package dev.waybill.collections;

import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.json.FreeJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Request body that creates a collection. */
@Schema(example = """
                {"collection_name": "chunks", "source": {"type": "bucket", "bucket_id": "product-catalog"}, \
                "feature_extractor": {"feature_extractor_name": "text_extractor", "version": "v1"}}""")
record CreateCollectionRequest(
        @Schema(
                description =
                        "Unique in the namespace: 1 to 100 letters, digits, '-' or '_', not starting with 'col_'.",
                pattern = CreateCollectionRequest.NAME_FORM,
                example = "chunks",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String collectionName,

        @Schema(description = "What it reads.", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        SourceRequest source,

        @Schema(description = "What reads it; one of the namespace's own.", requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        ExtractorRequest featureExtractor) {

    static final String NAME_FORM = "^(?!col_)[A-Za-z0-9_-]{1,100}$";

    private static final Pattern NAME = Pattern.compile(NAME_FORM);

    /** What a collection reads. */
    @Schema(name = "CollectionSource-Input")
    record SourceRequest(
            @Schema(
                    description = "Whether it reads a bucket's objects or a collection's documents.",
                    allowableValues = {"bucket", "collection"},
                    example = "bucket",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String type,

            @Schema(description = "Id or name of the bucket, for a bucket.", example = "product-catalog") @Nullable
            String bucketId,

            @Schema(description = "Id or name of the collection, for a collection.", example = "chunks") @Nullable
            String collectionId) {}

    /** What reads it. */
    @Schema(name = "CollectionExtractor-Input")
    record ExtractorRequest(
            @Schema(description = "Its name.", example = "text_extractor", requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String featureExtractorName,

            @Schema(description = "Its version.", example = "v1", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String version,

            @Schema(description = "Its settings; unknown ones are refused.", example = "{\"chunk_size\": 500}")
            @Nullable
            Map<String, Object> parameters) {}

    NewCollection read() {
        Violations violations = new Violations();
        violations.form(
                List.of("body", "collection_name"),
                collectionName,
                NAME,
                "must be 1 to 100 letters, digits, '-' or '_', and must not start with 'col_', as ids do");
        boolean ofBucket = readSource(violations);
        ExtractorUse extractor = readExtractor(violations);
        violations.refuse();
        return new NewCollection(
                String.valueOf(collectionName),
                source == null || !ofBucket ? null : source.bucketId(),
                source == null || ofBucket ? null : source.collectionId(),
                extractor);
    }

    private boolean readSource(Violations violations) {
        if (!violations.has(List.of("body", "source"), source) || source == null) {
            return true;
        }
        List<Object> type = List.of("body", "source", "type");
        if (!violations.has(type, source.type())) {
            return true;
        }
        return switch (String.valueOf(source.type())) {
            case "bucket" -> {
                violations.has(List.of("body", "source", "bucket_id"), source.bucketId());
                yield true;
            }
            case "collection" -> {
                violations.has(List.of("body", "source", "collection_id"), source.collectionId());
                yield false;
            }
            default -> {
                violations.add(type, "Input should be 'bucket' or 'collection'", "enum");
                yield true;
            }
        };
    }

    private ExtractorUse readExtractor(Violations violations) {
        if (!violations.has(List.of("body", "feature_extractor"), featureExtractor) || featureExtractor == null) {
            return new ExtractorUse("", "", Map.of());
        }
        String name = featureExtractor.featureExtractorName();
        String version = featureExtractor.version();
        Map<String, Object> parameters = featureExtractor.parameters();
        violations.has(List.of("body", "feature_extractor", "feature_extractor_name"), name);
        violations.has(List.of("body", "feature_extractor", "version"), version);
        FreeJson.violation(List.of("body", "feature_extractor", "parameters"), parameters)
                .ifPresent(violations::add);
        return new ExtractorUse(
                name == null ? "" : name, version == null ? "" : version, parameters == null ? Map.of() : parameters);
    }
}
