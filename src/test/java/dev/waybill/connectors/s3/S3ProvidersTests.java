package dev.waybill.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.SourceProfile.Check;
import dev.waybill.connectors.s3.FakeS3.Answer;
import dev.waybill.connectors.s3.FakeS3.Seen;
import dev.waybill.platform.fetch.GuardedEndpoints;
import dev.waybill.platform.fetch.OpenEndpoints;
import dev.waybill.testing.Confidential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deviations of each store but Backblaze from Amazon S3. */
class S3ProvidersTests {

    private static final SourcePath ALL = new SourcePath(FakeS3.BUCKET, "", true);

    private final FakeS3 server = new FakeS3();

    @AfterEach
    void close() {
        server.close();
    }

    // Cloudflare R2

    @Test
    void r2HasOneRegionAndNoTags() {
        server.put("a", "hello".getBytes(), Map.of(), Map.of("a", "b"));
        server.first(request -> request.region().equals("auto")
                ? null
                : Answer.error(400, "InvalidRegionName", "The region name 'us-east-1' is not valid."));
        Source r2 = Provider.R2.at(server);
        assertThat(read(r2)).isEqualTo("hello");
        assertThat(r2.tags(ALL, only(r2))).isEmpty();
        assertThat(server.seen()).noneMatch(request -> request.query().containsKey("tagging"));
        assertThat(refused(() -> read(Provider.S3.at(server)))).isEqualTo(Diagnosis.WRONG_REGION);
    }

    @Test
    void r2IsNowhereElseWhateverRegionItNames() {
        server.first(
                request -> Answer.error(301, "PermanentRedirect", "elsewhere", "x-amz-bucket-region", "eu-west-3"));
        SourceProfile profile = Provider.R2.at(server).check(ALL);
        assertThat(profile.problem()).isEqualTo(Diagnosis.WRONG_REGION);
        assertThat(profile.checks()).extracting(Check::name).doesNotContain("region");
        assertThat(server.seen()).as("times that it was asked").hasSize(1);
    }

    @Test
    void r2FindsItsEndpointByTheAccount() {
        ConnectorConfig config = config(
                Provider.R2,
                Map.of("account_id", "0123456789abcdef0123456789abcdef", "jurisdiction", "eu", "region", "weur"));
        assertThat(config.identity())
                .isEqualTo("r2 https://0123456789abcdef0123456789abcdef.eu.r2.cloudflarestorage.com key-id");
        assertThat(config.settings()).containsEntry("region", "auto");
        assertThat(endpoint(Provider.R2, config)).endsWith(".eu.r2.cloudflarestorage.com");
    }

    // Wasabi

    @Test
    void wasabiHasAHostForEachRegion() {
        assertThat(endpoint(Provider.WASABI, config(Provider.WASABI, Map.of()))).isEqualTo("https://s3.wasabisys.com");
        assertThat(endpoint(Provider.WASABI, config(Provider.WASABI, Map.of("region", "eu-central-1"))))
                .isEqualTo("https://s3.eu-central-1.wasabisys.com");
        assertThat(endpoint(
                        Provider.WASABI,
                        config(
                                Provider.WASABI,
                                Map.of("region", "ap-northeast-1", "endpoint_url", "https://s3.wasabisys.com"))))
                .isEqualTo("https://s3.ap-northeast-1.wasabisys.com");
    }

    @Test
    void wasabiUsesPathStyle() {
        server.put("a", "hello");
        assertThat(read(Provider.WASABI.at(server))).isEqualTo("hello");
        assertThat(server.seen())
                .allSatisfy(request -> assertThat(request.bucket()).isEqualTo(FakeS3.BUCKET));
    }

    // Tigris

    @ParameterizedTest
    @ValueSource(strings = {"https://fly.storage.tigris.dev", "https://t3.storage.dev"})
    void tigrisHasTwoNamesAndBucketsInTheHost(String endpoint) {
        List<String> lookedUp = new ArrayList<>();
        GuardedEndpoints guard = OpenEndpoints.recording(lookedUp);
        Connector connector = Provider.TIGRIS.connector(
                Provider.PROPERTIES, Provider.clients(Provider.PROPERTIES, guard), guard, InstantSource.system());
        ConnectorConfig config = connector.read(
                Provider.TIGRIS.settings(endpoint, "tid_abc", Confidential.secret("tsec_secret_of_a_tigris_key")),
                "body.provider_config");
        assertThat(connector.contractName()).isEqualTo("tigris");
        assertThat(config.settings()).containsEntry("region", "auto");
        try (Source source = connector.open(config)) {
            assertThat(refused(() -> source.list(ALL, null, 1))).isEqualTo(Diagnosis.NETWORK);
        }
        assertThat(lookedUp).contains("elsewhere." + endpoint.substring("https://".length()));
    }

