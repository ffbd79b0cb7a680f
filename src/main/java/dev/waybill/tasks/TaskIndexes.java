package dev.waybill.tasks;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** One index for the sweep, which holds unfinished tasks only, and two for lists. */
@Component
class TaskIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return "tasks";
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(
                new Index("due_at", Direction.ASC).sparse(),
                new Index("organization_id", Direction.ASC)
                        .on("created_at", Direction.DESC)
                        .on("_id", Direction.DESC),
                new Index("organization_id", Direction.ASC)
                        .on("namespace_id", Direction.ASC)
                        .on("created_at", Direction.DESC)
                        .on("_id", Direction.DESC));
    }
}
