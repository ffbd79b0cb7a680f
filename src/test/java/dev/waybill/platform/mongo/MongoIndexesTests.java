package dev.waybill.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.waybill.local.LocalMongo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;

/** Indexes that were created once stay in the databases that are out there: the old by the side of a changed one. */
class MongoIndexesTests {

    private static final String INDEXES = """
            agents
              key_hash {"key_hash": 1} {"unique": true}
              organization_newest {"organization_id": 1, "created_at": -1}
            api_keys
              key_hash {"key_hash": 1} {"unique": true}
              name_claim {"name_claim": 1} {"unique": true}
              organization_user_newest {"organization_id": 1, "user_id": 1, "created_at": -1}
            batch_items
              batch {"namespace_id": 1, "batch_id": 1, "_id": 1}
              bucket {"namespace_id": 1, "bucket_id": 1}
            batch_results
              tier_status {"namespace_id": 1, "batch_id": 1, "tier": 1, "status": 1, "_id": 1}
              bucket {"namespace_id": 1, "bucket_id": 1}
            batches
              bucket_list {"namespace_id": 1, "bucket_id": 1, "hidden": 1, "created_at": -1, "_id": -1}
              bucket_status_list {"namespace_id": 1, "bucket_id": 1, "hidden": 1, "status": 1, "created_at": -1, "_id": -1}
            buckets
              namespace_name {"namespace_id": 1, "bucket_name": 1} {"unique": true}
              namespace_created {"namespace_id": 1, "created_at": -1, "_id": -1}
            collections
              namespace_name {"namespace_id": 1, "collection_name": 1} {"unique": true}
              bucket_tiers {"namespace_id": 1, "bucket_id": 1, "depth": 1}
              readers {"namespace_id": 1, "parent_id": 1}
            connections
              organization_name {"organization_id": 1, "unique_name": 1} {"unique": true}
              organization_identity {"organization_id": 1, "provider": 1, "identity": 1}
            documents
              origin_by_age {"namespace_id": 1, "origin": 1, "created_at": 1, "_id": 1}
              object {"namespace_id": 1, "object_id": 1, "origin": 1, "source_id": 1}
              object_in_order {"namespace_id": 1, "object_id": 1, "origin": 1, "_id": 1}
              bucket {"namespace_id": 1, "bucket_id": 1}
              bytes {"namespace_id": 1, "files": 1} {"partialFilterExpression": {"files": {"$exists": true}}}
            idempotency_keys
              expiry {"expires_at": 1}
            namespaces
              organization_name {"organization_id": 1, "namespace_name": 1} {"unique": true}
              organization_created {"organization_id": 1, "created_at": -1, "_id": -1}
            objects
              bucket_by_age {"namespace_id": 1, "bucket_id": 1, "created_at": 1, "_id": 1, "size_bytes": 1}
              changed {"written_at": 1, "namespace_id": 1, "organization_id": 1, "bucket_id": 1}
              bytes {"namespace_id": 1, "blobs.storage_key": 1}
              one_by_dedupe_keys {"namespace_id": 1, "bucket_id": 1, "dedupe_keys": 1} {"unique": true}
              one_by_unique_key {"namespace_id": 1, "bucket_id": 1, "unique_key": 1} {"unique": true}
              garbage {"garbage": 1} {"partialFilterExpression": {"garbage": {"$exists": true}}}
              purge {"purge_at": 1} {"partialFilterExpression": {"purge_at": {"$exists": true}}}
            projects
              organization_newest {"organization_id": 1, "created_at": -1}
            submissions
              by_project {"organization_id": 1, "project_id": 1, "created_at": -1}
              by_agent {"organization_id": 1, "project_id": 1, "agent_id": 1, "created_at": -1}
              bytes {"organization_id": 1, "media.s3_key": 1} {"partialFilterExpression": {"media.s3_key": {"$exists": true}}}
              by_sweep {"sweep_at": 1} {"partialFilterExpression": {"sweep_at": {"$exists": true}}}
            sync_ledger
              by_key {"sync_key": 1, "source_key": 1, "_id": 1}
              by_state {"sync_key": 1, "state": 1, "source_key": 1, "_id": 1}
              by_reason {"sync_key": 1, "reason": 1, "source_key": 1, "_id": 1} {"partialFilterExpression": {"reason": {"$exists": true}}}
              by_run {"sync_key": 1, "finished.run": 1, "source_key": 1, "_id": 1}
              of_bucket {"namespace_id": 1, "bucket_id": 1}
            sync_runs
              of_sync {"sync_key": 1, "started_at": -1, "_id": -1}
              of_bucket {"namespace_id": 1, "bucket_id": 1, "started_at": -1}
            syncs
              bucket_list {"namespace_id": 1, "bucket_id": 1, "created_at": -1, "_id": -1}
              of_connection {"organization_id": 1, "connection_id": 1}
            tasks
              due_at_1 {"due_at": 1} {"sparse": true}
              organization_id_1_created_at_-1__id_-1 {"organization_id": 1, "created_at": -1, "_id": -1}
              organization_id_1_namespace_id_1_created_at_-1__id_-1 {"organization_id": 1, "namespace_id": 1, "created_at": -1, "_id": -1}
            uploads
              by_bucket {"namespace_id": 1, "bucket_id": 1, "created_at": -1}
              by_expiry {"status": 1, "expires_at": 1}
              reserving {"organization_id": 1} {"partialFilterExpression": {"reserved_bytes": {"$exists": true}}}
            users
              organization_newest {"organization_id": 1, "created_at": -1}
            webhook_deliveries
              endpoint_due {"endpoint_key": 1, "next_attempt_at": 1}
              log {"organization_id": 1, "webhook_id": 1, "created_at": -1, "_id": -1}
              ended_at_1 {"ended_at": 1} {"sparse": true}
            webhook_events
              fan_out_due_1 {"fan_out_due": 1} {"sparse": true}
              created_at_1 {"created_at": 1}
            webhooks
              organization_name {"organization_id": 1, "webhook_name": 1} {"unique": true}
              paused {"organization_id": 1, "paused": 1}
            """;

