package dev.waybill.webhooks;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** The indexes of {@link WebhookDocument}s. */
@Component
class WebhookIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return WebhookDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(
                new Index("organization_id", Direction.ASC)
                        .on("webhook_name", Direction.ASC)
                        .unique()
                        .named("organization_name"),
                new Index("organization_id", Direction.ASC)
                        .on("is_active", Direction.ASC)
                        .on("event_types", Direction.ASC)
                        .named("audience"));
    }
}
