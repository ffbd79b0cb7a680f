package dev.waybill.buckets;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body that creates a bucket. */
@Schema(example = """
                {"bucket_name": "product-catalog", "bucket_schema": {"properties": {"product_text": {"type": "text", \
                "required": true}, "hero_image": {"type": "image"}}}}""")
record BucketCreateRequest(
        @Schema(
                description = "Unique in the namespace: 1 to 128 letters, digits, '-', '_' or '.', not starting with"
                        + " 'bkt_'.",
                pattern = BucketRules.NAME_FORM,
                minLength = 1,
                maxLength = 128,
                example = "product-catalog",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String bucketName,

        @Schema(
                description = "For people, at most 4096 characters.",
                maxLength = BucketRules.MAX_DESCRIPTION,
                example = "What the shop sells")
        @Nullable
        String description,

        @Schema(
                description = "What objects look like; `schema` is taken as well.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @JsonAlias("schema")
        @Nullable
        BucketSchemaRequest bucketSchema,

        @Schema(description = "The fields that tell objects apart; without it every object is its own.") @Nullable
        UniqueKeyRequest uniqueKey,

        @Schema(
                description = "Any JSON, at most 64 KiB and 20 levels; keys must not start with '$'.",
                example = "{\"team\": \"shop\"}")
        @Nullable
        Map<String, Object> metadata) {

    /**
     * The bucket, new and empty.
     *
     * @throws dev.waybill.platform.errors.InvalidRequest naming everything that is wrong
     */
    Bucket toBucket(BucketId id, Scope scope, Instant now) {
        BucketRules rules = new BucketRules();
        String name = rules.name(bucketName);
        rules.description(description);
        rules.metadata(metadata);
        BucketSchema schema = rules.schema(bucketSchema);
        UniqueKey key = rules.uniqueKey(uniqueKey, schema);
        rules.refuse();
        return new Bucket(
                id,
                scope,
                name,
                description,
                schema,
                key,
                metadata == null ? Map.of() : metadata,
                TaskStatus.ACTIVE,
                false,
                BucketUsage.NONE,
                now,
                now);
    }
}
