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
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each store does otherwise than Amazon's: read by Amazon's rules it would fail. */
class S3ProvidersTests {

    private static final SourcePath ALL = new SourcePath(FakeS3.BUCKET, "", true);

    private final FakeS3 server = new FakeS3();

    @AfterEach
    void close() {
        server.close();
    }

    // Backblaze

    @Test
    void backblazeRefusesEverythingThatSpeaksOfChecksums() {
        server.put("a", "hello");
        server.first(asked -> asked.headers().keySet().stream()
                        .map(String::toLowerCase)
                        .anyMatch(name -> name.startsWith("x-amz-checksum") || name.startsWith("x-amz-sdk-checksum"))
                ? Answer.error(
                        400, "InvalidArgument", "Unsupported header 'x-amz-checksum-mode' received for this API call.")
                : null);
        assertThat(read(Provider.BACKBLAZE.at(server))).isEqualTo("hello");
        assertThatThrownBy(() -> read(Provider.amazonAt(server, Map.of()))).isInstanceOf(SourceException.class);
    }

    @Test
    void backblazeTellsItsEndpoint() {
        server.put("videos/a", "hello");
        server.first(authorizing("v4", """
                {"accountId": "acc", "applicationKeyExpirationTimestamp": 1893456000000, "apiInfo": {"storageApi": {
                  "s3ApiUrl": "%s", "allowed": {"buckets": [{"id": "1", "name": "elsewhere"}], "namePrefix": "videos/",
                  "capabilities": ["listBuckets", "listFiles", "readFiles"]}}}}
                """));
        SourceProfile profile = backblaze().check(new SourcePath(FakeS3.BUCKET, "videos/", true));
        assertThat(profile.problem()).as(profile.message()).isNull();
        assertThat(profile.account()).isEqualTo("acc");
        assertThat(profile.endpoint()).isEqualTo(server.endpoint());
        assertThat(profile.expiresAt()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(profile.restrictions()).isEqualTo(Map.of("buckets", List.of("elsewhere"), "prefix", "videos/"));
        assertThat(server.seen().getFirst().headers().get("authorization"))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString(("key-id:" + Provider.SECRET).getBytes()));
    }

