package dev.waybill.objects;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** The index of notes. */
@Component
class ObjectNewsIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return ObjectNewsDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(new Index("due_at", Direction.ASC));
    }
}
