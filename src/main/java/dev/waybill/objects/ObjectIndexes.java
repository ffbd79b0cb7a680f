package dev.waybill.objects;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/**
 * The first serves lists by age in both directions, and with the size at its end the counting of a bucket as well,
 * which then never reads a document. The second serves the search for what changed lately, the third whether bytes
 * that are to go belong to another object.
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
                        .named("bytes"));
    }
}
