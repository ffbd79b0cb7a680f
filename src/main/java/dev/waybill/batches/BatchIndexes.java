package dev.waybill.batches;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** For lists of a bucket, with and without a status, and for the periodic job. */
@Component
class BatchIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return BatchDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(
                new Index("namespace_id", Direction.ASC)
                        .on("bucket_id", Direction.ASC)
                        .on("hidden", Direction.ASC)
                        .on("created_at", Direction.DESC)
                        .on("_id", Direction.DESC)
                        .named("bucket_list"),
                new Index("namespace_id", Direction.ASC)
                        .on("bucket_id", Direction.ASC)
                        .on("hidden", Direction.ASC)
                        .on("status", Direction.ASC)
                        .on("created_at", Direction.DESC)
                        .on("_id", Direction.DESC)
                        .named("bucket_status_list"),
                new Index("check_at", Direction.ASC).sparse().named("check"));
    }
}
