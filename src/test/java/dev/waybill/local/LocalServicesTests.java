package dev.waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
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
                S3Client client = S3Client.builder()
                        .endpointOverride(URI.create(s3.endpoint()))
                        .region(Region.US_EAST_1)
                        .forcePathStyle(true)
                        .credentialsProvider(StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(LocalS3.ACCESS_KEY_ID, LocalS3.SECRET_ACCESS_KEY)))
                        .build()) {
            client.putObject(b -> b.bucket(LocalS3.BUCKET).key("a/b"), RequestBody.fromString("bytes"));
            assertThat(client.headObject(b -> b.bucket(LocalS3.BUCKET).key("a/b"))
                            .contentLength())
                    .isEqualTo(5);
        }
    }
}
