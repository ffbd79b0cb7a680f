package dev.waybill.objects;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.stereotype.Component;

/**
 * The first serves lists by age in both directions, and with the size at its end the counting of a bucket as well,
 * which then never reads a document. The second serves the search for what changed lately, the third whether bytes
 * that are to go belong to another object. The unique ones are the claims: of two rows with the same bytes, or the same
 * unique key, one is written.
 */
@Component
class ObjectIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return ObjectDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(
                new Index()
                        .on("namespace_id", Direction.ASC)
                        .on("bucket_id", Direction.ASC)
                        .on("created_at", Direction.ASC)
                        .on("_id", Direction.ASC)
                        .on("size_bytes", Direction.ASC)
                        .named("bucket_by_age"),
                new Index()
                        .on("written_at", Direction.ASC)
                        .on("namespace_id", Direction.ASC)
                        .on("organization_id", Direction.ASC)
                        .on("bucket_id", Direction.ASC)
                        .named("changed"),
                new Index()
                        .on("namespace_id", Direction.ASC)
                        .on("blobs.storage_key", Direction.ASC)
                        .named("bytes"),
                unique("dedupe_keys"),
                unique("unique_key"),
                new Index()
                        .named("purge")
                        .on("purge_at", Direction.ASC)
                        .expire(Duration.ZERO)
                        .partial(PartialIndexFilter.of(new Document("purge_at", new Document("$exists", true)))));
    }

    /** Within bucket and kind, as a row's {@code bucket_id} tells both. */
    private static Index unique(String field) {
        return new Index()
                .named("one_by_" + field)
                .on("namespace_id", Direction.ASC)
                .on("bucket_id", Direction.ASC)
                .on(field, Direction.ASC)
                .unique();
    }
}
