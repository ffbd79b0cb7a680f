package dev.waybill.webhooks;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** The indexes of {@link LineDocument}s. */
@Component
class LineIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return LineDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(new Index("due_at", Direction.ASC).sparse(), new Index("check_at", Direction.ASC).sparse());
    }
}
