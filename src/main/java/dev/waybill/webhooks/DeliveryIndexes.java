package dev.waybill.webhooks;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** The indexes of {@link DeliveryDocument}s. */
@Component
class DeliveryIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return DeliveryDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(
                new Index("line", Direction.ASC)
                        .on("next_attempt_at", Direction.ASC)
                        .named("line_due"),
                new Index("organization_id", Direction.ASC)
                        .on("webhook_id", Direction.ASC)
                        .on("created_at", Direction.DESC)
                        .on("_id", Direction.DESC)
                        .named("log"),
                new Index("ended_at", Direction.ASC).sparse());
    }
}
