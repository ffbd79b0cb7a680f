package dev.waybill.idempotency;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** For the periodic job; requests go by {@code _id}. */
@Component
class IdempotencyIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return IdempotencyDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(new Index("expires_at", Direction.ASC).named("expiry"));
    }
}
