package dev.waybill.uploads;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.bson.Document;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.stereotype.Component;

/** What lists and the periodic jobs look uploads up by; everything else goes by {@code _id}. */
@Component
class UploadIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return "uploads";
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(
                new Index()
                        .named("by_bucket")
                        .on("namespace_id", Direction.ASC)
                        .on("bucket_id", Direction.ASC)
                        .on("created_at", Direction.DESC),
                new Index().named("by_expiry").on("status", Direction.ASC).on("expires_at", Direction.ASC),
                new Index()
                        .named("by_sweep")
                        .on("sweep_at", Direction.ASC)
                        .partial(PartialIndexFilter.of(new Document("sweep_at", new Document("$exists", true)))));
    }
}
