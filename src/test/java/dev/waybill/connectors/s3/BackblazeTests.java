package dev.waybill.connectors.s3;

import static dev.waybill.connectors.s3.S3ProvidersTests.only;
import static dev.waybill.connectors.s3.S3ProvidersTests.read;
import static dev.waybill.connectors.s3.S3ProvidersTests.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.s3.FakeS3.Answer;
import dev.waybill.connectors.s3.FakeS3.Seen;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
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

/** Backblaze's deviations from Amazon S3, and how its endpoint is determined. */
class BackblazeTests {

    private static final SourcePath ALL = new SourcePath(FakeS3.BUCKET, "", true);

    private final FakeS3 server = new FakeS3();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void backblazeRejectsChecksumHeaders() {
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
    void backblazeReturnsItsEndpoint() {
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
    void backblazesOlderResponseIsReadTooAndMissingPermissionsAreReported() {
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
    void aRestrictedKeyReportsWhatItMayRead(String bounds, String sentence) {
        server.first(asked -> Answer.error(403, "AccessDenied", "not entitled"));
        String answer = "{'accountId': 'acc', 'apiInfo': {'storageApi': {'s3ApiUrl': '%s', 'allowed': {" + bounds
                + ", 'capabilities': ['listFiles', 'readFiles']}}}}";
        server.first(authorizing("v4", answer.replace('\'', '"')));
        SourceProfile profile = backblaze().check(ALL);
        assertThat(profile.problem()).isEqualTo(Diagnosis.ACCESS_DENIED);
        assertThat(profile.message()).contains(sentence);
    }

    @Test
    void aRestrictedKeyThatMayNotListGetsNoOtherPath() {
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
    void theEndpointIsRequestedAgainWhenItMoved() throws IOException {
        // No server listens there, unlike on a released port, which another process may have taken.
        String former = "http://127.0.0.1:1";
        server.put("a", "hello");
        AtomicInteger requests = new AtomicInteger();
        server.first(request -> request.bucket().equals("b2api")
                ? Answer.of(
                        200,
                        "{\"accountId\": \"a\", \"apiInfo\": {\"storageApi\": {\"s3ApiUrl\": \"%s\"}}}"
                                .formatted(requests.incrementAndGet() == 1 ? former : server.endpoint()))
                : null);
        assertThat(read(backblaze())).isEqualTo("hello");
        assertThat(requests).hasValue(2);
    }

    @Test
    void concurrentRejectionsRequestTheEndpointOnce() {
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
    void anUnchangedEndpointIsRequestedOnceAMinute() {
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
    void accountDataIsKeptWhenARefreshFails() {
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
    void backblazesShaOfLargeFilesIsReported() throws IOException {
        server.put("a", "hello".getBytes(), Map.of("large_file_sha1", "a".repeat(40)), Map.of());
        try (Source source = Provider.BACKBLAZE.at(server);
                SourceContent content = source.open(ALL, only(source), 0)) {
            assertThat(content.checksums())
                    .containsExactly(new SourceContent.Checksum(SourceContent.Algorithm.SHA1, "a".repeat(40)));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Provider.class, mode = EnumSource.Mode.EXCLUDE, names = "BACKBLAZE")
    void onOtherStoresThatMetadataIsNoChecksum(Provider provider) throws IOException {
        server.put("a", "hello".getBytes(), Map.of("large_file_sha1", "a".repeat(40)), Map.of());
        try (Source source = provider.at(server);
                SourceContent content = source.open(ALL, only(source), 0)) {
            assertThat(content.checksums())
                    .extracting(SourceContent.Checksum::algorithm)
                    .doesNotContain(SourceContent.Algorithm.SHA1);
        }
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
     * Makes Backblaze return endpoints, one after the other and the last one from then on.
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
}
