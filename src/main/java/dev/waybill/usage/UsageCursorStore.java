package dev.waybill.usage;

import java.time.Instant;
import java.util.Optional;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Stores the cursor of the search for changed buckets in MongoDB. */
@Component
class UsageCursorStore {

    private final MongoOperations mongo;

    UsageCursorStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    Optional<Instant> find() {
        return Optional.ofNullable(mongo.findById(UsageCursorEntity.COUNTED, UsageCursorEntity.class))
                .map(UsageCursorEntity::reached);
    }

    void save(Instant reached) {
        mongo.save(new UsageCursorEntity(UsageCursorEntity.COUNTED, reached));
    }
}