    @Test
    void theseAreTheIndexesOfEachCollection() {
        CreatedIndexes created = new CreatedIndexes();
        try (LocalMongo server = LocalMongo.start(null, 0)) {
            MongoConnectionTests.application(server.uri())
                    .withUserConfiguration(AllDocuments.class)
                    .withBean(
                            MongoClientSettingsBuilderCustomizer.class,
                            () -> settings -> settings.addCommandListener(created))
                    .run(context -> assertThat(context).hasNotFailed());
        }
        assertThat(created).hasToString(INDEXES);
    }

    /** The indexes that MongoDB has: each index's name, keys, and options where it has any. */
    private static final class CreatedIndexes implements CommandListener {

        private final Map<String, List<String>> byCollection = new ConcurrentSkipListMap<>();

        @Override
        public void commandStarted(CommandStartedEvent event) {
            if (event.getCommandName().equals("createIndexes")) {
                BsonDocument command = event.getCommand();
                String collection = command.getString("createIndexes").getValue();
                command.getArray("indexes")
                        .forEach(index -> byCollection
                                .computeIfAbsent(collection, any -> new CopyOnWriteArrayList<>())
                                .add(line(BsonDocument.parse(index.asDocument().toJson()))));
            }
        }

        private static String line(BsonDocument index) {
            String line = "  " + index.remove("name").asString().getValue() + " " + index.remove("key");
            return index.isEmpty() ? line : line + " " + index;
        }

        @Override
        public String toString() {
            return byCollection.entrySet().stream()
                    .map(entry -> entry.getKey() + "\n" + String.join("\n", entry.getValue()) + "\n")
                    .collect(Collectors.joining());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan("dev.waybill")
    static class AllDocuments {}
}
