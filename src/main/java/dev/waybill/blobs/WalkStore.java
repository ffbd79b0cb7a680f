package dev.waybill.blobs;

import java.util.Optional;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** MongoDB repository of the cursors of the orphan walk. */
@Component
class WalkStore {

    private final MongoOperations mongo;

    WalkStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    Optional<WalkCursorEntity> find(String shard) {
        return Optional.ofNullable(mongo.findById(shard, WalkCursorEntity.class));
    }

    void save(WalkCursorEntity cursor) {
        mongo.save(cursor);
    }
}
