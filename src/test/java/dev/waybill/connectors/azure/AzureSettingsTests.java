package dev.waybill.connectors.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Connectors;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.azure.FakeAzure.Credentials;
import dev.waybill.connectors.rest.Pools;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Validation of settings and paths. */
class AzureSettingsTests {

    private static final String SAS = FakeAuthorization.sas("rl", Instant.parse("2030-01-01T00:00:00Z"));

    private final AzureConnector connector = connector(true);

    private static AzureConnector connector(boolean managedIdentity) {
        return new AzureConnector(
                new AzureProperties(
                        managedIdentity,
                        URI.create("http://169.254.169.254"),
                        null,
                        URI.create("https://login.microsoftonline.com")),
                Pools.loopback(),
                Pools.LOOPBACK,
                InstantSource.system());
    }

    @Test
    void itIsFoundByAllItsNames() {
        Connectors connectors = new Connectors(List.of(connector));
        for (String name : List.of("azure_blob", "AZURE", "azure_blob_storage")) {
            assertThat(connectors.find(name)).contains(connector);
        }
        assertThat(connector.contractName()).isEqualTo("s3");
    }

    @Test
    void settingsAreCompletedAndSecretsSeparated() {
        ConnectorConfig config =
                read(Map.of("account", "devaccount", "container", "videos", "access_key", FakeAzure.KEY));
        assertThat(config.settings())
                .isEqualTo(Map.of(
                        "provider_type",
                        "azure_blob",
                        "account_name",
                        "devaccount",
                        "bucket_name",
                        "videos",
                        "use_ssl",
                        true,
                        "verify_ssl",
                        true,
                        "credentials",
                        Map.of("type", "account_key")));
        assertThat(config.secrets()).isEqualTo(Map.of("credentials.account_key", FakeAzure.KEY));
        assertThat(config.identity()).isEqualTo("azure_blob azure devaccount account_key");
        assertThat(read(Map.of(
                                "account_name",
                                "devaccount",
                                "container_name",
                                "videos",
                                "credentials",
                                Map.of("type", "account_key", "account_key", FakeAzure.KEY)))
                        .settings())
                .isEqualTo(config.settings());
    }

    @ParameterizedTest
    @EnumSource(Credentials.class)
    void secretsAreMaskedAndAMaskIsNoSecret(Credentials credentials) {
        ConnectorConfig config = read(Map.of("account_name", "devaccount", "credentials", credentials.sent()));
        assertThat(config.settings().toString() + config + config.masked())
                .doesNotContain(FakeAzure.KEY, FakeAuthorization.SIGNATURE, FakeEntra.CLIENT_SECRET);
        if (credentials != Credentials.MACHINE) {
            assertThat(violations(config.masked()))
                    .singleElement()
                    .satisfies(violation -> assertThat(violation.message()).contains("masked"));
        }
    }

    @Test
    void aConnectionStringIsWhatItStandsFor() {
        String key = "DefaultEndpointsProtocol=https;AccountName=devaccount;AccountKey=" + FakeAzure.KEY
                + ";EndpointSuffix=core.windows.net";
        ConnectorConfig plain = read(Map.of("account_name", "devaccount", "account_key", FakeAzure.KEY));
        assertThat(read(Map.of("connection_string", key))).isEqualTo(plain);
        assertThat(read(Map.of("credentials", Map.of("type", "connection_string", "connection_string", key))))
                .isEqualTo(plain);
        String signed = "BlobEndpoint=https://devaccount.blob.core.chinacloudapi.cn/;SharedAccessSignature=" + SAS;
        ConnectorConfig china = read(Map.of("connection_string", signed));
        assertThat(china.settings())
                .containsEntry("account_name", "devaccount")
                .containsEntry("endpoint_url", "https://devaccount.blob.core.chinacloudapi.cn");
        assertThat(china.secrets()).isEqualTo(Map.of("credentials.sas_token", SAS));
        assertThat(read(Map.of("connection_string", key.replace("core.windows.net", "core.usgovcloudapi.net")))
                        .settings())
                .containsEntry("endpoint_url", "https://devaccount.blob.core.usgovcloudapi.net");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UseDevelopmentStorage=true", "nothing", "AccountName=devaccount", "=;=", "****"})
    void aConnectionStringThatIsNoneIsRefusedWithoutBeingShown(String text) {
        assertThat(violations(Map.of("credentials", Map.of("connection_string", text))))
                .singleElement()
                .satisfies(violation -> assertThat(violation.location())
                        .containsExactly("body", "provider_config", "credentials", "connection_string"));
    }

    @ParameterizedTest
    @CsvSource({
        "sas_token, sv=2021&sp=rl",
        "sas_token, 'sv=2021&sig=a b'",
        "sas_token, sv=2021&sig=a%zz",
        "account_key, not base64!",
        "account_name, Dev-Account",
        "bucket_name, No/Container",
        "bucket_name, two--dashes",
        "endpoint_url, https://10.0.0.1",
        "endpoint_url, ftp://devaccount.blob.core.windows.net"
    })
    void whatCannotBeIsRefused(String field, String value) {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of("account_name", "devaccount"));
        if (!field.equals("sas_token")) {
            settings.put("account_key", FakeAzure.KEY);
        }
        settings.put(field, value);
        assertThat(violations(settings))
                .singleElement()
                .satisfies(violation -> assertThat(violation.location()).endsWith(field));
    }

