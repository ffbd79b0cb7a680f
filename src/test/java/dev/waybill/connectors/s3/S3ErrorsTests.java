package dev.waybill.connectors.s3;

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
import dev.waybill.connectors.SourceProfile.Check;
import dev.waybill.connectors.s3.FakeS3.Answer;
import dev.waybill.platform.fetch.GuardedEndpoints;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors are mapped to a diagnosis and a message that says what to change, and corrected where possible. */
class S3ErrorsTests {

    private static final SourcePath ALL = new SourcePath(FakeS3.BUCKET, "", true);

    /** Provider's text, which must not be passed on. */
    private static final String RAW = "raw text of the provider with AKIASECRETS";

    private final FakeS3 server = new FakeS3();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "403, InvalidAccessKeyId, INVALID_CREDENTIALS, access_key_id",
        "403, SignatureDoesNotMatch, INVALID_CREDENTIALS, secret_access_key",
        "401, Unauthorized, INVALID_CREDENTIALS, access_key_id",
        "400, ExpiredToken, EXPIRED_CREDENTIALS, new ones",
        "403, InvalidToken, EXPIRED_CREDENTIALS, new ones",
        "400, TokenRefreshRequired, EXPIRED_CREDENTIALS, new ones",
        "403, AccessDenied, ACCESS_DENIED, s3:ListBucket",
        "404, NoSuchBucket, BUCKET_NOT_FOUND, elsewhere",
        "301, PermanentRedirect, WRONG_REGION, region",
        "307, TemporaryRedirect, WRONG_REGION, region",
        "400, AuthorizationHeaderMalformed, WRONG_REGION, region",
        "403, RequestTimeTooSkewed, CLOCK_SKEW, clock",
        "503, SlowDown, THROTTLED, patience",
        "503, ServiceUnavailable, THROTTLED, patience",
        "429, TooManyRequests, THROTTLED, patience",
        "500, InternalError, NETWORK, failed",
        "502, BadGateway, NETWORK, failed",
        "403, QuotaExceeded, QUOTA, raise",
        "400, MalformedXML, BROKEN_LISTING, endpoint",
        "501, NotImplemented, BROKEN_LISTING, endpoint"
    })
    void aListingThatIsRefused(int status, String code, Diagnosis diagnosis, String fix) {
        server.first(request -> Answer.error(status, code, RAW));
        Source source = Provider.S3.at(server);
        assertThat(refusal(() -> source.list(ALL, null, 10))).satisfies(refused -> {
            assertThat(refused.diagnosis()).isEqualTo(diagnosis);
            assertThat(refused.getMessage()).contains(fix).doesNotContain("AKIASECRETS", Provider.SECRET);
            assertThat(refused.passes()).isEqualTo(diagnosis == Diagnosis.NETWORK || diagnosis == Diagnosis.THROTTLED);
        });
        SourceProfile profile = source.check(ALL);
        assertThat(profile.problem()).isEqualTo(diagnosis);
        assertThat(profile.message()).contains(fix);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, ACCESS_DENIED_READ, s3:GetObject, raw",
        "403, AccessDenied, KMS_DENIED, kms:Decrypt, not authorized to perform: kms:Decrypt",
        "400, KMS.DisabledException, KMS_DENIED, kms:Decrypt, raw",
        "400, KMS.NotFoundException, KMS_DENIED, kms:Decrypt, raw",
        "403, AccessDenied, QUOTA, cap, 'Cannot download file, download bandwidth cap exceeded.'",
        "404, NoSuchKey, VANISHED, gone, raw",
        "404, NoSuchBucket, BUCKET_NOT_FOUND, elsewhere, raw",
        "403, InvalidObjectState, ARCHIVED, restore, raw",
        "412, PreconditionFailed, CHANGED_DURING_READ, listed, raw",
        "416, InvalidRange, CHANGED_DURING_READ, listed, raw",
        "503, SlowDown, THROTTLED, patience, raw",
        "400, Whatever, UNSUPPORTED, status 400, raw"
    })
    void aFileThatIsRefused(int status, String code, Diagnosis diagnosis, String fix, String text) {
        server.put("a", "hello");
        Source source = Provider.S3.at(server);
        SourceFile file = source.list(ALL, null, 10).files().getFirst();
        server.first(request -> request.key() == null ? null : Answer.error(status, code, text));
        assertThat(refusal(() -> source.open(ALL, file, 0))).satisfies(refused -> {
            assertThat(refused.diagnosis()).isEqualTo(diagnosis);
            assertThat(refused.getMessage()).contains(fix).doesNotContain("raw", "download bandwidth");
        });
    }

    @Test
    void throttlingIsLeftToTheCaller() {
        server.first(request -> Answer.error(503, "SlowDown", RAW, "Retry-After", "7"));
        assertThat(refusal(() -> Provider.S3.at(server).list(ALL, null, 10)).retryAfter())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void quickFailuresAreRetried() {
        server.put("a", "hello");
        server.first(request -> server.seen().size() < 3 ? Answer.error(500, "InternalError", RAW) : null);
        assertThat(Provider.S3.at(server).list(ALL, null, 10).files()).hasSize(1);
        assertThat(server.seen()).hasSize(3);
    }

    @Test
    void anErrorInsideOf200IsNoEmptyListing() {
        server.first(request -> Answer.error(200, "SlowDown", RAW));
        assertThat(refusal(() -> Provider.S3.at(server).list(ALL, null, 10)).diagnosis())
                .isEqualTo(Diagnosis.THROTTLED);
        server.first(request -> Answer.error(200, "InternalError", RAW));
        assertThat(refusal(() -> Provider.S3.at(server).list(ALL, null, 10)).diagnosis())
                .isEqualTo(Diagnosis.NETWORK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><body>Welcome</body></html>", "<a/>", "hello", "{\"a\": 1}"})
    void whatIsNoStoreIsReported(String body) {
        server.first(request -> Answer.of(200, body));
        assertThat(refusal(() -> Provider.S3.at(server).list(ALL, null, 10)).diagnosis())
                .isEqualTo(Diagnosis.BROKEN_LISTING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ListBucketResult>",
                "<ListBucketResult><Name>vid",
                "<ListBucketResult><Contents><Ke",
                "<ListBucketResult xmlns=\"http://s3.ama",
                "<ListBucketResult><Name>b</Name></ListBucketResult",
                "<?xml version=\"1.0\"?>",
                "<?xml version=\"1.0\" enc"
            })
    void anAnswerThatEndsTooSoonMayPass(String body) {
        server.first(request -> Answer.of(200, body));
        SourceException refusal = refusal(() -> Provider.S3.at(server).list(ALL, null, 10));
        assertThat(refusal.diagnosis()).isEqualTo(Diagnosis.NETWORK);
        assertThat(refusal.passes()).isTrue();
        assertThat(server.seen()).as("times that it was asked").hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"</ListBucketResult>", "</ListBucketResult >\n", "</ListBucketResult><!-- by node 7 -->"})
    void anAnswerIsWholeWhereItsFirstElementEnds(String end) {
        server.first(request -> Answer.of(
                200,
                "<?xml version=\"1.0\"?>\n<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                        + "<Name>b</Name><IsTruncated>false</IsTruncated>" + end));
        assertThat(Provider.S3.at(server).list(ALL, null, 10).files()).isEmpty();
    }

    @Test
    void tagsThatEndTooSoonMayPassAndAFileOfXmlIsAsItIs() throws IOException {
        server.put("a.xml", "<Tagging><TagSet>");
        Source source = Provider.S3.at(server);
        SourceFile file = source.list(ALL, null, 10).files().getFirst();
        server.first(request ->
                request.query().containsKey("tagging") ? Answer.of(200, "<Tagging><TagSet><Tag><Key>a") : null);
        SourceException refusal = refusal(() -> source.tags(ALL, file));
        assertThat(refusal.diagnosis()).isEqualTo(Diagnosis.NETWORK);
        assertThat(refusal.passes()).isTrue();
        try (SourceContent content = source.open(ALL, file, 0)) {
            assertThat(content.bytes()).hasContent("<Tagging><TagSet>");
        }
    }

    @Test
    void anAnswerWithoutEndEndsAtSomePoint() {
        byte[] endless = new byte[20 * 1024 * 1024];
        Arrays.fill(endless, (byte) ' ');
        server.first(request -> new Answer(200, Map.of(), endless, -1));
        assertThat(refusal(() -> Provider.S3.at(server).list(ALL, null, 10)).diagnosis())
                .isIn(Diagnosis.NETWORK, Diagnosis.BROKEN_LISTING);
    }

    // The region

    @ParameterizedTest
    @ValueSource(strings = {"header", "region", "endpoint"})
    void aRegionThatIsNamedIsUsedAndReported(String where) {
        server.put("a", "hello");
        server.first(request -> request.region().equals("eu-west-3")
                ? null
                : switch (where) {
                    case "header" -> Answer.error(301, "PermanentRedirect", RAW, "x-amz-bucket-region", "eu-west-3");
                    case "region" ->
                        Answer.of(
                                400,
                                "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-3</Region></Error>");
                    default ->
                        Answer.of(
                                307,
                                "<Error><Code>TemporaryRedirect</Code>"
                                        + "<Endpoint>elsewhere.s3.eu-west-3.example.com</Endpoint></Error>");
                });
        SourceProfile profile = Provider.S3.at(server).check(ALL);
        assertThat(profile.problem()).as(profile.message()).isNull();
        assertThat(profile.region()).isEqualTo("eu-west-3");
        assertThat(profile.checks())
                .filteredOn(check -> check.name().equals("region"))
                .singleElement()
                .satisfies(check -> assertThat(check.code()).isEqualTo(Diagnosis.WRONG_REGION))
                .satisfies(check -> assertThat(check.message()).contains("eu-west-3"));
    }

    @Test
    void aStoreThatSendsFromRegionToRegionIsNotFollowedForEver() {
        server.first(request -> Answer.error(
                301,
                "PermanentRedirect",
                RAW,
                "x-amz-bucket-region",
                request.region().equals("eu-west-3") ? "eu-west-2" : "eu-west-3"));
        assertThat(refusal(() -> Provider.S3.at(server).list(ALL, null, 10)).diagnosis())
                .isEqualTo(Diagnosis.WRONG_REGION);
        assertThat(server.seen()).hasSize(2);
    }

    // Requester pays

    @Test
    void requesterPaysOnlyWhenSet() {
        server.put("a", "hello");
        server.first(request -> "requester".equals(request.headers().get("x-amz-request-payer"))
                ? null
                : Answer.error(403, "AccessDenied", RAW));
        SourceProfile profile = Provider.S3.at(server).check(ALL);
        assertThat(profile.problem()).isEqualTo(Diagnosis.REQUESTER_PAYS);
        assertThat(profile.message()).contains("request_payer");
        assertThat(profile.capabilities().requesterPays()).isTrue();
        Map<String, Object> settings = Provider.S3.settings(server.endpoint(), "key-id", Provider.SECRET);
        settings.put("request_payer", "requester");
        assertThat(Provider.S3.open(settings).check(ALL).problem()).isNull();
    }

    @Test
    void wherePayingMayHelpThatIsSuggestedUntilItWasTried() {
        server.first(request -> Answer.error(403, "AccessDenied", RAW));
        assertThat(refusal(() -> Provider.S3.at(server).list(ALL, null, 10)).getMessage())
                .contains("s3:ListBucket", "request_payer");
        assertThat(Provider.S3.at(server).check(ALL).message())
                .contains("s3:ListBucket")
                .doesNotContain("request_payer");
        assertThat(refusal(() -> Provider.R2.at(server).list(ALL, null, 10)).getMessage())
                .contains("s3:ListBucket")
                .doesNotContain("request_payer");
        Map<String, Object> settings = Provider.S3.settings(server.endpoint(), "key-id", Provider.SECRET);
        settings.put("request_payer", "requester");
        assertThat(refusal(() -> Provider.S3.open(settings).list(ALL, null, 10)).getMessage())
                .doesNotContain("request_payer");
    }

    // Clocks

    @Test
    void clockSkewIsReportedAndSignaturesUseTheStoresTime() {
        Duration ahead = Duration.ofMinutes(20);
        try (WordyServer skewed = WordyServer.start(head -> {
            Instant serverTime = Instant.now().plus(ahead);
            Matcher signed = Pattern.compile("(?i)x-amz-date: ([0-9TZ]+)").matcher(head);
            assertThat(signed.find()).isTrue();
            Instant signedTime = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                    .withZone(ZoneOffset.UTC)
                    .parse(signed.group(1), Instant::from);
            boolean isSkewed = Duration.between(signedTime, serverTime).abs().compareTo(Duration.ofMinutes(15)) > 0;
            String body = isSkewed
                    ? "<Error><Code>RequestTimeTooSkewed</Code></Error>"
                    : "<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated></ListBucketResult>";
            return "HTTP/1.1 %s\r\nDate: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                    .formatted(
                            isSkewed ? "403 Forbidden" : "200 OK",
                            DateTimeFormatter.RFC_1123_DATE_TIME.format(serverTime.atOffset(ZoneOffset.UTC)),
                            body.length(),
                            body);
        })) {
            SourceProfile profile =
                    open(Provider.LOOPBACK, "http://127.0.0.1:" + skewed.port()).check(ALL);
            assertThat(profile.problem()).as(profile.message()).isNull();
            assertThat(profile.clockOffset()).isBetween(ahead.minusSeconds(30), ahead.plusSeconds(30));
            assertThat(profile.checks()).extracting(Check::code).contains(Diagnosis.CLOCK_SKEW);
        }
    }

    static Source open(GuardedEndpoints guard, String endpoint) {
        Connector connector = Provider.S3.connector(
                Provider.PROPERTIES, Provider.clients(Provider.PROPERTIES, guard), guard, InstantSource.system());
        return connector.open(
                connector.read(Provider.S3.settings(endpoint, "key-id", Provider.SECRET), "body.provider_config"));
    }

    static SourceException refusal(ThrowingCallable call) {
        List<SourceException> thrown = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(SourceException.class, thrown::add);
        return thrown.getFirst();
    }
}
