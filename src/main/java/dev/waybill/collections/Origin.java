package dev.waybill.collections;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Where documents of an object come from: one extractor at work, for a collection or for the bucket itself.
 *
 * @param collection null when the namespace's own extractor works without one
 */
public record Origin(Scope scope, BucketId bucket, @Nullable CollectionId collection, ExtractorUse extractor) {

    private static final String FOLDER = "documents";

    /** The collection's id, or else the extractor's. */
    public String value() {
        return collection == null ? extractor.id() : collection.value();
    }

    /** Where the bytes of a document lie, such as a thumbnail's. */
    public ObjectKey fileKey(ObjectId object, String source, String name) {
        return new ObjectKey(prefix(scope, bucket, value()) + object + "/" + source + "/" + name);
    }

    static String prefix(Scope scope, BucketId bucket) {
        return "%s/%s/%s/%s/".formatted(scope.organization(), scope.namespace(), FOLDER, bucket);
    }

    static String prefix(Scope scope, BucketId bucket, String origin) {
        return prefix(scope, bucket) + origin + "/";
    }
}