    @Test
    void whatIsNeededIsNamed() {
        assertThat(violations(Map.of()))
                .extracting(AzureSettingsTests::field)
                .containsExactlyInAnyOrder("account_name", "account_key");
        assertThat(violations(
                        Map.of("account_name", "devaccount", "credentials", Map.of("type", "client_credentials"))))
                .extracting(AzureSettingsTests::field)
                .containsExactlyInAnyOrder("tenant_id", "client_id", "client_secret");
        assertThat(violations(Map.of("account_name", "devaccount", "credentials", Map.of("type", "password"))))
                .first()
                .satisfies(violation -> assertThat(violation.message())
                        .contains("account_key, sas, client_credentials, managed_identity"));
    }

    @Test
    void theServicesOwnIdentityNeedsTheOperatorsPermission() {
        Map<String, Object> settings =
                Map.of("account_name", "devaccount", "credentials", Map.of("type", "managed_identity"));
        read(settings);
        assertThatThrownBy(() -> connector(false).read(settings, "body.provider_config"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("waybill.connectors.azure.managed-identity");
    }

    @ParameterizedTest
    @CsvSource({
        "videos, videos, '', true",
        "/videos/cuts/, videos, cuts/, true",
        "azure://videos/cuts, videos, cuts, true",
        "az://videos/cuts*, videos, cuts, false",
        "https://devaccount.blob.core.windows.net/videos/my%20cuts, videos, my cuts, true",
        "https://DevAccount.blob.core.windows.net/videos/a+b, videos, a+b, true",
        "$web/a, $web, a, true"
    })
    void pathsAreRead(String path, String container, String prefix, boolean isFolder) {
        ConnectorConfig config = read(Map.of("account_name", "devaccount", "account_key", FakeAzure.KEY));
        assertThat(connector.path(config, path)).isEqualTo(new SourcePath(container, prefix, isFolder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://another.blob.core.windows.net/videos",
                "https://devaccount.blob.core.windows.net.evil.example/videos",
                "https://devaccount.blob.core.windows.net/videos?sig=x",
                "https://devaccount.blob.core.windows.net/videos/%zz",
                "s3://videos/cuts"
            })
    void pathsOfSomethingElseAreRefused(String path) {
        ConnectorConfig config = read(Map.of("account_name", "devaccount", "account_key", FakeAzure.KEY));
        assertThatThrownBy(() -> connector.path(config, path)).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void pathsAreReadWithTheConnectionsContainer() {
        ConnectorConfig config = read(Map.of(
                "account_name",
                "devaccount",
                "account_key",
                FakeAzure.KEY,
                "container_name",
                "own",
                "prefix",
                "/team"));
        assertThat(connector.path(config, "videos")).isEqualTo(new SourcePath("own", "team/videos", true));
        assertThat(connector.path(config, "azure://other")).isEqualTo(new SourcePath("other", "", true));
    }

    @ParameterizedTest
    @CsvSource({
        ", devaccount.blob.core.windows.net",
        "https://devaccount.blob.core.windows.net, devaccount.blob.core.windows.net",
        "https://DevAccount.blob.core.chinacloudapi.cn/, devaccount.blob.core.chinacloudapi.cn",
        "http://127.0.0.1:10000/devaccount, 127.0.0.1:10000/devaccount"
    })
    void oneStorageHasOneIdentityWhateverTheKey(@Nullable String endpoint, String place) {
        for (Credentials credentials : Credentials.values()) {
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("account_name", "devaccount");
            settings.put("credentials", credentials.sent());
            if (endpoint != null) {
                settings.put("endpoint_url", endpoint);
            }
            assertThat(connector.location(read(settings))).isEqualTo(place);
        }
    }

    private ConnectorConfig read(Map<String, Object> settings) {
        return connector.read(settings, "body.provider_config");
    }

    private static String field(Violation violation) {
        return String.valueOf(violation.location().getLast());
    }

    private List<Violation> violations(Map<String, Object> settings) {
        List<Violation> found = new ArrayList<>();
        assertThatThrownBy(() -> read(settings))
                .isInstanceOfSatisfying(InvalidRequest.class, refused -> found.addAll(refused.violations()));
        return found;
    }
}
