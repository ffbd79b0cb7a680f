package dev.waybill.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Connectors;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Validation of settings and paths for each store. */
class S3SettingsTests {

    private static final String ID = "AKIAIOSFODNN7EXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    @Test
    void everyProviderIsFoundByAllItsNames() {
        Connectors connectors = new Connectors(
                Arrays.stream(Provider.values()).map(Provider::connector).toList());
        assertThat(connectors.providers()).containsExactly("backblaze", "r2", "s3", "supabase", "tigris", "wasabi");
        Map<String, String> names = Map.ofEntries(
                Map.entry("aws", "s3"),
                Map.entry("minio", "s3"),
                Map.entry("S3_Compatible", "s3"),
                Map.entry("spaces", "s3"),
                Map.entry("cloudflare", "r2"),
                Map.entry("b2", "backblaze"),
                Map.entry("wasabi_s3", "wasabi"),
                Map.entry("tigris_data", "tigris"),
                Map.entry("supabase_storage", "supabase"));
        names.forEach((name, provider) ->
                assertThat(connectors.find(name)).map(Connector::provider).contains(provider));
        assertThat(connectors.find("google_drive")).isEmpty();
        assertThat(Arrays.stream(Provider.values()).map(p -> p.connector().contractName()))
                .containsOnly("s3", "tigris");
    }

    @Test
    void amazonsSettingsAreCompletedAndSecretsSeparated() {
        ConnectorConfig config = s3(Map.of(
                "region",
                "eu-west-1",
                "bucket",
                "videos",
                "credentials",
                Map.of("access_key_id", " " + ID, "secret_access_key", SECRET + "\n", "session_token", "token"),
                "password",
                "of something else"));
        assertThat(config.settings())
                .isEqualTo(Map.of(
                        "provider_type",
                        "s3",
                        "bucket_name",
                        "videos",
                        "region",
                        "eu-west-1",
                        "use_ssl",
                        true,
                        "verify_ssl",
                        true,
                        "credentials",
                        Map.of("type", "access_key", "access_key_id", ID)));
        assertThat(config.secrets())
                .isEqualTo(Map.of("credentials.secret_access_key", SECRET, "credentials.session_token", "token"));
        assertThat(config.identity()).isEqualTo("s3 amazon " + ID);
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void whatWasReadIsReadAgainAsItIs(Provider provider) {
        ConnectorConfig config = provider.connector()
                .read(provider.settings("http://127.0.0.1:9000/", "key-id", Provider.SECRET), "body.provider_config");
        ConnectorConfig again = provider.connector().read(unmasked(config), "body.provider_config");
        assertThat(again).isEqualTo(config);
        assertThat(config.settings()).containsEntry("endpoint_url", "http://127.0.0.1:9000");
        assertThat(config.settings().toString()).doesNotContain(Provider.SECRET);
        assertThat(config.identity()).contains("key-id").doesNotContain(Provider.SECRET);
        assertThat(violations(() -> provider.connector().read(config.masked(), "body.provider_config")))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("masked"));
    }

    @Test
    void supabasesKeysMayBeCalledAsAmazonsAre() {
        ConnectorConfig config = Provider.SUPABASE
                .connector()
                .read(
                        Map.of(
                                "project_ref",
                                "abcdefghijklmnopqrst",
                                "region",
                                "eu-central-1",
                                "credentials",
                                Map.of("aws_access_key_id", ID, "aws_secret_access_key", SECRET)),
                        "body.provider_config");
        assertThat(config.secrets()).isEqualTo(Map.of("credentials.secret_access_key", SECRET));
        assertThat(config.identity()).endsWith(" " + ID);
    }

    @Test
    void keysHaveAmazonsLengthsAtAmazonOnly() {
        Map<String, Object> brief = Map.of("access_key_id", "short", "secret_access_key", "short");
        assertThat(violations(() -> s3(Map.of("region", "us-east-1", "credentials", brief))))
                .extracting(Violation::location)
                .containsExactlyInAnyOrder(
                        List.of("body", "provider_config", "credentials", "access_key_id"),
                        List.of("body", "provider_config", "credentials", "secret_access_key"));
        s3(Map.of("region", "us-east-1", "endpoint_url", "https://minio.example.com", "credentials", brief));
        assertThat(violations(() -> s3(Map.of(
                        "region",
                        "us-east-1",
                        "endpoint_url",
                        "https://s3.us-east-1.amazonaws.com",
                        "credentials",
                        brief))))
                .hasSize(2);
    }

