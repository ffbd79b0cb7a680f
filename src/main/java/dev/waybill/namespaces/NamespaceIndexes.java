package dev.waybill.namespaces;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.stereotype.Component;

/** The indexes of namespaces. */
@Component
class NamespaceIndexes implements IndexDeclaration {

    @Override
    public String collection() {
        return "namespaces";
    }

    @Override
    public List<IndexDefinition> indexes() {
        return List.of(
                new Index("organization_id", Direction.ASC)
                        .on("namespace_name", Direction.ASC)
                        .unique()
                        .named("organization_name"),
                new Index("organization_id", Direction.ASC)
                        .on("created_at", Direction.DESC)
                        .on("_id", Direction.DESC)
                        .named("organization_created"),
                new Index("deletion.check_at", Direction.ASC).sparse().named("deletion_check"));
    }
}
