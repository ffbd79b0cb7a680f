package dev.waybill.connectors.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.Pools;
import dev.waybill.platform.fetch.GuardedEndpoints;
import dev.waybill.platform.fetch.OpenEndpoints;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors are mapped to a diagnosis and a message that says what to change. */
class GcsErrorsTests {

    private static final SourcePath ALL = new SourcePath(FakeGcs.BUCKET, "", true);

    /** Provider's text, which must not be passed on. */
    private static final String RAW = "raw text of the provider with ya29.secrets";

    private final FakeGcs server = new FakeGcs();
    private final Source source = server.open(Map.of());

    @AfterEach
    void close() {
        source.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "401, authError, EXPIRED_CREDENTIALS, account",
        "403, forbidden, ACCESS_DENIED, roles/storage.objectViewer",
        "403, insufficientPermissions, ACCESS_DENIED, roles/storage.objectViewer",
        "403, accountDisabled, INVALID_CREDENTIALS, billing",
        "404, notFound, BUCKET_NOT_FOUND, elsewhere",
        "400, userProjectMissing, REQUESTER_PAYS, user_project",
        "401, authenticationRequiredRequesterPays, REQUESTER_PAYS, user_project",
        "403, userProjectAccessDenied, REQUESTER_PAYS, serviceUsageConsumer",
        "403, userProjectAccountProblem, REQUESTER_PAYS, billing",
        "403, accessNotConfigured, ACCESS_DENIED, enable",
        "403, rateLimitExceeded, THROTTLED, patience",
        "429, userRateLimitExceeded, THROTTLED, patience",
        "429, whatever, THROTTLED, patience",
        "503, backendError, THROTTLED, patience",
        "403, quotaExceeded, QUOTA, raise",
        "500, backendError, NETWORK, failed",
        "502, badGateway, NETWORK, failed",
        "400, invalid, BROKEN_LISTING, status 400",
        "501, notImplemented, BROKEN_LISTING, status 501",
        "302, found, BROKEN_LISTING, status 302"
    })
    void aListingThatIsRefused(int status, String reason, Diagnosis diagnosis, String fix) {
        storage(FakeGcs.error(status, reason, RAW));
        assertThat(refusal(() -> source.list(ALL, null, 10))).satisfies(refused -> {
            assertThat(refused.diagnosis()).isEqualTo(diagnosis);
            assertThat(refused.getMessage()).contains(fix).doesNotContain("raw text");
            assertThat(refused.passes()).isEqualTo(diagnosis == Diagnosis.NETWORK || diagnosis == Diagnosis.THROTTLED);
        });
        SourceProfile profile = source.check(ALL);
        assertThat(profile.problem()).isEqualTo(diagnosis);
        assertThat(profile.message()).contains(fix);
    }

    @ParameterizedTest
    @CsvSource({
        "403, forbidden, ACCESS_DENIED_READ, roles/storage.objectViewer",
        "403, cloudKmsPermissionDenied, KMS_DENIED, cryptoKeyEncrypterDecrypter",
        "400, cloudKmsDisabledKey, KMS_DENIED, cryptoKeyEncrypterDecrypter",
        "400, resourceIsEncryptedWithCustomerEncryptionKey, KMS_DENIED, key of its own",
        "412, conditionNotMet, CHANGED_DURING_READ, listed",
        "416, requestedRangeNotSatisfiable, CHANGED_DURING_READ, listed",
        "404, notFound, CHANGED_DURING_READ, listed",
        "429, rateLimitExceeded, THROTTLED, patience",
        "400, whatever, UNSUPPORTED, status 400"
    })
    void bytesThatAreRefused(int status, String reason, Diagnosis diagnosis, String fix) {
        server.put("a", "hello");
        SourceFile file = source.list(ALL, null, 10).files().getFirst();
        server.server()
                .first(request ->
                        "media".equals(request.query().get("alt")) ? FakeGcs.error(status, reason, RAW) : null);
        assertThat(refusal(() -> source.open(ALL, file, 0))).satisfies(refused -> {
            assertThat(refused.diagnosis()).isEqualTo(diagnosis);
            assertThat(refused.getMessage()).contains(fix).doesNotContain("raw text");
        });
    }

    @Test
    void bytesAreOftenRefusedWithoutAReason() {
        server.put("a", "hello");
        SourceFile file = source.list(ALL, null, 10).files().getFirst();
        server.server()
                .first(request -> "media".equals(request.query().get("alt")) ? Answer.of(403, "Forbidden") : null);
        assertThat(refusal(() -> source.open(ALL, file, 0)).diagnosis()).isEqualTo(Diagnosis.ACCESS_DENIED_READ);
    }

    @Test
    void aFileWithItsOwnKeyIsNotRequested() {
        server.put("a", "hello".getBytes(), Map.of("customerEncryption", Map.of("encryptionAlgorithm", "AES256")));
        SourceFile file = source.list(ALL, null, 10).files().getFirst();
        assertThat(refusal(() -> source.open(ALL, file, 0)).diagnosis()).isEqualTo(Diagnosis.KMS_DENIED);
        assertThat(server.seen())
                .noneSatisfy(request -> assertThat(request.query()).containsKey("alt"));
    }

    @Test
    void throttlingIsLeftToTheCaller() {
        storage(FakeGcs.error(429, "rateLimitExceeded", RAW, "Retry-After", "7"));
        assertThat(refusal(() -> source.list(ALL, null, 10)).retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void quickFailuresAreRetried() {
        server.put("a", "hello");
        server.server()
                .first(request ->
                        !request.path().equals("/token") && server.seen().size() < 3
                                ? FakeGcs.error(500, "backendError", RAW)
                                : null);
        assertThat(source.list(ALL, null, 10).files()).hasSize(1);
        assertThat(server.seen()).hasSize(3);
    }

    // Tokens

    @ParameterizedTest
    @CsvSource({
        "400, invalid_grant, Invalid JWT Signature., INVALID_CREDENTIALS, private_key",
        "400, invalid_grant, Invalid grant: account not found, INVALID_CREDENTIALS, client_email",
        "400, invalid_grant, The key that was associated with it has expired., INVALID_CREDENTIALS, private_key",
        "401, disabled_client, The OAuth client was disabled., INVALID_CREDENTIALS, enable",
        "400, invalid_grant, Check your iat and exp values in the JWT claim., CLOCK_SKEW, clock",
        "429, rate_limited, slow down, THROTTLED, patience",
        "503, unavailable, later, THROTTLED, patience",
        "500, internal_failure, oops, NETWORK, failed"
    })
    void tokensThatAreRefused(int status, String error, String description, Diagnosis diagnosis, String fix) {
        server.server()
                .first(request ->
                        request.path().equals("/token") ? FakeGcs.tokenError(status, error, description) : null);
        for (SourcePath path : new SourcePath[] {ALL, null}) {
            SourceProfile profile = source.check(path);
            assertThat(profile.problem()).isEqualTo(diagnosis);
            assertThat(profile.message()).contains(fix);
        }
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aWrongKeyIsReported() {
        Map<String, Object> file = FakeGcs.keyFile();
        file.put("private_key_id", "another");
        try (Source wrong = server.open(Map.of("credentials", file))) {
            assertThat(wrong.check(null).problem()).isEqualTo(Diagnosis.INVALID_CREDENTIALS);
        }
    }

    @Test
    void aRejectedTokenIsRenewedOnceAndTheCallRetried() {
        server.put("a", "hello");
        assertThat(source.list(ALL, null, 10).files()).hasSize(1);
        server.forgetTokens();
        assertThat(source.list(ALL, null, 10).files()).hasSize(1);
        assertThat(server.granted()).isEqualTo(2);
        storage(FakeGcs.error(401, "authError", RAW));
        assertThat(refusal(() -> source.list(ALL, null, 10)).diagnosis()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
        assertThat(server.granted()).isEqualTo(3);
    }

    @Test
    void anAccountThatWasGoodOnceHasExpired() {
        source.list(ALL, null, 10);
        server.forgetTokens();
        server.server()
                .first(request -> request.path().equals("/token")
                        ? FakeGcs.tokenError(400, "invalid_grant", "Invalid JWT Signature.")
                        : null);
        assertThat(refusal(() -> source.list(ALL, null, 10)).diagnosis()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
    }

    @Test
    void tokensAreRenewedBeforeTheyEnd() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        InstantSource clock = now::get;
        try (Source source = server.open(Map.of(), Pools.with(Pools.LOOPBACK, clock), clock)) {
            source.list(ALL, null, 10);
            now.updateAndGet(at -> at.plusSeconds(2_800));
            source.list(ALL, null, 10);
            assertThat(server.granted()).isEqualTo(1);
            now.updateAndGet(at -> at.plusSeconds(100));
            source.list(ALL, null, 10);
            assertThat(server.granted()).isEqualTo(2);
        }
    }

    @Test
    void clockSkewIsReportedAndSignaturesUseTheStoresTime() {
        InstantSource behind = () -> Instant.now().minus(Duration.ofMinutes(20));
        try (Source source = server.open(Map.of(), Pools.with(Pools.LOOPBACK, behind), behind)) {
            SourceProfile profile = source.check(ALL);
            assertThat(profile.problem()).as(profile.message()).isNull();
            assertThat(profile.clockOffset()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(21));
            assertThat(profile.checks()).extracting(SourceProfile.Check::code).contains(Diagnosis.CLOCK_SKEW);
        }
    }

    // Connections

    @Test
    void overriddenEndpointsPassTheGuard() {
        GuardedEndpoints guard = OpenEndpoints.leading(Map.of("inside.example.com", "127.0.0.1"));
        GcsProperties inside = new GcsProperties(
                URI.create("https://inside.example.com:" + server.server().port()),
                URI.create("https://inside.example.com:" + server.server().port() + "/token"));
        GcsConnector connector =
                new GcsConnector(inside, Pools.with(guard, InstantSource.system()), InstantSource.system());
        Source source =
                connector.open(connector.read(Map.of("credentials", FakeGcs.keyFile()), "body.provider_config"));
        SourceException refused = refusal(() -> source.list(ALL, null, 1));
        assertThat(refused.diagnosis()).isEqualTo(Diagnosis.NETWORK);
        assertThat(refused.passes()).isFalse();
        assertThat(refused.getMessage()).contains("may not be dialled");
        assertThat(server.server().seen()).isEmpty();
    }

    @Test
    void aServerThatIsDownOrHangsUpIsReported() {
        storage(new Answer(0, Map.of(), new byte[0], 0));
        SourceException refused = refusal(() -> source.list(ALL, null, 1));
        assertThat(refused.diagnosis()).isEqualTo(Diagnosis.NETWORK);
        assertThat(refused.passes()).isTrue();
        assertThat(server.seen()).hasSizeGreaterThan(1);
        server.close();
        assertThat(refusal(() -> source.list(ALL, null, 1)).diagnosis()).isEqualTo(Diagnosis.NETWORK);
    }

    private void storage(Answer answer) {
        server.server().first(request -> request.path().equals("/token") ? null : answer);
    }

    private static SourceException refusal(ThrowingCallable call) {
        List<SourceException> thrown = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(SourceException.class, thrown::add);
        return thrown.getFirst();
    }
}
