package dev.waybill.objects;

import java.util.Optional;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** MongoDB repository of the cursors of the walks over rows. */
@Component
class ObjectWalkStore {

    private final MongoOperations mongo;

    ObjectWalkStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    Optional<ObjectWalkEntity> find(String id) {
        return Optional.ofNullable(mongo.findById(id, ObjectWalkEntity.class));
    }

    void save(ObjectWalkEntity cursor) {
        mongo.save(cursor);
    }
}
