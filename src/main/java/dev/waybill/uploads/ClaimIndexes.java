package dev.waybill.uploads;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** Claims are found by {@code _id}; only purging a bucket goes by this. */
@Component
class ClaimIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return "upload_claims";
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(
                new Index().named("by_bucket").on("namespace_id", Direction.ASC).on("bucket_id", Direction.ASC));
    }
}
