package dev.waybill.objects;

import dev.waybill.blobs.Blob;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.BucketUsage;
import dev.waybill.buckets.FieldType;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects, rows and buckets for tests. */
public final class ObjectFixtures {

    public static final Scope ACME = new Scope(new OrganizationId("org_acme"), new NamespaceId("ns_acme"));
    public static final Scope OTHER = new Scope(new OrganizationId("org_other"), new NamespaceId("ns_other"));
    public static final BucketId PHOTOS = new BucketId("bkt_photos");
    public static final BucketId SONGS = new BucketId("bkt_songs");
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");

    private ObjectFixtures() {}

    public static BucketObject object(String id) {
        return object(ACME, PHOTOS, id, 100, NOON);
    }

    public static BucketObject object(Scope scope, BucketId bucket, String id, long bytes, Instant createdAt) {
        return object(scope, bucket, id, List.of(photo(id, bytes)), Map.of(), createdAt);
    }

    public static BucketObject object(String id, Map<String, Object> metadata) {
        return object(ACME, PHOTOS, id, List.of(photo(id, 100)), metadata, NOON);
    }

    public static BucketObject object(
            Scope scope,
            BucketId bucket,
            String id,
            List<Blob> blobs,
            Map<String, Object> metadata,
            Instant createdAt) {
        return BucketObject.draft(new ObjectId(id), scope, bucket, null, blobs, metadata, createdAt);
    }

    public static Blob photo(String id, long bytes) {
        return new Blob(
                "blob_" + id,
                "hero_image",
                FieldType.IMAGE,
                null,
                key(id),
                null,
                id + ".jpg",
                bytes,
                "image/jpeg",
                "d41d8cd98f00b204e9800998ecf8427e",
                null,
                null,
                null,
                null,
                Map.of(),
                null);
    }

    public static Blob inline(Object content) {
        return new Blob(
                "blob_inline",
                "product_text",
                FieldType.TEXT,
                null,
                null,
                content,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                null);
    }

    /** @return whether this call inserted it */
    static boolean insert(ObjectStore store, BucketObject object) {
        return store.insertAll(List.of(row(object))).getFirst() == WriteOutcome.DONE;
    }

    static List<WriteOutcome> insertAll(ObjectStore store, List<BucketObject> objects) {
        return store.insertAll(objects.stream().map(ObjectFixtures::row).toList());
    }

    /** An object that claims nothing but its id. */
    static ObjectRow row(BucketObject object) {
        String own = object.id().value();
        return ObjectRow.content(ObjectRow.Kind.OBJECT, object, List.of(own), own, null);
    }

    public static ObjectKey key(String id) {
        return new ObjectKey("org_acme/ns_acme/api_buckets_uploads_create/" + id + "/" + id + ".jpg");
    }

    public static Bucket bucket(Scope scope, BucketId id) {
        return bucket(scope, id, new BucketSchema(Map.of()));
    }

    public static Bucket bucket(Scope scope, BucketId id, BucketSchema schema) {
        return new Bucket(
                id,
                scope,
                id.value().substring("bkt_".length()),
                null,
                schema,
                null,
                Map.of(),
                TaskStatus.ACTIVE,
                false,
                BucketUsage.NONE,
                NOON,
                NOON);
    }

    static BucketUsage usage(long objects, long bytes, long max, long min, @Nullable Instant newest, Instant at) {
        return new BucketUsage(objects, bytes, max, min, newest, at);
    }
}
