package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.events.NamespacedEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that happened to one object. */
public sealed interface ObjectEvent extends NamespacedEvent permits ObjectCreated, ObjectUpdated, ObjectDeleted {

    BucketId bucket();

    ObjectId id();

    @Nullable
    String keyPrefix();

    /** What receivers are told beside the object's id. */
    static Map<String, Object> facts(BucketId bucket, @Nullable String keyPrefix) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bucket_id", bucket.value());
        if (keyPrefix != null) {
            facts.put("key_prefix", keyPrefix);
        }
        return facts;
    }
}
