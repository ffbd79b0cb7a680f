package dev.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.local.LocalMongo;
import dev.waybill.local.LocalRedis;
import dev.waybill.local.LocalS3;
import dev.waybill.platform.web.OpenApiCompleteness;
import dev.waybill.platform.web.OpenApiPortability;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The committed OpenAPI documents of both APIs are what the service serves, complete and portable. */
class OpenApiTests {

    private static final String RENEWAL = "./mvnw test -Dtest=OpenApiTests -Dopenapi.update=true";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path folder;

    static LocalMongo mongo;
    static LocalRedis redis;
    static LocalS3 s3;
    static ConfigurableApplicationContext application;
    static URI base;

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
        base = URI.create("http://127.0.0.1:" + port);
    }

    @AfterAll
    static void stop() {
        application.close();
        s3.close();
        redis.close();
        mongo.close();
    }

    @ParameterizedTest
    @CsvSource({"/openapi.json, waybill.json", "/openapi/submissions.json, submissions.json"})
    void theCommittedDocumentIsWhatTheServiceServes(String path, String file) throws IOException, InterruptedException {
        Path committed = Path.of("openapi", file);
        String current = pretty(document(path));
        if (Boolean.getBoolean("openapi.update")) {
            Files.createDirectories(committed.getParent());
            Files.writeString(committed, current);
        }
        assertThat(Files.exists(committed) ? Files.readString(committed) : "")
                .as("openapi/%s is not what the service serves. Renew it with: %s", file, RENEWAL)
                .isEqualTo(current);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/openapi/submissions.json"})
    void everythingIsDescribed(String path) throws IOException, InterruptedException {
        assertThat(OpenApiCompleteness.complaints(document(path))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/openapi/submissions.json"})
    void generatorsAcceptItAndEveryExampleIsValid(String path) throws IOException, InterruptedException {
        JsonNode document = document(path);
        assertThat(OpenApiPortability.complaints(document)).isEmpty();
        // Generated clients put them into comments, which would end there.
        assertThat(document.findValues("description"))
                .isNotEmpty()
                .noneMatch(text -> text.isString() && text.asString().contains("*/"));
    }

    /** Documentation pages fill in the examples of parameters, and the first one of a body. */
    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/openapi/submissions.json"})
    void onlyWhatIsNeededHasAnExampleThatPagesFillIn(String path) throws IOException, InterruptedException {
        JsonNode document = document(path);
        List<JsonNode> operations = document.path("paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .toList();

        assertThat(operations)
                .isNotEmpty()
                .flatMap(operation -> operation.path("parameters").valueStream().toList())
                .filteredOn(parameter ->
                        parameter.has("example") || parameter.path("schema").has("example"))
                .allMatch(parameter -> parameter.path("required").asBoolean(false)
                        || parameter.path("name").asString().equals("X-Namespace"));
        assertThat(operations)
                .map(operation -> operation.at("/requestBody/content/application~1json"))
                .filteredOn(body -> !body.isMissingNode())
                .isNotEmpty()
                .allMatch(body -> body.has("example")
                        || body.path("examples")
                                .propertyNames()
                                .iterator()
                                .next()
                                .equals("least"));
    }

    @Test
    void theTwoApisShareNoPathsOrSchemas() throws IOException, InterruptedException {
        JsonNode first = document("/openapi.json");
        JsonNode second = document("/openapi/submissions.json");
        assertThat(first.path("paths").propertyNames()).allMatch(path -> path.startsWith("/v1/"));
        assertThat(second.path("paths").propertyNames())
                .hasSize(5)
                .allMatch(path -> path.startsWith("/api/agents/projects"));
        assertThat(first.toString()).doesNotContain("SubmissionAnswer").doesNotContain("submissionId");
        assertThat(second.toString()).doesNotContain("ErrorResponse").doesNotContain("sk_");
        JsonNode file = second.at("/components/schemas/SubmissionFileRequest/properties");
        assertThat(file.propertyNames()).containsExactlyInAnyOrder("fileName", "fileType", "fileSize");
    }

    private static JsonNode document(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(base.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        }
    }

    /** With line ends that are the same everywhere. */
    private static String pretty(JsonNode document) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        return JSON.writer().with(printer).writeValueAsString(document) + "\n";
    }
}
