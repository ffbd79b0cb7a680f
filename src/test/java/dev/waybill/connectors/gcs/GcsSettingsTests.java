package dev.waybill.connectors.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Connectors;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.rest.Pools;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Validation of settings and paths. */
class GcsSettingsTests {

    private final GcsConnector connector = new GcsConnector(
            new GcsProperties(
                    URI.create("https://storage.googleapis.com"), URI.create("https://oauth2.googleapis.com/token")),
            Pools.loopback(),
            InstantSource.system());

    @Test
    void itIsFoundByAllItsNames() {
        Connectors connectors = new Connectors(List.of(connector));
        for (String name : List.of("gcs", "GCS", "google_cloud_storage", "gs")) {
            assertThat(connectors.find(name)).contains(connector);
        }
        assertThat(connector.contractName()).isEqualTo("s3");
    }

    @Test
    void theKeyFileMayBeInAnyOfItsFields() {
        Map<String, Object> file = FakeGcs.keyFile();
        String text = JsonMapper.builder().build().writeValueAsString(file);
        ConnectorConfig config = read(Map.of("bucket", "videos", "credentials", file));
        assertThat(config.settings())
                .isEqualTo(Map.of(
                        "provider_type",
                        "gcs",
                        "bucket_name",
                        "videos",
                        "credentials",
                        Map.of(
                                "type",
                                "service_account",
                                "project_id",
                                "project",
                                "private_key_id",
                                FakeGcs.KEY_ID,
                                "client_email",
                                FakeGcs.EMAIL,
                                "client_id",
                                "123456789012345678901",
                                "token_uri",
                                "https://oauth2.googleapis.com/token")));
        assertThat(config.secrets()).containsOnlyKeys("credentials.private_key");
        assertThat(config.identity()).isEqualTo("gcs " + FakeGcs.EMAIL);
        for (Map<String, Object> same : List.<Map<String, Object>>of(
                Map.of("bucket", "videos", "credentials", text),
                Map.of("bucket", "videos", "service_account_json", text),
                Map.of("bucket", "videos", "service_account_json", file),
                Map.of("bucket", "videos", "service_account_key", file))) {
            assertThat(read(same)).isEqualTo(config);
        }
    }

    @Test
    void lineBreaksThatWereEscapedTwiceAreLineBreaks() {
        Map<String, Object> file = FakeGcs.keyFile();
        file.put("private_key", FakeGcs.privateKey().replace("\n", "\\n"));
        assertThat(read(Map.of("credentials", file))).isEqualTo(read(Map.of("credentials", FakeGcs.keyFile())));
    }

    @Test
    void secretsAreMaskedAndAMaskIsNoSecret() {
        ConnectorConfig config = read(Map.of("credentials", FakeGcs.keyFile(), "user_project", "my-project"));
        assertThat(config.settings().toString() + config + config.masked()).doesNotContain("PRIVATE KEY");
        assertThat(violations(config.masked()))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("masked"));
    }

    @Test
    void whatIsNeededIsNamed() {
        assertThat(violations(Map.of()))
                .extracting(violation -> String.valueOf(violation.location().getLast()))
                .containsExactlyInAnyOrder("client_email", "private_key_id", "private_key");
    }

    @Test
    void allViolationsAreReportedAtOnce() {
        Map<String, Object> file = FakeGcs.keyFile();
        file.put("client_email", "nobody");
        file.put("private_key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
        file.put("token_uri", "https://tokens.example.com/");
        assertThat(violations(Map.of(
                        "bucket_name",
                        "No/Bucket",
                        "user_project",
                        "no project",
                        "endpoint_url",
                        "https://storage.example.com",
                        "credentials",
                        file)))
                .extracting(violation -> String.valueOf(violation.location().getLast()))
                .containsExactlyInAnyOrder(
                        "bucket_name", "user_project", "endpoint_url", "client_email", "private_key", "token_uri");
    }

    @Test
    void tokensAreRequestedFromGoogleOnly() {
        for (String own :
                List.of("https://oauth2.googleapis.com/token", "https://accounts.google.com/o/oauth2/token")) {
            read(Map.of("credentials", with("token_uri", own)));
        }
        for (String foreign : List.of("http://169.254.169.254/", "https://oauth2.googleapis.com.evil.example/token")) {
            assertThat(violations(Map.of("credentials", with("token_uri", foreign))))
                    .singleElement()
                    .satisfies(violation -> assertThat(violation.location()).endsWith("credentials", "token_uri"));
        }
    }

    @Test
    void hmacKeysAreReferredToTheProviderThatAcceptsThem() {
        assertThat(violations(Map.of(
                        "credentials", Map.of("access_key_id", "GOOG1EXAMPLE", "secret_access_key", "x".repeat(40)))))
                .singleElement()
                .satisfies(violation ->
                        assertThat(violation.message()).contains("provider s3", "https://storage.googleapis.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json with -----BEGIN PRIVATE KEY-----", "[1]", "{\"private_key\": \"-----BEGIN"})
    void aKeyFileThatIsNoneIsRefusedWithoutBeingShown(String text) {
        assertThat(violations(Map.of("service_account_json", text)))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.location()).containsExactly("body", "provider_config", "service_account_json");
                    assertThat(violation.message()).doesNotContain("PRIVATE");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "videos, videos, '', true",
        "/videos/cuts/, videos, cuts/, true",
        "gs://videos/cuts, videos, cuts, true",
        "gcs://videos/cuts*, videos, cuts, false",
        "GS://videos, videos, '', true"
    })
    void pathsAreRead(String path, String bucket, String prefix, boolean isFolder) {
        ConnectorConfig config = read(Map.of("credentials", FakeGcs.keyFile()));
        assertThat(connector.path(config, path)).isEqualTo(new SourcePath(bucket, prefix, isFolder));
    }

    @Test
    void pathsAreReadWithTheConnectionsBucket() {
        ConnectorConfig config =
                read(Map.of("credentials", FakeGcs.keyFile(), "bucket_name", "own", "prefix", "/team"));
        assertThat(connector.path(config, "videos")).isEqualTo(new SourcePath("own", "team/videos", true));
        assertThatThrownBy(() -> connector.path(config, "s3://own/videos"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("gs://");
        assertThat(connector.location(config)).isEqualTo("googleapis.com");
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> file = new LinkedHashMap<>(FakeGcs.keyFile());
        file.put(name, value);
        return file;
    }

    private ConnectorConfig read(Map<String, Object> settings) {
        return connector.read(settings, "body.provider_config");
    }

    private List<Violation> violations(Map<String, Object> settings) {
        List<Violation> found = new ArrayList<>();
        assertThatThrownBy(() -> read(settings))
                .isInstanceOfSatisfying(InvalidRequest.class, refused -> found.addAll(refused.violations()));
        return found;
    }
}
