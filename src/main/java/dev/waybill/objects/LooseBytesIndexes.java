package dev.waybill.objects;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** What the sweep asks for: which notes are due. */
@Component
class LooseBytesIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return LooseBytesDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(new Index().on("due_at", Direction.ASC).named("due"));
    }
}
