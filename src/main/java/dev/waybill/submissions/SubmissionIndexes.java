package dev.waybill.submissions;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.List;
import org.bson.Document;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;

/** What keys, lists and the periodic job look things up by; everything else goes by {@code _id}. */
@Configuration(proxyBeanMethods = false)
class SubmissionIndexes {

    private record Declared(String collection, List<IndexDefinition> indexes) implements IndexDeclaration {}

    @Bean
    IndexDeclaration agentIndexes() {
        return new Declared(
                AgentDocument.COLLECTION,
                List.of(
                        new Index()
                                .named("key_hash")
                                .on("key_hash", Direction.ASC)
                                .unique(),
                        new Index()
                                .named("organization_newest")
                                .on("organization_id", Direction.ASC)
                                .on("created_at", Direction.DESC)));
    }

    @Bean
    IndexDeclaration projectIndexes() {
        return new Declared(
                ProjectDocument.COLLECTION,
                List.of(
                        new Index()
                                .named("organization_newest")
                                .on("organization_id", Direction.ASC)
                                .on("created_at", Direction.DESC),
                        new Index()
                                .named("by_deletion")
                                .on("purge_until", Direction.ASC)
                                .partial(PartialIndexFilter.of(
                                        new Document("purge_until", new Document("$exists", true))))));
    }

    @Bean
    IndexDeclaration submissionsIndexes() {
        return new Declared(
                SubmissionDocument.COLLECTION,
                List.of(
                        new Index()
                                .named("by_project")
                                .on("organization_id", Direction.ASC)
                                .on("project_id", Direction.ASC)
                                .on("created_at", Direction.DESC),
                        new Index()
                                .named("by_agent")
                                .on("organization_id", Direction.ASC)
                                .on("project_id", Direction.ASC)
                                .on("agent_id", Direction.ASC)
                                .on("created_at", Direction.DESC),
                        new Index()
                                .named("by_sweep")
                                .on("sweep_at", Direction.ASC)
                                .partial(PartialIndexFilter.of(
                                        new Document("sweep_at", new Document("$exists", true))))));
    }
}