    @Test
    void tigrisDefaultsToItsOlderName() {
        assertThat(endpoint(Provider.TIGRIS, config(Provider.TIGRIS, Map.of())))
                .isEqualTo("https://fly.storage.tigris.dev");
    }

    // Supabase

    @Test
    void supabaseIgnoresConditionsSoResponsesAreVerified() {
        server.put("a", "first");
        server.ignoresConditions();
        Source supabase = Provider.SUPABASE.at(server);
        SourceFile listed = only(supabase);
        assertThat(supabase.check(ALL).capabilities().conditionalGet()).isFalse();
        server.put("a", "other");
        assertThat(refused(() -> supabase.open(ALL, listed, 0))).isEqualTo(Diagnosis.CHANGED_DURING_READ);
        assertThat(refused(() -> supabase.open(ALL, listed, 2))).isEqualTo(Diagnosis.CHANGED_DURING_READ);
    }

    @Test
    void supabasesETagsAreNoHashes() throws IOException {
        server.put("a", "hello".getBytes(), "\"" + "0".repeat(32) + "\"", Map.of(), Map.of(), "");
        try (Source supabase = Provider.SUPABASE.at(server);
                SourceContent content = supabase.open(ALL, only(supabase), 0)) {
            assertThat(content.checksums()).isEmpty();
        }
        try (Source amazon = Provider.amazonAt(server, Map.of());
                SourceContent content = amazon.open(ALL, only(amazon), 0)) {
            assertThat(content.checksums()).isNotEmpty();
        }
    }

    @Test
    void supabaseListsNoETagAtTimes() throws IOException {
        server.put("a", "first".getBytes(), "", Map.of(), Map.of(), "");
        server.ignoresConditions();
        Source supabase = Provider.SUPABASE.at(server);
        SourceFile listed = only(supabase);
        assertThat(listed.version()).isNotEmpty();
        assertThat(read(supabase)).isEqualTo("first");
        server.put("a", "other".getBytes(), "", Map.of(), Map.of(), "");
        assertThat(refused(() -> supabase.open(ALL, listed, 0))).isEqualTo(Diagnosis.CHANGED_DURING_READ);
    }

    @Test
    void supabaseTakesASessionOfAProjectsKeys() {
        String claims = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"exp\":1893456000}".getBytes());
        String token = Confidential.secret("e30." + claims + ".c2ln");
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("endpoint_url", server.endpoint() + "/storage/v1/s3");
        settings.put("project_ref", "abcdefghijklmnopqrst");
        settings.put("region", "eu-central-1");
        settings.put(
                "credentials",
                Map.of("anon_key", Confidential.secret("anon-key-of-a-project"), "service_role_key", token));
        server.first(request -> Answer.of(200, "<ListBucketResult><Name>b</Name></ListBucketResult>"));
        SourceProfile profile = Provider.SUPABASE.open(settings).check(ALL);
        assertThat(profile.problem()).as(profile.message()).isNull();
        assertThat(profile.expiresAt()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(profile.message()).contains("shows nothing", "row security hides");
        Seen request = server.seen().getFirst();
        assertThat(request.target()).startsWith("/storage/v1/s3/elsewhere?");
        assertThat(request.accessKey()).isEqualTo("abcdefghijklmnopqrst");
        assertThat(request.region()).isEqualTo("eu-central-1");
        assertThat(request.headers()).containsEntry("x-amz-security-token", token);
    }

    @Test
    void supabaseIsFoundByItsProject() {
        ConnectorConfig config =
                config(Provider.SUPABASE, Map.of("project_ref", "abcdefghijklmnopqrst", "region", "eu-central-1"));
        assertThat(endpoint(Provider.SUPABASE, config))
                .isEqualTo("https://abcdefghijklmnopqrst.storage.supabase.co/storage/v1/s3");
    }

    @Test
    void whatSupabaseShowsToAKeyIsAllThatIsThere() {
        assertThat(Provider.SUPABASE.at(server).check(ALL).message())
                .contains("nothing lies there yet")
                .doesNotContain("row security");
    }

