package dev.waybill.testing;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that store tests run on: the stand-in of this JVM, or a real MongoDB. */
public enum Databases {
    STAND_IN,
    MONGODB;

    private static final AtomicInteger NAMES = new AtomicInteger();

    /** A new, empty database for the caller alone. On MongoDB a test is skipped where there is no Docker. */
    public Database fresh() {
        String name = "test_" + NAMES.incrementAndGet();
        return switch (this) {
            case STAND_IN -> new Database(Stores.mongoClient(), Stores.mongoUri(name), name);
            case MONGODB -> {
                String uri = RealStores.mongo(name);
                yield new Database(Real.CLIENT, uri, name);
            }
        };
    }

    /**
     * One database; closing removes it.
     *
     * @param client shared with others, not to be closed
     * @param uri for the caller's own clients
     */
    public record Database(MongoClient client, String uri, String name) implements AutoCloseable {

        @Override
        public void close() {
            client.getDatabase(name).drop();
        }
    }

    private static final class Real {

        static final MongoClient CLIENT = MongoClients.create(RealStores.mongo("test"));
    }
}
