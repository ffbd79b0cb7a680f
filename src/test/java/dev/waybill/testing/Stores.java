package dev.waybill.testing;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.waybill.local.LocalServices;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;

/**
 * A database, a Redis index and a bucket of its own, on the one set of stores that all tests of this JVM share.
 * Starting stores takes a second, this takes none.
 *
 * <p>Outages of a store are simulated by {@link #links()}.
 */
public final class Stores {

    /** For tests alone: the key of the local start is refused by a service without development mode. */
    private static final String ENCRYPTION_KEY = "a2V5LW9mLXRlc3RzLXRoYXQtZ3VhcmRzLW5vdGhpbmc=";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Map<String, String> environment;
    private final String database;

    private Stores(int number) {
        LocalServices services = Shared.SERVICES;
        this.database = "test-" + number;
        String bucket = "test-" + number;
        services.s3().createBucket(bucket);
        this.environment = new LinkedHashMap<>(services.environment());
        environment.put(
                "MONGODB_URI",
                "mongodb://127.0.0.1:%d/%s".formatted(services.mongo().port(), database));
        environment.put("REDIS_URL", services.redis().url() + "/" + number);
        environment.put("S3_BUCKET", bucket);
        environment.put("WAYBILL_ENCRYPTION_KEY", ENCRYPTION_KEY);
    }

    public static Stores create() {
        return new Stores(COUNT.getAndIncrement());
    }

    /** The settings that point a Waybill at these stores, named as in the environment. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** The connections of one service to these stores, which can be cut. */
    public StoreLinks links() {
        return new StoreLinks(environment);
    }

    /** Empties Redis, as after its restart. */
    public void emptyRedis() {
        RedisClient client = RedisClient.create(environment.get("REDIS_URL"));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().flushdb();
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    /** The keys of all stored files but staged ones, read directly from storage. */
    public List<String> files() {
        return keys(environment.get("S3_BUCKET")).stream()
                .filter(key -> !key.startsWith("staging/"))
                .toList();
    }

    /**
     * Creates a bucket that belongs to no service.
     *
     * @return the endpoint of its server
     */
    static String bucketBeside(String name) {
        Shared.SERVICES.s3().createBucket(name);
        return Shared.SERVICES.s3().endpoint();
    }

    static List<String> keys(String bucket) {
        return Shared.SERVICES.s3().keys(bucket);
    }

    /** The database, for direct access. */
    public MongoDatabase database() {
        return Shared.CLIENT.getDatabase(database);
    }

    /** Every document, by collection. */
    Map<String, List<Document>> documents() {
        return documents(database());
    }

    /** The same of a database that a service was pointed at. @param uri ends with its name */
    static Map<String, List<Document>> documents(String uri) {
        return documents(Shared.CLIENT.getDatabase(uri.substring(uri.lastIndexOf('/') + 1)));
    }

    private static Map<String, List<Document>> documents(MongoDatabase database) {
        Map<String, List<Document>> documents = new LinkedHashMap<>();
        for (String collection : database.listCollectionNames()) {
            documents.put(collection, database.getCollection(collection).find().into(new ArrayList<>()));
        }
        return documents;
    }

    /** Leaves these documents in the database and nothing in storage; indexes stay. */
    void reset(Map<String, List<Document>> documents) {
        for (String collection : database().listCollectionNames()) {
            MongoCollection<Document> rows = database().getCollection(collection);
            rows.deleteMany(new Document());
            List<Document> kept = documents.getOrDefault(collection, List.of());
            if (!kept.isEmpty()) {
                rows.insertMany(kept);
            }
        }
        Shared.SERVICES.s3().empty(environment.get("S3_BUCKET"));
    }

    /** To the server that all share, for a database of the caller's own. */
    static String mongoUri(String database) {
        return "mongodb://127.0.0.1:%d/%s".formatted(Shared.SERVICES.mongo().port(), database);
    }

    /** To the server that all share; not to be closed. */
    static MongoClient mongoClient() {
        return Shared.CLIENT;
    }

    /** Registers what uses them, which is closed first. */
    static void beforeTheyStop(Runnable closing) {
        Shared.CLOSING.add(closing);
    }

    private static final class Shared {

        static final Queue<Runnable> CLOSING = new ConcurrentLinkedQueue<>();

        static final LocalServices SERVICES;
        static final MongoClient CLIENT;

        static {
            Path folder = TemporaryFolders.create("waybill-stores");
            SERVICES = LocalServices.inMemory(folder);
            CLIENT = MongoClients.create(SERVICES.mongo().uri());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                CLOSING.parallelStream().forEach(Runnable::run);
                CLIENT.close();
                SERVICES.close();
                TemporaryFolders.delete(folder);
            }));
        }
    }
}
