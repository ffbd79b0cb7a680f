package dev.waybill.batches;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** For going through a batch's objects in order, and for removing a bucket's. */
@Component
class BatchItemIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return BatchItemDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(
                new Index("namespace_id", Direction.ASC)
                        .on("batch_id", Direction.ASC)
                        .on("_id", Direction.ASC)
                        .named("batch"),
                new Index("namespace_id", Direction.ASC)
                        .on("bucket_id", Direction.ASC)
                        .named("bucket"));
    }
}
