package dev.waybill.connectors.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.rest.Pools;
import dev.waybill.connectors.rest.TestKeys;
import dev.waybill.platform.errors.InvalidRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoxSettingsTests {

    private final Connector connector = new BoxConnector(
            new BoxProperties(URI.create("https://api.box.com")), Pools.loopback(), InstantSource.system());

    @Test
    void eachKindIsKnownByWhatItHas() {
        assertThat(type(Map.of("client_id", "c", "client_secret", "s", "enterprise_id", "1")))
                .isEqualTo("ccg");
        assertThat(type(Map.of("client_id", "c", "client_secret", "s", "user_id", "1")))
                .isEqualTo("ccg");
        assertThat(type(BoxTokensTests.assertion(true))).isEqualTo("jwt");
        assertThat(type(Map.of("access_token", "t"))).isEqualTo("oauth");
        assertThat(type(Map.of("developer_token", "t"))).isEqualTo("oauth");
    }

    @Test
    void secretsAreSeparatedAndNotShown() {
        Map<String, Object> jwt = BoxTokensTests.assertion(true);
        ConnectorConfig config = read(jwt);
        assertThat(config.secrets())
                .containsOnlyKeys(
                        "credentials.client_secret", "credentials.private_key", "credentials.private_key_passphrase");
        assertThat(config.settings().toString()).doesNotContain("BEGIN", TestKeys.PASSPHRASE);
        assertThat(config.masked().toString()).doesNotContain("BEGIN", TestKeys.PASSPHRASE);
        assertThat(config.toString()).isEqualTo("ConnectorConfig[box]");
        assertThat(config.identity()).isEqualTo("box jwt app-client-id enterprise 987654");
        assertThat(config.settings()).containsEntry("folder_id", "0").containsEntry("provider_type", "box");
        assertThat(read(Map.of("access_token", "t", "refresh_token", "r", "client_id", "c", "client_secret", "s"))
                        .secrets())
                .containsOnlyKeys("credentials.access_token", "credentials.refresh_token", "credentials.client_secret");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertRefused(Map.of("client_id", "c", "client_secret", "s"), "enterprise_id", "either enterprise_id");
        assertRefused(
                Map.of("client_id", "c", "client_secret", "s", "enterprise_id", "1", "user_id", "2"),
                "enterprise_id",
                "either enterprise_id");
        assertRefused(
                Map.of("client_id", "c", "client_secret", "s", "enterprise_id", "acme"), "enterprise_id", "a number");
        assertRefused(Map.of("access_token", "t", "refresh_token", "r"), "client_id", "Field required");
        assertRefused(Map.of("type", "saml"), "type", "one of: oauth, ccg, jwt");
        Map<String, Object> jwt = new LinkedHashMap<>(BoxTokensTests.assertion(true));
        jwt.put("private_key_passphrase", "another");
        assertRefused(jwt, "private_key", "passphrase does not open");
        assertThatThrownBy(() -> connector.read(
                        Map.of("folder_id", "Videos", "credentials", Map.of("access_token", "t")), "body"))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refused -> assertThat(refused.violations())
                                .anySatisfy(one -> assertThat(one.location()).contains("folder_id")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                   | 42  | ""          | true
            /                    | 42  | ""          | true
            /Videos/2026         | 42  | Videos/2026 | true
            Videos               | 42  | Videos      | true
            Videos/cut*          | 42  | Videos/cut  | false
            123456               | 123456 | ""       | true
            box://123456         | 123456 | ""       | true
            BOX://123456/Sub     | 123456 | Sub      | true
            123456/Sub/          | 123456 | Sub/     | true
            /123456              | 42  | 123456      | true
            box://               | 42  | ""          | true
            """)
    void pathsAreFoldersByIdOrByName(String path, String container, String prefix, boolean isFolder) {
        ConnectorConfig config =
                connector.read(Map.of("folder_id", "42", "credentials", Map.of("access_token", "t")), "body");
        assertThat(connector.path(config, path)).isEqualTo(new SourcePath(container, prefix, isFolder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket", "box://Videos", "https://app.box.com/folder/1"})
    void otherPathsAreRefused(String path) {
        ConnectorConfig config = read(Map.of("access_token", "t"));
        assertThatThrownBy(() -> connector.path(config, path))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("box://123456789");
    }

    @Test
    void itsHomeIsItsFolder() {
        ConnectorConfig config = read(Map.of("access_token", "t"));
        assertThat(connector.home(config)).contains(new SourcePath("0", "", true));
        assertThat(connector.location(config)).isEqualTo("box.com");
        assertThat(connector.contractName()).isEqualTo("s3");
    }

    private String type(Map<String, Object> credentials) {
        return (String) ((Map<?, ?>) read(credentials).settings().get("credentials")).get("type");
    }

    private ConnectorConfig read(Map<String, Object> credentials) {
        return connector.read(Map.of("credentials", credentials), "body.provider_config");
    }

    private void assertRefused(Map<String, Object> credentials, String field, String message) {
        assertThatThrownBy(() -> read(credentials))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refused -> assertThat(refused.violations()).anySatisfy(one -> {
                            assertThat(one.location()).endsWith("credentials", field);
                            assertThat(one.message()).contains(message);
                        }));
    }
}
