package dev.waybill.objects;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** What the sweep asks for every second or two: which marks are due. */
@Component
class UsageMarkIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return UsageMarkDocument.COLLECTION;
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(new Index()
                .on("due_at", Direction.ASC)
                .on("not_before", Direction.ASC)
                .named("due"));
    }
}
