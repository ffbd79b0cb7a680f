package dev.waybill.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.waybill.local.LocalMongo;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

class SchemaVersionTests {

    private final LocalMongo server = LocalMongo.start(null, 0);
    private final MongoClient client = MongoClients.create(server.uri());
    private final MongoTemplate mongo = new MongoTemplate(client, "waybill");

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void anEmptyDatabaseIsMarkedAndServesFromThenOn() {
        new SchemaVersion(mongo).require();
        mongo.insert(new Document("_id", 1), "objects");

        new SchemaVersion(mongo).require();

        assertThat(mongo.getCollection("schema").find().first()).containsEntry("version", SchemaVersion.CURRENT);
    }

    /** Another instance makes it just now, and has not stored its version yet. */
    @Test
    void itsOwnEmptyCollectionIsNoData() {
        mongo.createCollection("schema");

        new SchemaVersion(mongo).require();

        assertThat(mongo.getCollection("schema").find().first()).containsEntry("version", SchemaVersion.CURRENT);
    }

    @Test
    void dataFromBeforeThereWasAMarkAreRefused() {
        mongo.insert(new Document("_id", 1), "objects");

        assertThatThrownBy(() -> new SchemaVersion(mongo).require())
                .isInstanceOf(SchemaVersion.Mismatch.class)
                .hasMessageContaining("MONGODB_URI")
                .hasMessageContaining("version 1");
        assertThat(mongo.getCollectionNames()).containsExactly("objects");
    }

    @Test
    void dataOfALaterVersionAreRefused() {
        mongo.insert(new Document("_id", "waybill").append("version", SchemaVersion.CURRENT + 1), "schema");

        assertThatThrownBy(() -> new SchemaVersion(mongo).require()).isInstanceOf(SchemaVersion.Mismatch.class);
    }
}
