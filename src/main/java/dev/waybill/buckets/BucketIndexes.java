package dev.waybill.buckets;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** The indexes of buckets. */
@Component
class BucketIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return "buckets";
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(
                new Index("namespace_id", Direction.ASC)
                        .on("bucket_name", Direction.ASC)
                        .unique()
                        .named("namespace_name"),
                new Index("namespace_id", Direction.ASC)
                        .on("created_at", Direction.DESC)
                        .on("_id", Direction.DESC)
                        .named("namespace_created"),
                new Index("organization_id", Direction.ASC).named("organization"),
                new Index("deletion.check_at", Direction.ASC).sparse().named("deletion_check"));
    }
}
