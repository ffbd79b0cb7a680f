package dev.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.local.LocalMongo;
import dev.waybill.local.LocalRedis;
import dev.waybill.local.LocalS3;
import dev.waybill.platform.web.OpenApiCompleteness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the committed description of the API true and complete. */
class OpenApiTests {

    private static final Path COMMITTED = Path.of("openapi", "waybill.json");
    private static final String RENEWAL = "./mvnw test -Dtest=OpenApiTests -Dopenapi.update=true";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path folder;

    static LocalMongo mongo;
    static LocalRedis redis;
    static LocalS3 s3;
    static ConfigurableApplicationContext application;
    static JsonNode document;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        mongo = LocalMongo.start(null, 0);
        redis = LocalRedis.start(0);
        s3 = LocalS3.start(folder, 0);
        application = SpringApplication.run(
                WaybillApplication.class,
                "--server.port=0",
                "--MONGODB_URI=" + mongo.uri(),
                "--REDIS_URL=" + redis.url(),
                "--S3_ENDPOINT=" + s3.endpoint(),
                "--S3_BUCKET=" + LocalS3.BUCKET,
                "--S3_ACCESS_KEY_ID=" + LocalS3.ACCESS_KEY_ID,
                "--S3_SECRET_ACCESS_KEY=" + LocalS3.SECRET_ACCESS_KEY,
                "--WAYBILL_BOOTSTRAP_API_KEY=sk_" + "t".repeat(43));
        String port = application.getEnvironment().getProperty("local.server.port");
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + port + "/openapi.json");
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            document = JSON.readTree(answer.body());
        }
    }

    @AfterAll
    static void stop() {
        application.close();
        s3.close();
        redis.close();
        mongo.close();
    }

    @Test
    void theCommittedDocumentIsTheServicesOwn() throws IOException {
        String current = pretty(document);
        if (Boolean.getBoolean("openapi.update")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, current);
        }
        String committed = Files.exists(COMMITTED) ? Files.readString(COMMITTED) : "";
        assertThat(committed)
                .as("openapi/waybill.json is not what the service serves. Renew it with: " + RENEWAL)
                .isEqualTo(current);
    }

    @Test
    void nothingIsLeftUnsaid() {
        assertThat(OpenApiCompleteness.complaints(document)).isEmpty();
    }

    /** With line ends that are the same everywhere. */
    private static String pretty(JsonNode document) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        return JSON.writer().with(printer).writeValueAsString(document) + "\n";
    }
}
