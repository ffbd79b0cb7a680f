package dev.waybill.objects;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** The first finds what an object that goes has claimed, the second what a bucket that goes holds. */
@Component
class ObjectClaimIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return ObjectClaimDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(
                new Index()
                        .on("namespace_id", Direction.ASC)
                        .on("object_id", Direction.ASC)
                        .named("by_object"),
                new Index()
                        .on("namespace_id", Direction.ASC)
                        .on("bucket_id", Direction.ASC)
                        .named("by_bucket"));
    }
}
