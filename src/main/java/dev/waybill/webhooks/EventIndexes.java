package dev.waybill.webhooks;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** The indexes of {@link EventDocument}s. */
@Component
class EventIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return EventDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(new Index("fan_out_due", Direction.ASC).sparse(), new Index("created_at", Direction.ASC));
    }
}
