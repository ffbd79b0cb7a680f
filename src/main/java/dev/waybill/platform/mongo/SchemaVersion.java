package dev.waybill.platform.mongo;

import java.util.HashSet;
import java.util.Set;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * The schema version of the stored documents. A database of another version is refused before anything is read from it
 * or written to it: its rows would be misread, and what must be unique would not be.
 */
@Component
public class SchemaVersion {

    /** Counts up with every change that older data do not fit. */
    public static final int CURRENT = 5;

    private static final String COLLECTION = "schema";
    private static final String ID = "waybill";

    private final MongoOperations mongo;

    SchemaVersion(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** The database holds data of another version of Waybill; the message says so, and what to do. */
    public static final class Mismatch extends RuntimeException {

        Mismatch(int found) {
            super(("The database in MONGODB_URI holds data in the form of version %d; this Waybill reads and writes"
                            + " version %d, and nothing is carried over. Name another database, or run the Waybill"
                            + " that wrote these data.")
                    .formatted(found, CURRENT));
        }
    }

    /**
     * Stores the current version in an empty database.
     *
     * @throws Mismatch when there are data of another version
     */
    public void require() {
        require(mongo);
    }

    static void require(MongoOperations mongo) {
        // Read first: another instance that starts just now writes its version before its collections.
        Set<String> collections = new HashSet<>(mongo.getCollectionNames());
        collections.remove(COLLECTION);
        Document stored =
                mongo.getCollection(COLLECTION).find(new Document("_id", ID)).first();
        int found = stored != null ? stored.getInteger("version", 0) : collections.isEmpty() ? CURRENT : 1;
        if (found != CURRENT) {
            throw new Mismatch(found);
        }
        if (stored == null) {
            try {
                mongo.insert(new Document("_id", ID).append("version", CURRENT), COLLECTION);
            } catch (DuplicateKeyException storedMeanwhile) {
                require(mongo);
            }
        }
    }
}
