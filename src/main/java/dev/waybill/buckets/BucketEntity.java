package dev.waybill.buckets;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.platform.mongo.JsonValues;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Unwrapped;
import org.springframework.data.mongodb.core.mapping.Unwrapped.OnEmpty;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stored document of a bucket.
 *
 * @param bucketName while it is being deleted: a tilde and its id, which no name can be
 * @param bucketSchema the properties by name
 */
@Document(BucketEntity.COLLECTION)
@CompoundIndex(name = "namespace_name", def = "{namespace_id: 1, bucket_name: 1}", unique = true)
@CompoundIndex(name = "namespace_created", def = "{namespace_id: 1, created_at: -1, _id: -1}")
record BucketEntity(
        @Id String key,
        OrganizationId organizationId,
        NamespaceId namespaceId,
        BucketId bucketId,
        String bucketName,
        @Nullable String description,
        Map<String, Object> bucketSchema,
        @Nullable UniqueKey uniqueKey,
        Map<String, Object> metadata,
        TaskStatus status,
        boolean isLocked,
        @Unwrapped(onEmpty = OnEmpty.USE_EMPTY) BucketUsage usage,
        Instant createdAt,
        Instant updatedAt) {

    static final String COLLECTION = "buckets";

    /** Converts a schema to nested maps in its JSON form. MongoDB preserves their order. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    static BucketEntity of(Bucket bucket) {
        return new BucketEntity(
                bucket.scope().key(bucket.id().value()),
                bucket.scope().organization(),
                bucket.scope().namespace(),
                bucket.id(),
                bucket.name(),
                bucket.description(),
                JSON.convertValue(bucket.schema().properties(), new TypeReference<LinkedHashMap<String, Object>>() {}),
                bucket.uniqueKey(),
                bucket.metadata(),
                bucket.status(),
                bucket.locked(),
                bucket.usage(),
                bucket.createdAt(),
                bucket.updatedAt());
    }

    Bucket toBucket() {
        return new Bucket(
                bucketId,
                new Scope(organizationId, namespaceId),
                bucketName,
                description,
                JSON.convertValue(Map.of("properties", JsonValues.fromStored(bucketSchema)), BucketSchema.class),
                uniqueKey,
                metadata,
                status,
                isLocked,
                usage,
                createdAt,
                updatedAt);
    }
}
