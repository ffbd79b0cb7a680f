package dev.waybill.connectors.mux;

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
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MuxSettingsTests {

    private final Connector connector = new MuxConnector(
            new MuxProperties(URI.create("https://api.mux.com"), URI.create("https://stream.mux.com")),
            Pools.loopback(),
            InstantSource.system());

    @Test
    void theTokenMayBeAmongTheOtherSettingsOrCredentials() {
        ConnectorConfig flat = read(Map.of("access_token_id", "id", "access_token_secret", "secret"));
        ConnectorConfig nested =
                read(Map.of("credentials", Map.of("access_token_id", "id", "access_token_secret", "secret")));
        assertThat(flat).isEqualTo(nested);
        assertThat(flat.secrets()).containsOnlyKeys("credentials.access_token_secret");
        assertThat(flat.identity()).isEqualTo("mux id");
        assertThat(flat.settings())
                .containsEntry("provider_type", "mux")
                .containsEntry("rendition", "highest")
                .containsEntry("use_master", false);
        assertThat(connector.home(flat)).contains(new SourcePath("assets", "", true));
        assertThat(connector.location(flat)).isEqualTo("mux.com");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertRefused(Map.of(), "access_token_id", "Field required");
        assertRefused(with("rendition", "Best one"), "rendition", "highest, 1080p or audio");
        assertRefused(with("use_master", "yes"), "use_master", "true or false");
        assertRefused(with("playback_signing_key_id", "k"), "playback_signing_private_key", "Field required");
        Map<String, Object> signing = with("playback_signing_key_id", "k");
        signing.put("playback_signing_private_key", "no key");
        assertRefused(signing, "playback_signing_private_key", "private key");
        signing.put("playback_signing_private_key", TestKeys.PKCS1);
        assertThat(read(signing).secrets()).containsKey("credentials.playback_signing_private_key");
        assertThat(read(signing).masked().toString()).doesNotContain("BEGIN");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                  | ""
            /                   | ""
            mux://              | ""
            MUX://abc123        | abc123
            mux://abc123/       | abc123
            abc123              | abc123
            /abc123             | abc123
            """)
    void aPathIsAllAssetsOrOne(String path, String asset) {
        assertThat(connector.path(read(with("rendition", "1080p.mp4")), path))
                .isEqualTo(new SourcePath("assets", asset, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket", "mux://a/b", "a*", "..", "a b"})
    void otherPathsAreRefused(String path) {
        assertThatThrownBy(() -> connector.path(read(with("rendition", "audio")), path))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("mux://{asset id}");
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> settings = new HashMap<>(FakeMux.settings());
        settings.put(name, value);
        return settings;
    }

    private ConnectorConfig read(Map<String, Object> settings) {
        return connector.read(settings, "body.provider_config");
    }

    private void assertRefused(Map<String, Object> settings, String field, String message) {
        assertThatThrownBy(() -> read(settings))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refused -> assertThat(refused.violations()).anySatisfy(one -> {
                            assertThat(one.location()).endsWith(field);
                            assertThat(one.message()).contains(message);
                        }));
    }
}