    @Test
    void backblazesOlderAnswerIsReadTooAndWhatAKeyLacksIsTold() {
        server.put("a", "hello");
        server.first(authorizing("v3", """
                {"accountId": "acc", "apiInfo": {"storageApi": {"s3ApiUrl": "%s", "bucketName": "elsewhere",
                  "capabilities": ["listFiles"]}}}
                """));
        SourceProfile profile = backblaze().check(ALL);
        assertThat(profile.restrictions()).isEqualTo(Map.of("buckets", List.of("elsewhere")));
        assertThat(profile.checks())
                .anySatisfy(check -> assertThat(check.code()).isEqualTo(Diagnosis.ACCESS_DENIED_READ));
        assertThat(server.seen()).extracting(Seen::target).startsWith("/b2api/v4/b2_authorize_account");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'buckets': [{'name': 'a'}, {'name': 'b'}], 'namePrefix': 'videos/' | "
                        + "The key may read only what begins with 'videos/' in 'a', 'b'; name a path",
                "'buckets': [{'name': 'a'}, {'name': 'b'}] | The key may read only 'a', 'b'; name a path",
                "'namePrefix': 'videos/' | The key may read only what begins with 'videos/'; name a path",
                "'buckets': [] | s3:ListBucket"
            },
            quoteCharacter = '`')
    void aKeyThatIsBoundSaysWhatItMayRead(String bounds, String sentence) {
        server.first(asked -> Answer.error(403, "AccessDenied", "not entitled"));
        String answer = "{'accountId': 'acc', 'apiInfo': {'storageApi': {'s3ApiUrl': '%s', 'allowed': {" + bounds
                + ", 'capabilities': ['listFiles', 'readFiles']}}}}";
        server.first(authorizing("v4", answer.replace('\'', '"')));
        SourceProfile profile = backblaze().check(ALL);
        assertThat(profile.problem()).isEqualTo(Diagnosis.ACCESS_DENIED);
        assertThat(profile.message()).contains(sentence);
    }

    @Test
    void aKeyThatIsBoundAndMayListNothingIsNotSentElsewhere() {
        server.first(asked -> Answer.error(403, "AccessDenied", "not entitled"));
        server.first(authorizing("v4", """
                {"accountId": "acc", "apiInfo": {"storageApi": {"s3ApiUrl": "%s", "allowed": {
                  "namePrefix": "videos/", "capabilities": ["readFiles"]}}}}
                """));
        assertThat(backblaze().check(ALL).message()).contains("may not list").doesNotContain("may read only");
    }

    @Test
    void aKeyThatBackblazeDoesNotKnowIsInvalid() {
        server.first(asked -> asked.bucket().equals("b2api")
                ? Answer.of(401, "{\"code\": \"unauthorized\", \"message\": \"\", \"status\": 401}")
                : null);
        assertThat(backblaze().check(ALL).problem()).isEqualTo(Diagnosis.INVALID_CREDENTIALS);
        server.first(asked -> asked.bucket().equals("b2api")
                ? Answer.of(403, "{\"code\": \"transaction_cap_exceeded\", \"status\": 403}")
                : null);
        assertThat(backblaze().check(ALL).problem()).isEqualTo(Diagnosis.QUOTA);
    }

    @Test
    void backblazeIsAskedAgainWhenItsEndpointMoved() throws IOException {
        // Nobody listens there, unlike on a port that was given back, which somebody else may have by now.
        String former = "http://127.0.0.1:1";
        server.put("a", "hello");
        AtomicInteger asked = new AtomicInteger();
        server.first(request -> request.bucket().equals("b2api")
                ? Answer.of(
                        200,
                        "{\"accountId\": \"a\", \"apiInfo\": {\"storageApi\": {\"s3ApiUrl\": \"%s\"}}}"
                                .formatted(asked.incrementAndGet() == 1 ? former : server.endpoint()))
                : null);
        assertThat(read(backblaze())).isEqualTo("hello");
        assertThat(asked).hasValue(2);
    }

    @Test
    void manyThatAreRefusedAtOnceHaveBackblazeAskedOnce() {
        int many = 8;
        server.put("a", "hello");
        try (FakeS3 former = new FakeS3();
                Source backblaze = backblaze()) {
            List<Seen> authorized = authorizes(former.endpoint(), server.endpoint());
            CyclicBarrier together = new CyclicBarrier(many);
            former.first(request -> {
                await(together);
                return Answer.error(403, "InvalidAccessKeyId", "no");
            });
            List<CompletableFuture<SourceFile>> listed = IntStream.range(0, many)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> only(backblaze), Thread::startVirtualThread))
                    .toList();
            assertThat(listed).allSatisfy(file -> assertThat(file.join().key()).isEqualTo("a"));
            assertThat(former.seen()).hasSize(many);
            assertThat(authorized).hasSize(2);
        }
    }

    @Test
    void backblazeThatStaysWhereItIsIsAskedOnceAMinute() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        List<Seen> authorized = authorizes(server.endpoint());
        server.first(request -> request.bucket().equals("b2api") ? null : Answer.error(401, "Unauthorized", "no"));
        try (Source backblaze = backblaze(now::get)) {
            for (int i = 0; i < 3; i++) {
                assertThat(refused(() -> only(backblaze))).isEqualTo(Diagnosis.INVALID_CREDENTIALS);
            }
            assertThat(authorized).hasSize(2);
            now.set(now.get().plusSeconds(60));
            assertThat(refused(() -> only(backblaze))).isEqualTo(Diagnosis.INVALID_CREDENTIALS);
            assertThat(authorized).hasSize(3);
        }
    }

    @Test
    void whatBackblazeToldIsKeptWhenItDoesNotTellItAgain() {
        List<Seen> authorized = authorizes(server.endpoint());
        try (Source backblaze = backblaze()) {
            assertThat(backblaze.list(ALL, null, 10).files()).isEmpty();
            server.first(request -> request.bucket().equals("b2api")
                    ? Answer.of(401, "{\"code\": \"unauthorized\", \"status\": 401}")
                    : Answer.error(401, "Unauthorized", "no"));
            assertThat(backblaze.check(ALL)).satisfies(profile -> {
                assertThat(profile.problem()).isEqualTo(Diagnosis.INVALID_CREDENTIALS);
                assertThat(profile.account()).isEqualTo("acc");
                assertThat(profile.endpoint()).isEqualTo(server.endpoint());
            });
        }
        assertThat(authorized).hasSize(1);
    }

    @Test
    void backblazesShaOfLargeFilesIsTold() throws IOException {
        server.put("a", "hello".getBytes(), Map.of("large_file_sha1", "a".repeat(40)), Map.of());
        try (Source source = Provider.BACKBLAZE.at(server);
                SourceContent content = source.open(ALL, only(source), 0)) {
            assertThat(content.checksums())
                    .containsExactly(new SourceContent.Checksum(SourceContent.Algorithm.SHA1, "a".repeat(40)));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Provider.class, mode = EnumSource.Mode.EXCLUDE, names = "BACKBLAZE")
    void onOthersThatIsWhatAnybodyWrote(Provider provider) throws IOException {
        server.put("a", "hello".getBytes(), Map.of("large_file_sha1", "a".repeat(40)), Map.of());
        try (Source source = provider.at(server);
                SourceContent content = source.open(ALL, only(source), 0)) {
            assertThat(content.checksums())
                    .extracting(SourceContent.Checksum::algorithm)
                    .doesNotContain(SourceContent.Algorithm.SHA1);
        }
    }

    // Cloudflare R2

    @Test
    void r2HasOneRegionAndNoTags() {
        server.put("a", "hello".getBytes(), Map.of(), Map.of("a", "b"));
        server.first(asked -> asked.region().equals("auto")
                ? null
                : Answer.error(400, "InvalidRegionName", "The region name 'us-east-1' is not valid."));
        Source r2 = Provider.R2.at(server);
        assertThat(read(r2)).isEqualTo("hello");
        assertThat(r2.tags(ALL, only(r2))).isEmpty();
        assertThat(server.seen()).noneMatch(asked -> asked.query().containsKey("tagging"));
        assertThat(refused(() -> read(Provider.S3.at(server)))).isEqualTo(Diagnosis.WRONG_REGION);
    }

    @Test
    void r2IsNowhereElseWhateverRegionItNames() {
        server.first(asked -> Answer.error(301, "PermanentRedirect", "elsewhere", "x-amz-bucket-region", "eu-west-3"));
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
    void wasabiIsAskedInThePath() {
        server.put("a", "hello");
        assertThat(read(Provider.WASABI.at(server))).isEqualTo("hello");
        assertThat(server.seen()).allSatisfy(asked -> assertThat(asked.bucket()).isEqualTo(FakeS3.BUCKET));
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
        assertThat(connector.toldAs()).isEqualTo("tigris");
        assertThat(config.settings()).containsEntry("region", "auto");
        try (Source source = connector.open(config)) {
            assertThat(refused(() -> source.list(ALL, null, 1))).isEqualTo(Diagnosis.NETWORK);
        }
        assertThat(lookedUp).contains("elsewhere." + endpoint.substring("https://".length()));
    }

    @Test
    void tigrisIsAtItsOlderNameUnlessItIsTold() {
        assertThat(endpoint(Provider.TIGRIS, config(Provider.TIGRIS, Map.of())))
                .isEqualTo("https://fly.storage.tigris.dev");
    }

    // Supabase

    @Test
    void supabaseHeedsNoConditionSoWhatComesIsCompared() {
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
        server.first(asked -> Answer.of(200, "<ListBucketResult><Name>b</Name></ListBucketResult>"));
        SourceProfile profile = Provider.SUPABASE.open(settings).check(ALL);
        assertThat(profile.problem()).as(profile.message()).isNull();
        assertThat(profile.expiresAt()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(profile.message()).contains("shows nothing", "row security hides");
        Seen asked = server.seen().getFirst();
        assertThat(asked.target()).startsWith("/storage/v1/s3/elsewhere?");
        assertThat(asked.accessKey()).isEqualTo("abcdefghijklmnopqrst");
        assertThat(asked.region()).isEqualTo("eu-central-1");
        assertThat(asked.headers()).containsEntry("x-amz-security-token", token);
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
        server.first(asked -> {
            if (asked.method().equals("POST")) {
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
            return "the-token-of-session-1".equals(asked.headers().get("x-amz-security-token")) && asked.key() != null
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
    void aRoleThatCannotBeAssumedIsSaidSo() {
        server.first(asked -> asked.method().equals("POST")
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
                .allSatisfy(asked -> assertThat(asked.accessKey()).isEqualTo("OWNIDENTITYOWNIDENT"));
        assertThatThrownBy(() -> config(Provider.S3, Map.of("credentials", Map.of("type", "instance_role"))))
                .hasMessageContaining("waybill.connectors.s3.instance-role");
    }

    private Function<Seen, @Nullable Answer> authorizing(String version, String answer) {
        return asked -> {
            if (!asked.bucket().equals("b2api")) {
                return null;
            }
            return asked.target().contains("/" + version + "/")
                    ? Answer.of(200, answer.formatted(server.endpoint()))
                    : Answer.of(400, "{\"code\": \"bad_request\", \"status\": 400}");
        };
    }

    /**
     * Has Backblaze tell endpoints, one after the other and the last one from then on.
     *
     * @return the requests for them, as they come
     */
    private List<Seen> authorizes(String... endpoints) {
        List<Seen> authorized = new CopyOnWriteArrayList<>();
        server.first(asked -> {
            if (!asked.bucket().equals("b2api")) {
                return null;
            }
            authorized.add(asked);
            String endpoint = endpoints[Math.min(authorized.size(), endpoints.length) - 1];
            return Answer.of(
                    200,
                    "{\"accountId\": \"acc\", \"apiInfo\": {\"storageApi\": {\"s3ApiUrl\": \"%s\"}}}"
                            .formatted(endpoint));
        });
        return authorized;
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private Source backblaze() {
        return backblaze(InstantSource.system());
    }

    private Source backblaze(InstantSource clock) {
        S3ConnectorProperties properties = Provider.properties(false, null, null, server.endpoint());
        Connector connector = Provider.BACKBLAZE.connector(
                properties, Provider.clients(properties, Provider.LOOPBACK), Provider.LOOPBACK, clock);
        return connector.open(
                connector.read(Map.of("key_id", "key-id", "application_key", Provider.SECRET), "body.provider_config"));
    }

    private static ConnectorConfig config(Provider provider, Map<String, Object> more) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("region", provider == Provider.R2 || provider == Provider.TIGRIS ? "auto" : "us-east-1");
        settings.put("credentials", Map.of("access_key_id", "key-id", "secret_access_key", Provider.SECRET));
        settings.putAll(more);
        return provider.connector().read(settings, "body.provider_config");
    }

    /** Where it would be looked for, found out where no host leads anywhere. */
    private static String endpoint(Provider provider, ConnectorConfig config) {
        GuardedEndpoints guard = OpenEndpoints.recording(new ArrayList<>());
        Connector connector = provider.connector(
                Provider.PROPERTIES, Provider.clients(Provider.PROPERTIES, guard), guard, InstantSource.system());
        try (Source source = connector.open(config)) {
            return source.check(ALL).endpoint();
        }
    }

    private static SourceFile only(Source source) {
        List<SourceFile> files = source.list(ALL, null, 10).files();
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    private static String read(Source source) {
        try (SourceContent content = source.open(ALL, only(source), 0)) {
            return new String(content.bytes().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Diagnosis refused(Runnable call) {
        try {
            call.run();
        } catch (SourceException e) {
            return e.diagnosis();
        }
        throw new AssertionError("it was not refused");
    }
}
