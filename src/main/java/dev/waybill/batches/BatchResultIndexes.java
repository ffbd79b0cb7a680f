package dev.waybill.batches;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** For counting what is done, for listing what failed, and for removing a bucket's. */
@Component
class BatchResultIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return BatchResultDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(
                new Index("namespace_id", Direction.ASC)
                        .on("batch_id", Direction.ASC)
                        .on("tier", Direction.ASC)
                        .on("status", Direction.ASC)
                        .on("_id", Direction.ASC)
                        .named("tier_status"),
                new Index("namespace_id", Direction.ASC)
                        .on("bucket_id", Direction.ASC)
                        .named("bucket"));
    }
}