    // Amazon

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, https://s3.eu-central-1.amazonaws.com",
        "cn-north-1, https://s3.cn-north-1.amazonaws.com.cn",
        "us-gov-west-1, https://s3.us-gov-west-1.amazonaws.com"
    })
    void amazonsOwnEndpointIsShownAsItIs(String region, String endpoint) {
        Map<String, Object> credentials =
                Map.of("access_key_id", "AKIAIOSFODNN7EXAMPLE", "secret_access_key", Provider.AMAZONS_SECRET);
        ConnectorConfig config = config(Provider.S3, Map.of("region", region, "credentials", credentials));
        assertThat(endpoint(Provider.S3, config)).isEqualTo(endpoint);
    }

    @Test
    void amazonsRolesAreAssumedWithTheExternalIdAndRenewedOnce() {
        server.put("a", "hello");
        AtomicInteger sessions = new AtomicInteger();
        server.first(request -> {
            if (request.method().equals("POST")) {
                int session = sessions.incrementAndGet();
                return Answer.of(200, """
                        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
                        <Credentials><AccessKeyId>ASIA%d</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>
                        <SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials>
                        </AssumeRoleResult></AssumeRoleResponse>
                        """.formatted(
                                session,
                                Confidential.secret("the-secret-of-session-" + session),
                                Confidential.secret("the-token-of-session-" + session),
                                Instant.now().plusSeconds(3_600)));
            }
            return "the-token-of-session-1".equals(request.headers().get("x-amz-security-token"))
                            && request.key() != null
                    ? Answer.error(400, "ExpiredToken", "The provided token has expired.")
                    : null;
        });
        Source source = Provider.amazonAt(
                server,
                Map.of(
                        "credentials",
                        Map.of("role_arn", "arn:aws:iam::123456789012:role/Reader", "external_id", "external-1")));
        assertThat(read(source)).isEqualTo("hello");
        assertThat(sessions).hasValue(2);
        assertThat(server.seen().getFirst().body())
                .contains("ExternalId=external-1", "DurationSeconds=3600", "role%2FReader");
        assertThat(server.seen().getFirst().accessKey()).isEqualTo("OWNIDENTITYOWNIDENT");
        assertThat(server.seen().getLast().headers()).containsEntry("x-amz-security-token", "the-token-of-session-2");
        assertThat(source.check(ALL).account()).isEqualTo("123456789012");
    }

    @Test
    void aRoleThatCannotBeAssumedIsReported() {
        server.first(request -> request.method().equals("POST")
                ? Answer.of(
                        403,
                        "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>")
                : null);
        Source source = Provider.amazonAt(
                server,
                Map.of(
                        "credentials",
                        Map.of("role_arn", "arn:aws:iam::123456789012:role/Reader", "external_id", "external-1")));
        SourceProfile profile = source.check(ALL);
        assertThat(profile.problem()).isEqualTo(Diagnosis.INVALID_CREDENTIALS);
        assertThat(profile.message()).contains("external_id");
    }

    @Test
    void theServicesOwnRoleIsUsedWhereTheOperatorAllowsIt() {
        server.put("a", "hello");
        Source source = Provider.amazonAt(server, Map.of("credentials", Map.of("type", "instance_role")));
        assertThat(read(source)).isEqualTo("hello");
        assertThat(server.seen())
                .allSatisfy(request -> assertThat(request.accessKey()).isEqualTo("OWNIDENTITYOWNIDENT"));
        assertThatThrownBy(() -> config(Provider.S3, Map.of("credentials", Map.of("type", "instance_role"))))
                .hasMessageContaining("waybill.connectors.s3.instance-role");
    }

    private static ConnectorConfig config(Provider provider, Map<String, Object> more) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("region", provider == Provider.R2 || provider == Provider.TIGRIS ? "auto" : "us-east-1");
        settings.put("credentials", Map.of("access_key_id", "key-id", "secret_access_key", Provider.SECRET));
        settings.putAll(more);
        return provider.connector().read(settings, "body.provider_config");
    }

    /** The endpoint that it would connect to, determined without any reachable host. */
    private static String endpoint(Provider provider, ConnectorConfig config) {
        GuardedEndpoints guard = OpenEndpoints.recording(new ArrayList<>());
        Connector connector = provider.connector(
                Provider.PROPERTIES, Provider.clients(Provider.PROPERTIES, guard), guard, InstantSource.system());
        try (Source source = connector.open(config)) {
            return source.check(ALL).endpoint();
        }
    }

    static SourceFile only(Source source) {
        List<SourceFile> files = source.list(ALL, null, 10).files();
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    static String read(Source source) {
        try (SourceContent content = source.open(ALL, only(source), 0)) {
            return new String(content.bytes().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Diagnosis refused(Runnable call) {
        try {
            call.run();
        } catch (SourceException e) {
            return e.diagnosis();
        }
        throw new AssertionError("it was not refused");
    }
}