    @Test
    void credentialTypesAreInferredFromTheirFields() {
        ConnectorConfig role = s3(Map.of(
                "region",
                "us-east-1",
                "credentials",
                Map.of("role_arn", "arn:aws:iam::123456789012:role/Reader", "external_id", "external-1")));
        assertThat(role.settings().get("credentials"))
                .isEqualTo(Map.of(
                        "type",
                        "iam_role",
                        "role_arn",
                        "arn:aws:iam::123456789012:role/Reader",
                        "external_id",
                        "external-1"));
        assertThat(violations(() -> s3(Map.of("region", "us-east-1", "credentials", Map.of("type", "password")))))
                .first()
                .satisfies(
                        violation -> assertThat(violation.message()).contains("access_key, iam_role, instance_role"));
        assertThat(violations(() -> s3(Map.of(
                        "region",
                        "us-east-1",
                        "endpoint_url",
                        "https://minio.example.com",
                        "credentials",
                        Map.of("role_arn", "arn:aws:iam::123456789012:role/Reader", "external_id", "external-1")))))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("endpoint_url"));
        assertThat(violations(() -> s3(Map.of(
                        "region", "us-east-1", "credentials", Map.of("role_arn", "Reader", "external_id", "short")))))
                .hasSize(2);
    }

    @Test
    void allViolationsAreReportedAtOnce() {
        assertThat(violations(() -> s3(Map.of(
                        "bucket_name",
                        "no/bucket",
                        "use_ssl",
                        "yes",
                        "request_payer",
                        "somebody",
                        "credentials",
                        Map.of("access_key_id", 7)))))
                .extracting(violation -> String.valueOf(violation.location().getLast()))
                .contains("bucket_name", "use_ssl", "request_payer", "region", "access_key_id", "secret_access_key");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://files.example.com, http",
        "https://user:pass@files.example.com, password",
        "https://files.example.com?a=b, query",
        "https://files.example.com#a, query",
        "https://10.0.0.1, public internet",
        "https://[::1], public internet",
        "http://8.8.8.8, https",
        "https://0x7f000001, decimal",
        "https://, host"
    })
    void endpointsThatCannotBeAreRefused(String url, String why) {
        assertThat(violations(() -> s3(Map.of(
                        "region",
                        "us-east-1",
                        "endpoint_url",
                        url,
                        "credentials",
                        Map.of("access_key_id", ID, "secret_access_key", SECRET)))))
                .anySatisfy(violation -> {
                    assertThat(violation.location()).endsWith("endpoint_url");
                    assertThat(violation.message()).contains(why).doesNotContain("pass@");
                });
    }

    @Test
    void theEndpointDecidesWhetherTlsIsUsed() {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of(
                "region",
                "us-east-1",
                "endpoint_url",
                "127.0.0.1:9000",
                "use_ssl",
                false,
                "credentials",
                Map.of("access_key_id", "a", "secret_access_key", "b")));
        assertThat(s3(settings).settings()).containsEntry("endpoint_url", "http://127.0.0.1:9000");
        settings.put("endpoint_url", "https://minio.example.com/");
        assertThat(s3(settings).settings())
                .containsEntry("use_ssl", true)
                .containsEntry("endpoint_url", "https://minio.example.com");
        settings.remove("endpoint_url");
        assertThat(violations(() -> s3(settings)))
                .anySatisfy(violation -> assertThat(violation.location()).endsWith("use_ssl"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"us east", "eu-west-1.evil.com/", "EU", "a#b", "-"})
    void regionsAreNoHosts(String region) {
        assertThat(violations(() -> s3(Map.of(
                        "region", region, "credentials", Map.of("access_key_id", ID, "secret_access_key", SECRET)))))
                .singleElement()
                .satisfies(violation -> assertThat(violation.location()).endsWith("region"));
    }

    @Test
    void aBucketThatIsPastedBehindAnEndpointIsNoticed() {
        assertThat(violations(() -> Provider.R2
                        .connector()
                        .read(
                                Provider.R2.settings(
                                        "https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com/videos",
                                        "a",
                                        "b"),
                                "body.provider_config")))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("bucket_name"));
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void whatEachNeedsIsNamed(Provider provider) {
        List<String> needed = switch (provider) {
            case S3 -> List.of("region", "secret_access_key", "access_key_id");
            case R2 -> List.of("account_id", "secret_access_key", "access_key_id");
            case BACKBLAZE -> List.of("key_id", "application_key");
            case WASABI, TIGRIS -> List.of("secret_access_key", "access_key_id");
            case SUPABASE -> List.of("project_ref", "region", "secret_access_key", "access_key_id");
        };
        assertThat(violations(() -> provider.connector().read(Map.of(), "body.provider_config")))
                .extracting(violation -> String.valueOf(violation.location().getLast()))
                .containsExactlyInAnyOrderElementsOf(needed);
    }

    @Test
    void pathsAreReadWithTheConnectionsBucket() {
        Connector backblaze = Provider.BACKBLAZE.connector();
        ConnectorConfig config = backblaze.read(
                Map.of("key_id", "id", "application_key", "key", "bucket_name", "own", "prefix", "/team"),
                "body.provider_config");
        assertThat(backblaze.path(config, "b2://other/videos/")).isEqualTo(new SourcePath("other", "videos/", true));
        assertThat(backblaze.path(config, "/videos")).isEqualTo(new SourcePath("own", "team/videos", true));
        assertThatThrownBy(() -> backblaze.path(config, "r2://other/videos"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("b2://");
        assertThatThrownBy(() -> Provider.S3.connector().path(config, "s3://express--use1-az4--x-s3/a"))
                .isInstanceOf(InvalidRequest.class);
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void pathsOfEveryStoreMayBeWrittenAsThoseOfS3(Provider provider) {
        Connector connector = provider.connector();
        ConnectorConfig config = connector.read(
                provider.settings("http://127.0.0.1:9000", "key-id", Provider.SECRET), "body.provider_config");
        String own = provider == Provider.BACKBLAZE ? "b2" : connector.provider();

        for (String path : List.of("bucket/videos", "s3://bucket/videos", own + "://bucket/videos")) {
            assertThat(connector.path(config, path)).as(path).isEqualTo(new SourcePath("bucket", "videos", true));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "S3, , amazonaws.com",
        "S3, https://s3.eu-west-1.amazonaws.com, amazonaws.com",
        "S3, https://s3.cn-north-1.amazonaws.com.cn, amazonaws.com.cn",
        "S3, https://Minio.example.com, minio.example.com",
        "S3, http://minio.example.com, minio.example.com",
        "S3, https://minio.example.com:443, minio.example.com",
        "S3, https://minio.example.com:9000/, minio.example.com:9000",
        "S3, https://gate.example.com/tenant, gate.example.com/tenant",
        "R2, , 0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com",
        "R2, https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com,"
                + " 0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com",
        "BACKBLAZE, , backblazeb2.com",
        "BACKBLAZE, https://s3.us-west-004.backblazeb2.com, backblazeb2.com",
        "WASABI, , wasabisys.com",
        "WASABI, https://s3.eu-central-1.wasabisys.com, wasabisys.com",
        "TIGRIS, , tigris.dev",
        "TIGRIS, https://t3.storage.dev, tigris.dev",
        "SUPABASE, , abcdefghijklmnopqrst.supabase.co",
        "SUPABASE, https://abcdefghijklmnopqrst.storage.supabase.co/storage/v1/s3, abcdefghijklmnopqrst.supabase.co",
        "SUPABASE, https://supabase.example.com/storage/v1/s3, supabase.example.com/storage/v1/s3"
    })
    void oneStorageHasOneIdentityWhateverTheKey(Provider provider, @Nullable String endpoint, String place) {
        Connector connector = provider.connector();
        for (String id : List.of(ID, "AKIAANOTHERKEYEXAMPL")) {
            Map<String, Object> settings = new LinkedHashMap<>(provider.settings("unused", id, SECRET));
            settings.remove("endpoint_url");
            settings.put("account_id", "0123456789abcdef0123456789abcdef");
            settings.put("project_ref", "abcdefghijklmnopqrst");
            if (endpoint != null) {
                settings.put("endpoint_url", endpoint);
            }
            assertThat(connector.location(connector.read(settings, "body.provider_config")))
                    .isEqualTo(place);
        }
    }

    private static ConnectorConfig s3(Map<String, Object> settings) {
        return Provider.S3.connector().read(settings, "body.provider_config");
    }

    private static List<Violation> violations(Runnable read) {
        List<Violation> found = new ArrayList<>();
        assertThatThrownBy(read::run)
                .isInstanceOfSatisfying(InvalidRequest.class, refused -> found.addAll(refused.violations()));
        return found;
    }

    /** Its settings with the secrets instead of their masks. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> unmasked(ConnectorConfig config) {
        Map<String, Object> settings = config.masked();
        config.secrets().forEach((path, secret) -> {
            boolean isNested = path.startsWith("credentials.");
            Object place = isNested ? settings.get("credentials") : settings;
            ((Map<String, Object>) place).put(path.substring(path.indexOf('.') + 1), secret);
        });
        return settings;
    }
}
