package dev.waybill.collections;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** The indexes of collections. */
@Component
class CollectionIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return CollectionDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(
                new Index("namespace_id", Direction.ASC)
                        .on("collection_name", Direction.ASC)
                        .unique()
                        .named("namespace_name"),
                new Index("namespace_id", Direction.ASC)
                        .on("bucket_id", Direction.ASC)
                        .on("depth", Direction.ASC)
                        .named("bucket_tiers"),
                new Index("namespace_id", Direction.ASC)
                        .on("parent_id", Direction.ASC)
                        .named("readers"));
    }
}
