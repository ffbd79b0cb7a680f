package dev.waybill.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything Waybill needs around it, on the loopback interface: MongoDB's stand-in, Redis, S3. */
public final class LocalServices implements AutoCloseable {

    /** The encryption key of the local start and of tests, publicly known. */
    public static final String DEVELOPMENT_ENCRYPTION_KEY = "ZGV2ZWxvcG1lbnQta2V5LWV2ZXJ5Ym9keS1rbm93cy4=";

    private static final String MONGO_FILE = "mongo.mv";

    private final LocalMongo mongo;
    private final LocalRedis redis;
    private final LocalS3 s3;

    private LocalServices(LocalMongo mongo, LocalRedis redis, LocalS3 s3) {
        this.mongo = mongo;
        this.redis = redis;
        this.s3 = s3;
    }

    /**
     * For tests: on free ports, the database in memory.
     *
     * @param folder where the objects lie
     */
    public static LocalServices inMemory(Path folder) {
        return start(null, null, folder.resolve("s3"), 0);
    }

    /**
     * For trying the service out: data in the folder survives restarts.
     *
     * @param folder created if missing; one process at a time may use it
     * @param s3Port 0 for any free one
     */
    public static LocalServices keptIn(Path folder, int s3Port) {
        return start(folder.resolve(MONGO_FILE), folder.resolve("redis.pid"), folder.resolve("s3"), s3Port);
    }

    /**
     * Refuses to go on when another process uses the folder.
     *
     * @throws LocalStartException naming the folder and what to do
     */
    public static void requireUnused(Path folder) {
        KeptInFile.requireUnlocked(folder.resolve(MONGO_FILE));
    }

    public LocalMongo mongo() {
        return mongo;
    }

    public LocalRedis redis() {
        return redis;
    }

    public LocalS3 s3() {
        return s3;
    }

    /** The settings that point a Waybill at these services, named as in the environment. */
    public Map<String, String> environment() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("MONGODB_URI", mongo.uri());
        settings.put("REDIS_URL", redis.url());
        settings.put("S3_ENDPOINT", s3.endpoint());
        settings.put("S3_PUBLIC_ENDPOINT", s3.endpoint());
        settings.put("S3_REGION", "us-east-1");
        settings.put("S3_BUCKET", LocalS3.BUCKET);
        settings.put("S3_ACCESS_KEY_ID", LocalS3.ACCESS_KEY_ID);
        settings.put("S3_SECRET_ACCESS_KEY", LocalS3.SECRET_ACCESS_KEY);
        settings.put("S3_UPLOAD_ACCESS_KEY_ID", LocalS3.UPLOAD_ACCESS_KEY_ID);
        settings.put("S3_UPLOAD_SECRET_ACCESS_KEY", LocalS3.UPLOAD_SECRET_ACCESS_KEY);
        settings.put("WAYBILL_ENCRYPTION_KEY", DEVELOPMENT_ENCRYPTION_KEY);
        return settings;
    }

    @Override
    public void close() {
        try (mongo;
                redis;
                s3) {
            // closed in the opposite order, each one even if another fails
        }
    }

    private static LocalServices start(
            @Nullable Path mongoFile, @Nullable Path redisPidFile, Path s3Folder, int s3Port) {
        LocalMongo mongo = LocalMongo.start(mongoFile, 0);
        try {
            LocalRedis redis = LocalRedis.start(0, redisPidFile);
            try {
                return new LocalServices(mongo, redis, LocalS3.start(s3Folder, s3Port));
            } catch (RuntimeException e) {
                redis.close();
                throw e;
            }
        } catch (RuntimeException e) {
            mongo.close();
            throw e;
        }
    }
}
