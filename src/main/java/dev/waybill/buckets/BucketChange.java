package dev.waybill.buckets;

import dev.waybill.platform.json.Change;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A validated partial update of a bucket.
 *
 * @param name null leaves it unchanged
 * @param metadata replaces the old one as a whole; null empties it
 */
record BucketChange(@Nullable String name, Change<String> description, Change<Map<String, Object>> metadata) {

    boolean isEmpty() {
        return name == null && !description.given() && !metadata.given();
    }
}
