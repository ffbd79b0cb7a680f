package dev.waybill.blobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The stored cursor of the orphan walk over one shard of the final keys.
 *
 * @param after the last key that was checked; null at the beginning
 * @param begunAt when this round began
 */
@Document("blob_walks")
record WalkCursorEntity(@Id String shard, @Nullable String after, Instant begunAt) {

    WalkCursorEntity at(String key) {
        return new WalkCursorEntity(shard, key, begunAt);
    }
}
