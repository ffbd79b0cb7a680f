package dev.waybill.connectors.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.azure.FakeAzure.Credentials;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.Pools;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.fetch.GuardedEndpoints;
import dev.waybill.platform.fetch.OpenEndpoints;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors are mapped to a diagnosis and a message that says what to change. */
class AzureErrorsTests {

    private static final SourcePath ALL = new SourcePath(FakeAzure.CONTAINER, "", true);

    /** Provider's text, which must not be passed on. */
    private static final String RAW = "raw text of the provider with sig=secrets";

    private final FakeAzure server = new FakeAzure();
    private final Source source = server.open(Credentials.KEY);

    @AfterEach
    void close() {
        source.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "403, AuthenticationFailed, INVALID_CREDENTIALS, account_key",
        "401, NoAuthenticationInformation, INVALID_CREDENTIALS, account_key",
        "400, InvalidHeaderValue, BROKEN_LISTING, status 400",
        "403, KeyBasedAuthenticationNotPermitted, INVALID_CREDENTIALS, application",
        "403, AccountIsDisabled, INVALID_CREDENTIALS, subscription",
        "403, AuthorizationPermissionMismatch, ACCESS_DENIED, Storage Blob Data Reader",
        "403, AuthorizationFailure, ACCESS_DENIED, firewall",
        "403, AuthorizationSourceIPMismatch, ACCESS_DENIED, firewall",
        "404, ContainerNotFound, BUCKET_NOT_FOUND, elsewhere",
        "409, ContainerBeingDeleted, BUCKET_NOT_FOUND, elsewhere",
        "404, ResourceNotFound, BUCKET_NOT_FOUND, elsewhere",
        "503, ServerBusy, THROTTLED, patience",
        "429, TooManyRequests, THROTTLED, patience",
        "500, OperationTimedOut, THROTTLED, patience",
        "500, InternalError, NETWORK, failed",
        "502, BadGateway, NETWORK, failed",
        "400, OutOfRangeQueryParameterValue, BROKEN_LISTING, status 400",
        "302, Found, BROKEN_LISTING, status 302"
    })
    void aListingThatIsRefused(int status, String code, Diagnosis diagnosis, String fix) {
        storage(FakeAzure.error(status, code, RAW));
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
        "403, AuthorizationPermissionMismatch, ACCESS_DENIED_READ, Storage Blob Data Reader",
        "403, KeyVaultEncryptionKeyNotFound, KMS_DENIED, key vault",
        "409, BlobUsesCustomerSpecifiedEncryption, KMS_DENIED, key",
        "409, BlobArchived, ARCHIVED, rehydrate",
        "409, BlobBeingRehydrated, ARCHIVED, rehydrate",
        "412, ConditionNotMet, CHANGED_DURING_READ, listed",
        "416, InvalidRange, CHANGED_DURING_READ, listed",
        "404, BlobNotFound, VANISHED, gone",
        "404, ContainerNotFound, BUCKET_NOT_FOUND, elsewhere",
        "503, ServerBusy, THROTTLED, patience",
        "400, Whatever, UNSUPPORTED, status 400"
    })
    void aFileThatIsRefused(int status, String code, Diagnosis diagnosis, String fix) {
        server.put("a", "hello");
        SourceFile file = source.list(ALL, null, 10).files().getFirst();
        server.server().first(request -> request.segment(2).isEmpty() ? null : FakeAzure.error(status, code, RAW));
        assertThat(refusal(() -> source.open(ALL, file, 0))).satisfies(refused -> {
            assertThat(refused.diagnosis()).isEqualTo(diagnosis);
            assertThat(refused.getMessage()).contains(fix).doesNotContain("raw text");
        });
    }

    @Test
    void throttlingIsLeftToTheCaller() {
        storage(FakeAzure.error(503, "ServerBusy", RAW, "Retry-After", "7"));
        assertThat(refusal(() -> source.list(ALL, null, 10)).retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void quickFailuresAreRetried() {
        server.put("a", "hello");
        server.server().first(request -> server.seen().size() < 3 ? FakeAzure.error(500, "InternalError", RAW) : null);
        assertThat(source.list(ALL, null, 10).files()).hasSize(1);
        assertThat(server.seen()).hasSize(3);
    }

    // Credentials

    @Test
    void aWrongKeyIsReported() {
        String wrong = Base64.getEncoder().encodeToString("another".getBytes());
        try (Source source = open(Map.of("account_key", wrong))) {
            assertThat(source.check(ALL).problem()).isEqualTo(Diagnosis.INVALID_CREDENTIALS);
            assertThat(source.check(null).problem()).isEqualTo(Diagnosis.INVALID_CREDENTIALS);
        }
    }

    @Test
    void aSignatureContainsItsExpiryAndPermissions() {
        server.put("a", "hello");
        Instant until = Instant.now().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
        try (Source source = open(Map.of("sas_token", "?" + FakeAuthorization.sas("rl", until)))) {
            SourceProfile profile = source.check(ALL);
            assertThat(profile.problem()).isNull();
            assertThat(profile.expiresAt()).isEqualTo(until);
            assertThat(profile.restrictions()).containsEntry("permissions", "rl");
            assertThat(profile.checks())
                    .filteredOn(check -> check.name().equals("tags"))
                    .singleElement()
                    .satisfies(check -> assertThat(check.code()).isEqualTo(Diagnosis.ACCESS_DENIED_READ));
        }
    }

    @Test
    void aSignatureThatLacksAPermissionIsReported() {
        server.put("a", "hello");
        try (Source source = open(
                Map.of("sas_token", FakeAuthorization.sas("r", Instant.now().plusSeconds(600))))) {
            SourceProfile profile = source.check(ALL);
            assertThat(profile.problem()).isEqualTo(Diagnosis.ACCESS_DENIED);
            assertThat(profile.checks()).anySatisfy(check -> {
                assertThat(check.name()).isEqualTo("rights");
                assertThat(check.code()).isEqualTo(Diagnosis.ACCESS_DENIED);
            });
        }
        try (Source source = open(
                Map.of("sas_token", FakeAuthorization.sas("l", Instant.now().plusSeconds(600))))) {
            assertThat(source.check(ALL).problem()).isEqualTo(Diagnosis.ACCESS_DENIED_READ);
        }
    }

    @Test
    void anExpiredSignatureIsReported() {
        try (Source source = open(
                Map.of("sas_token", FakeAuthorization.sas("rl", Instant.now().minusSeconds(60))))) {
            assertThat(source.check(ALL).problem()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
            assertThat(source.check(null).problem()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
            assertThat(refusal(() -> source.list(ALL, null, 1)).diagnosis()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
        }
    }

    @Test
    void aSignatureThatIsNotYetValidIsClockSkew() {
        server.server()
                .first(request -> FakeAzure.error(
                        403,
                        "AuthenticationFailed",
                        "Signature not valid in the specified time frame: Start [Fri, 27 Nov 2099] - Expiry [...]"));
        try (Source source = server.open(Credentials.SAS)) {
            assertThat(source.check(ALL).problem()).isEqualTo(Diagnosis.CLOCK_SKEW);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"APPLICATION", "MACHINE"})
    void aRejectedTokenIsRenewedOnceAndTheCallRetried(Credentials credentials) {
        server.put("a", "hello");
        try (Source source = server.open(credentials)) {
            assertThat(source.list(ALL, null, 10).files()).hasSize(1);
            server.forgetTokens();
            assertThat(source.list(ALL, null, 10).files()).hasSize(1);
            assertThat(server.granted()).isEqualTo(2);
            storage(FakeAzure.error(
                    401, "InvalidAuthenticationInfo", RAW, "WWW-Authenticate", "Bearer authorization_uri=x"));
            assertThat(refusal(() -> source.list(ALL, null, 10)).diagnosis()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
            assertThat(server.granted()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_client, AADSTS7000215: Invalid client secret provided., INVALID_CREDENTIALS, client_secret",
        "401, invalid_client, AADSTS7000222: The provided client secret keys are expired., EXPIRED_CREDENTIALS, another",
        "400, invalid_request, AADSTS90002: Tenant not found., INVALID_CREDENTIALS, tenant_id",
        "400, unauthorized_client, AADSTS700016: Application was not found., INVALID_CREDENTIALS, client_id",
        "429, throttled, slow down, THROTTLED, patience",
        "503, temporarily_unavailable, later, THROTTLED, patience",
        "500, server_error, oops, NETWORK, failed"
    })
    void tokensThatAreRefused(int status, String error, String description, Diagnosis diagnosis, String fix) {
        server.server()
                .first(request ->
                        request.path().endsWith("/token") ? FakeEntra.error(status, error, description) : null);
        try (Source source = server.open(Credentials.APPLICATION)) {
            for (SourcePath path : new SourcePath[] {ALL, null}) {
                SourceProfile profile = source.check(path);
                assertThat(profile.problem()).isEqualTo(diagnosis);
                assertThat(profile.message()).contains(fix).doesNotContain("AADSTS");
            }
        }
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aMachineWithoutThatIdentityIsReported() {
        try (Source source = open(Map.of("type", "managed_identity", "client_id", "another"))) {
            SourceProfile profile = source.check(ALL);
            assertThat(profile.problem()).isEqualTo(Diagnosis.INVALID_CREDENTIALS);
            assertThat(profile.message()).contains("client_id");
        }
    }

    @Test
    void credentialsThatMayNotListContainersAreValid() {
        server.server()
                .first(request ->
                        request.segment(1).isEmpty() && request.segment(0).equals(FakeAzure.ACCOUNT)
                                ? FakeAzure.error(403, "AuthorizationPermissionMismatch", RAW)
                                : null);
        try (Source source = server.open(Credentials.APPLICATION)) {
            assertThat(source.check(null).problem()).isNull();
        }
    }

    // Clocks

    @Test
    void clockSkewIsReportedAndSignaturesUseTheStoresTime() {
        InstantSource behind = () -> Instant.now().minus(Duration.ofMinutes(20));
        try (Source source = server.open(Credentials.KEY.sent(), Pools.with(Pools.LOOPBACK, behind), behind)) {
            SourceProfile profile = source.check(ALL);
            assertThat(profile.problem()).as(profile.message()).isNull();
            assertThat(profile.clockOffset()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(21));
            assertThat(profile.checks()).extracting(SourceProfile.Check::code).contains(Diagnosis.CLOCK_SKEW);
        }
    }

    // Connections

    @Test
    void privateAddressesAreRefusedHoweverTheyAreNamed() {
        GuardedEndpoints guard = OpenEndpoints.leading(Map.of("inside.example.com", "127.0.0.1"));
        for (String endpoint : List.of(server.endpoint(), "https://169.254.169.254", "https://[::1]")) {
            assertThatThrownBy(() -> open(guard, endpoint)).isInstanceOf(InvalidRequest.class);
        }
        int port = server.server().port();
        Source source = open(guard, "https://inside.example.com:" + port);
        SourceException refused = refusal(() -> source.list(ALL, null, 1));
        assertThat(refused.diagnosis()).isEqualTo(Diagnosis.NETWORK);
        assertThat(refused.passes()).isFalse();
        assertThat(refused.getMessage()).contains("may not be dialled");
        assertThat(server.server().seen()).isEmpty();
    }

    @Test
    void anUnknownAccountIsReported() {
        List<String> lookedUp = new ArrayList<>();
        AzureConnector connector = new AzureConnector(
                server.properties(),
                Pools.with(OpenEndpoints.recording(lookedUp), InstantSource.system()),
                Pools.LOOPBACK,
                InstantSource.system());
        Source source = connector.open(connector.read(
                Map.of("account_name", "nosuchaccount", "account_key", FakeAzure.KEY), "body.provider_config"));
        SourceException refused = refusal(() -> source.list(ALL, null, 1));
        assertThat(refused.diagnosis()).isEqualTo(Diagnosis.BUCKET_NOT_FOUND);
        assertThat(refused.getMessage()).contains("nosuchaccount", "account_name");
        assertThat(lookedUp).contains("nosuchaccount.blob.core.windows.net");
    }

    @Test
    void theMachinesOwnAddressIsReachedPastTheGuardAndNoOther() {
        // As in production: the loopback interface is not allowed.
        GuardedEndpoints closed = OpenEndpoints.allowing();
        AzureProperties own = new AzureProperties(
                true,
                URI.create(server.server().endpoint()),
                URI.create(server.server().endpoint()),
                URI.create("https://login.microsoftonline.com"));
        AzureConnector connector =
                new AzureConnector(own, Pools.with(closed, InstantSource.system()), closed, InstantSource.system());
        Source source = connector.open(connector.read(
                Map.of("account_name", FakeAzure.ACCOUNT, "credentials", Map.of("type", "managed_identity")),
                "body.provider_config"));
        SourceException refused = refusal(() -> source.list(ALL, null, 1));
        assertThat(server.granted()).isEqualTo(1);
        assertThat(refused.getMessage()).contains("may not be dialled");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aServerThatHangsUpIsReported() {
        storage(new Answer(0, Map.of(), new byte[0], 0));
        SourceException refused = refusal(() -> source.list(ALL, null, 1));
        assertThat(refused.diagnosis()).isEqualTo(Diagnosis.NETWORK);
        assertThat(refused.passes()).isTrue();
        assertThat(server.seen()).hasSizeGreaterThan(1);
    }

    private Source open(Map<String, Object> credentials) {
        return server.open(credentials, Pools.loopback(), InstantSource.system());
    }

    private Source open(GuardedEndpoints guard, String endpoint) {
        AzureConnector connector = new AzureConnector(
                server.properties(), Pools.with(guard, InstantSource.system()), guard, InstantSource.system());
        return connector.open(connector.read(
                Map.of("account_name", FakeAzure.ACCOUNT, "endpoint_url", endpoint, "account_key", FakeAzure.KEY),
                "body.provider_config"));
    }

    private void storage(Answer answer) {
        server.server().first(request -> request.segment(0).equals(FakeAzure.ACCOUNT) ? answer : null);
    }

    private static SourceException refusal(ThrowingCallable call) {
        List<SourceException> thrown = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(SourceException.class, thrown::add);
        return thrown.getFirst();
    }
}
