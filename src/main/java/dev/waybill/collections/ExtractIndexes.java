package dev.waybill.collections;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** For lists of a collection, for an object's documents, which a re-run replaces and a tier reads, and for removing a bucket's. */
@Component
class ExtractIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return ExtractDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(
                new Index("namespace_id", Direction.ASC)
                        .on("origin", Direction.ASC)
                        .on("created_at", Direction.ASC)
                        .on("_id", Direction.ASC)
                        .named("origin_by_age"),
                new Index("namespace_id", Direction.ASC)
                        .on("object_id", Direction.ASC)
                        .on("origin", Direction.ASC)
                        .on("source_id", Direction.ASC)
                        .named("object"),
                new Index("namespace_id", Direction.ASC)
                        .on("object_id", Direction.ASC)
                        .on("origin", Direction.ASC)
                        .on("_id", Direction.ASC)
                        .named("object_in_order"),
                new Index("namespace_id", Direction.ASC)
                        .on("bucket_id", Direction.ASC)
                        .named("bucket"));
    }
}
