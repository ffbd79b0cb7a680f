package dev.waybill.objects;

import java.time.Instant;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Up to when changes of objects were looked for, whichever instance did; kept in MongoDB. */
@Component
class UsageWatermarkStore {

    private final MongoOperations mongo;

    UsageWatermarkStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** {@link Instant#EPOCH} when that never happened. */
    Instant reached() {
        UsageWatermarkDocument document = mongo.findById(UsageWatermarkDocument.USAGE, UsageWatermarkDocument.class);
        return document == null ? Instant.EPOCH : document.reached();
    }

    void moveTo(Instant now) {
        mongo.save(new UsageWatermarkDocument(UsageWatermarkDocument.USAGE, now));
    }
}
