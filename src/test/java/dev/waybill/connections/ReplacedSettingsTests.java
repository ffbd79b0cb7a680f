package dev.waybill.connections;

import static dev.waybill.connections.ConnectionFixtures.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.ScriptedSource;
import dev.waybill.platform.errors.InvalidRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplacedSettingsTests {

    private static final String AT = "body.provider_config";

    private final ScriptedSource connector = new ScriptedSource();
    private final ConnectorConfig stored = connector.read(settings("key", "the secret", "first"), AT);
    private final ReplacedSettings replaced = new ReplacedSettings(connector, stored);

    @Test
    void whatWasReadMayBeSentBack() {
        ConnectorConfig same = replaced.read(stored.masked(), AT);

        assertThat(same.secrets()).isEqualTo(stored.secrets());
        assertThat(same.settings()).isEqualTo(stored.settings());
    }

    @Test
    void aSecretThatIsMaskedOrLeftOutStays() {
        Map<String, Object> other = new HashMap<>(settings("key", "***", "second"));
        assertThat(replaced.read(other, AT).secrets()).isEqualTo(stored.secrets());
        other.put("credentials", Map.of("type", "access_key", "access_key_id", "key"));
        ConnectorConfig read = replaced.read(other, AT);
        assertThat(read.secrets()).isEqualTo(stored.secrets());
        assertThat(read.settings()).containsEntry("bucket_name", "second");
    }

    @Test
    void aNewSecretReplacesTheOldOne() {
        assertThat(replaced.read(settings("key", "new", "first"), AT).secrets())
                .containsEntry("credentials.secret_access_key", "new");
        assertThat(replaced.read(settings("another", "new", "first"), AT).secrets())
                .containsEntry("credentials.secret_access_key", "new");
    }

    @Test
    void aStoredSecretIsNotReusedForAnotherEndpointOrAccount() {
        assertThatThrownBy(() -> replaced.read(settings("another", "*".repeat(40), "first"), AT))
                .asInstanceOf(type(InvalidRequest.class))
                .satisfies(refused -> assertThat(refused.violations().getFirst().location())
                        .isEqualTo(List.of("body", "provider_config", "credentials", "secret_access_key")));
        Map<String, Object> without = new HashMap<>(settings("another", "x", "first"));
        without.put("credentials", Map.of("type", "access_key", "access_key_id", "another"));
        assertThatThrownBy(() -> replaced.read(without, AT)).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void settingsWithoutAnAccountAreRefused() {
        assertThatThrownBy(() -> replaced.read(Map.of(), AT)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> replaced.read(Map.of("credentials", "none"), AT))
                .isInstanceOf(InvalidRequest.class);
    }

    @Test
    void theProviderStays() {
        Map<String, Object> other = new HashMap<>(settings("key", "new", "first"));
        other.put("provider_type", "tigris");
        assertThatThrownBy(() -> replaced.read(other, AT))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("another provider");
        other.put("provider_type", " SCRIPTED ");
        assertThat(replaced.read(other, AT).settings()).containsEntry("provider_type", "scripted");
        other.put("provider_type", connector.contractName());
        assertThat(replaced.read(other, AT).settings()).containsEntry("provider_type", "scripted");
    }

    @Test
    void aMaskIsNoSecret() {
        assertThatThrownBy(() -> Providers.read(connector, settings("key", "*".repeat(40), "first"), AT))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("secret_access_key");
    }
}
