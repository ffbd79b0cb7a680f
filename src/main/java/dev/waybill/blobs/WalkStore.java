package dev.waybill.blobs;

import java.util.Optional;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Keeps how far the walks over the keys have come. */
@Component
class WalkStore {

    private final MongoOperations mongo;

    WalkStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    Optional<WalkCursorDocument> find(String shard) {
        return Optional.ofNullable(mongo.findById(shard, WalkCursorDocument.class));
    }

    void save(WalkCursorDocument cursor) {
        mongo.save(cursor);
    }
}
