package dev.waybill.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClients;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class LocalServicesTests {

    @TempDir
    Path folder;

    @Test
    void mongoKeepsItsDataInAFile() {
        Path file = folder.resolve("data.mv");
        try (LocalMongo mongo = LocalMongo.start(file, 0);
                var client = MongoClients.create(mongo.uri())) {
            client.getDatabase("waybill").getCollection("things").insertOne(new Document("_id", "a"));
        }
        try (LocalMongo mongo = LocalMongo.start(file, 0);
                var client = MongoClients.create(mongo.uri())) {
            assertThat(client.getDatabase("waybill").getCollection("things").countDocuments())
                    .isOne();
        }
    }

    @Test
    void redisAnswers() {
        try (LocalRedis redis = LocalRedis.start(0);
                RedisClient client = RedisClient.create(redis.url());
                var connection = client.connect()) {
            assertThat(connection.sync().ping()).isEqualTo("PONG");
        }
    }

    @Test
    void storageTakesBytes() {
        try (LocalS3 s3 = LocalS3.start(folder.resolve("s3"), 0);
                S3Client client = LocalS3.client(s3.endpoint())) {
            client.putObject(b -> b.bucket(LocalS3.BUCKET).key("a/b"), RequestBody.fromString("bytes"));
            assertThat(client.headObject(b -> b.bucket(LocalS3.BUCKET).key("a/b"))
                            .contentLength())
                    .isEqualTo(5);
        }
    }

    @Test
    void acknowledgedWritesToMongosFileSurviveKill() throws IOException {
        Path file = folder.resolve("data.mv");
        Path asAKillWouldLeaveIt = folder.resolve("copy.mv");
        try (LocalMongo mongo = LocalMongo.start(file, 0);
                var client = MongoClients.create(mongo.uri())) {
            var things = client.getDatabase("waybill").getCollection("things");
            for (int i = 0; i < 50; i++) {
                things.insertOne(new Document("_id", i));
            }
            Files.copy(file, asAKillWouldLeaveIt);
        }
        try (LocalMongo mongo = LocalMongo.start(asAKillWouldLeaveIt, 0);
                var client = MongoClients.create(mongo.uri())) {
            assertThat(client.getDatabase("waybill").getCollection("things").countDocuments())
                    .isEqualTo(50);
        }
    }

    @Test
    void aSecondProcessIsRefusedBecauseTheFolderIsInUse() {
        assertThatCode(() -> LocalServices.requireUnused(folder)).doesNotThrowAnyException();
        try (LocalServices ignored = LocalServices.keptIn(folder, 0)) {
            assertThatThrownBy(() -> LocalServices.requireUnused(folder))
                    .isInstanceOf(LocalStartException.class)
                    .hasMessageContainingAll("Another Waybill uses the data in", "WAYBILL_DATA_DIR");
            assertThatThrownBy(() -> LocalServices.keptIn(folder, 0)).isInstanceOf(LocalStartException.class);
        }
        assertThatCode(() -> LocalServices.requireUnused(folder)).doesNotThrowAnyException();
    }

    @Test
    void aRedisThatAKilledProcessLeftIsStopped() throws IOException {
        Path pidFile = folder.resolve("redis.pid");
        LocalRedis left = LocalRedis.start(0, pidFile);
        ProcessHandle process = ProcessHandle.of(
                        Long.parseLong(Files.readString(pidFile).strip()))
                .orElseThrow();
        try (LocalRedis ignored = LocalRedis.start(0, pidFile)) {
            assertThat(process.isAlive()).isFalse();
        }
        left.close();
    }

    @Test
    void takenPortsAreNamedWithTheirVariables() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.requireFree(Map.of("SERVER_PORT", taken.getLocalPort())))
                    .isInstanceOf(LocalStartException.class)
                    .hasMessageContainingAll("Port " + taken.getLocalPort() + " is taken", "SERVER_PORT=");
        }
    }

    @Test
    void mongoAndStorageGoAndComeBackOnTheirPortsWithTheirData() {
        try (LocalServices services = LocalServices.inMemory(folder);
                var mongo = MongoClients.create(services.mongo().uri() + "?serverSelectionTimeoutMS=500");
                S3Client s3 = LocalS3.client(services.s3().endpoint())) {
            mongo.getDatabase("waybill").getCollection("things").insertOne(new Document("_id", "a"));
            s3.putObject(b -> b.bucket(LocalS3.BUCKET).key("things/a"), RequestBody.fromString("bytes"));

            services.mongo().stop();
            services.s3().stop();
            assertThatThrownBy(() ->
                            mongo.getDatabase("waybill").getCollection("things").countDocuments())
                    .isInstanceOf(MongoException.class);
            assertThatThrownBy(() -> s3.headObject(b -> b.bucket(LocalS3.BUCKET).key("things/a")))
                    .isInstanceOf(SdkException.class);

            services.mongo().resume();
            services.s3().resume();
            await().ignoreExceptions().untilAsserted(() -> {
                assertThat(mongo.getDatabase("waybill").getCollection("things").countDocuments())
                        .isOne();
                assertThat(s3.headObject(b -> b.bucket(LocalS3.BUCKET).key("things/a"))
                                .contentLength())
                        .isEqualTo(5);
            });
        }
    }
}
