package dev.waybill.platform.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.storage.CopyResult;
import dev.waybill.platform.storage.CopyTerms;
import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StorageException.Kind;
import dev.waybill.platform.storage.s3.StubS3.Answer;
import dev.waybill.platform.storage.s3.StubS3.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How S3's answers to a copy are read: lies, failures that look like success, and lost answers included. */
class S3CopyAnswersTests {

    private static final String HELLO = "5d41402abc4b2a76b9719d911017c592";
    private static final String OTHER = "795f3202b17cb6bc3d4b771d8c6c9eaf";
    private static final ETag PIN = ETag.of(HELLO, true);
    private static final ObjectKey FROM = new ObjectKey("staging/a b/\u00E9+.txt");
    private static final ObjectKey TO = new ObjectKey("final");
    private static final long PART = 5L << 20;

    private final StubS3 s3 = new StubS3();

    @AfterEach
    void stop() {
        s3.close();
    }

    @Test
    void aCopyIsPinnedAndReplacesWhatStandsBesideTheBytes() {
        s3.answers(copied(HELLO));
        assertThat(s3.objects().copy(terms(PIN, 5))).isInstanceOfSatisfying(CopyResult.Copied.class, copied -> {
            assertThat(copied.isProven()).isTrue();
            assertThat(copied.object().versionId()).isEqualTo("v7");
            assertThat(copied.object().lastModified()).isEqualTo("2026-11-27T00:00:00Z");
        });
        Seen seen = s3.seen().getFirst();
        assertThat(seen.method()).isEqualTo("PUT");
        assertThat(seen.target()).isEqualTo("/waybill/final");
        assertThat(seen.headers().getFirst("x-amz-copy-source")).isEqualTo("waybill/staging/a%20b/%C3%A9%2B.txt");
        assertThat(seen.headers().getFirst("x-amz-copy-source-if-match")).isEqualTo('"' + HELLO + '"');
        assertThat(seen.headers().getFirst("x-amz-metadata-directive")).isEqualTo("REPLACE");
        assertThat(seen.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(seen.headers().getFirst("Content-Disposition"))
                .isEqualTo("attachment; filename=\"caf_.json\"; filename*=UTF-8''caf%C3%A9.json");
        assertThat(seen.headers().getFirst("Content-Encoding")).isEqualTo("gzip");
        assertThat(s3.seen()).hasSize(1);
    }

    @Test
    void aServerThatIgnoresThePinIsFoundOutByTheCopysOwnETag() {
        s3.answers(copied(OTHER), new Answer(204, Map.of(), ""));
        assertThat(s3.objects().copy(terms(PIN, 5))).isEqualTo(new CopyResult.Changed());
        assertThat(s3.seen()).extracting(Seen::method).containsExactly("PUT", "DELETE");
        assertThat(s3.seen().getLast().target()).isEqualTo("/waybill/final");
    }

    @Test
    void aWrongCopyThatCannotBeRemovedIsStillReportedAsChanged() {
        s3.answers(copied(OTHER), Answer.error(403, "AccessDenied"));
        assertThat(s3.objects().copy(terms(PIN, 5))).isEqualTo(new CopyResult.Changed());
    }

    @Test
    void whatETagsCannotProveIsNotProven() {
        s3.answers(copied(HELLO));
        assertThat(s3.objects().copy(terms(ETag.of(HELLO + "-2", true), 5))).satisfies(S3CopyAnswersTests::isNotProven);
        assertThat(s3.objects().copy(terms(ETag.of(HELLO, false), 5))).satisfies(S3CopyAnswersTests::isNotProven);
        s3.answers(copied(OTHER, "x-amz-server-side-encryption", "aws:kms"));
        assertThat(s3.objects().copy(terms(PIN, 5))).satisfies(S3CopyAnswersTests::isNotProven);
        assertThat(s3.seen()).hasSize(1);
    }

    @Test
    void refusalsAreResults() {
        s3.answers(Answer.error(412, "PreconditionFailed"), new Answer(204, Map.of(), ""));
        assertThat(s3.objects().copy(terms(PIN, 5))).isEqualTo(new CopyResult.Changed());
        s3.answers(Answer.error(404, "NoSuchKey"));
        assertThat(s3.objects().copy(terms(PIN, 5))).isEqualTo(new CopyResult.Absent());
        s3.answers(Answer.error(404, "NoSuchBucket"));
        assertThatThrownBy(() -> s3.objects().copy(terms(PIN, 5)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BROKEN));
    }

    @ParameterizedTest
    @CsvSource({"InternalError, UNAVAILABLE", "SlowDown, UNAVAILABLE", "AccessDenied, DENIED", "Strange, BROKEN"})
    void aFailureInsideASuccessIsAFailure(String code, Kind kind) {
        s3.answers(Answer.error(200, code));
        assertThatThrownBy(() -> s3.objects().copy(terms(PIN, 5)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void aFailureInsideASuccessIsTriedAgain() {
        s3.answers(Answer.error(200, "InternalError"), copied(HELLO));
        assertThat(s3.objects().copy(terms(PIN, 5))).isInstanceOf(CopyResult.Copied.class);
    }

    @Test
    void aSuccessThatSaysNothingIsBroken() {
        s3.answers(new Answer(200, Map.of("Content-Type", "application/xml"), ""));
        assertThatThrownBy(() -> s3.objects().copy(terms(PIN, 5)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BROKEN));
    }

    @Test
    void aCopyWhoseAnswerWasLostMayHaveBeenMade() {
        s3.answers(Answer.none());
        assertThatThrownBy(() -> s3.objects().copy(terms(PIN, 5)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN));
        try (StubS3 silent = new StubS3(Duration.ofMillis(200))) {
            silent.answers(Answer.silence());
            assertThatThrownBy(() -> silent.objects().copy(terms(PIN, 5)))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN));
            assertThat(silent.seen()).hasSize(1);
        }
    }

    @Test
    void aLargeObjectIsCopiedInPinnedParts() {
        s3.answers(begun(), part(), part(), part(), completed());
        assertThat(s3.objects(PART).copy(terms(PIN, 2 * PART + 3)))
                .satisfies(S3CopyAnswersTests::isNotProven)
                .isInstanceOfSatisfying(
                        CopyResult.Copied.class,
                        copied -> assertThat(copied.object().size()).isEqualTo(2 * PART + 3));

        Seen begun = s3.seen().getFirst();
        assertThat(begun.target()).isEqualTo("/waybill/final?uploads");
        assertThat(begun.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(begun.headers().getFirst("Content-Encoding")).isEqualTo("gzip");
        assertThat(begun.headers().getFirst("Content-Disposition")).startsWith("attachment; ");
        List<Seen> parts = s3.seen().subList(1, 4);
        assertThat(parts)
                .extracting(seen -> seen.headers().getFirst("x-amz-copy-source-range"))
                .containsExactlyInAnyOrder("bytes=0-5242879", "bytes=5242880-10485759", "bytes=10485760-10485762");
        assertThat(parts)
                .allSatisfy(seen -> assertThat(seen.headers().getFirst("x-amz-copy-source-if-match"))
                        .isEqualTo('"' + HELLO + '"'));
        assertThat(s3.seen().getLast().body()).contains("<PartNumber>3</PartNumber>");
    }

    @Test
    void noObjectNeedsMoreThanTenThousandParts() {
        long large = 5L << 40;
        s3.answers(begun(), Answer.error(403, "AccessDenied"));
        assertThatThrownBy(() -> s3.objects().copy(terms(PIN, large))).isInstanceOf(StorageException.class);
        assertThat(s3.seen())
                .extracting(seen -> seen.headers().getFirst("x-amz-copy-source-range"))
                .contains("bytes=0-" + (Math.ceilDiv(large, 10_000) - 1));
        assertThat(s3.seen().getLast().method()).isEqualTo("DELETE");
    }

    @Test
    void whetherAnEndWhoseAnswerWasLostWasMadeIsNotKnown() {
        s3.answers(begun(), part(), part(), Answer.error(404, "NoSuchUpload"));
        assertThatThrownBy(() -> s3.objects(PART).copy(terms(PIN, PART + 1)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN));
    }

    @Test
    void partsThatFailAreAborted() {
        s3.answers(begun(), Answer.error(412, "PreconditionFailed"));
        assertThat(s3.objects(PART).copy(terms(PIN, PART + 1))).isEqualTo(new CopyResult.Changed());
        assertThat(s3.seen().getLast().method()).isEqualTo("DELETE");
        assertThat(s3.seen().getLast().target()).isEqualTo("/waybill/final?uploadId=id");

        s3.answers(begun(), Answer.error(404, "NoSuchKey"));
        assertThat(s3.objects(PART).copy(terms(PIN, PART + 1))).isEqualTo(new CopyResult.Absent());
        assertThat(s3.seen().getLast().method()).isEqualTo("DELETE");

        s3.answers(begun(), Answer.error(200, "AccessDenied"));
        assertThatThrownBy(() -> s3.objects(PART).copy(terms(PIN, PART + 1)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
        assertThat(s3.seen().getLast().method()).isEqualTo("DELETE");

        s3.answers(begun(), part(), part(), Answer.error(200, "InternalError"));
        assertThatThrownBy(() -> s3.objects(PART).copy(terms(PIN, PART + 1)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        assertThat(s3.seen().getLast().method()).isEqualTo("DELETE");
    }

    private static void isNotProven(CopyResult result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        CopyResult.Copied.class,
                        copied -> assertThat(copied.isProven()).isFalse());
    }

    private static CopyTerms terms(ETag pin, long size) {
        return new CopyTerms(FROM, pin, size, TO, "application/json", "caf\u00E9.json", "gzip");
    }

    private static Answer copied(String etag, String... headers) {
        Map<String, String> all = headers.length == 0
                ? Map.of("x-amz-version-id", "v7")
                : Map.of("x-amz-version-id", "v7", headers[0], headers[1]);
        return new Answer(
                200,
                all,
                "<CopyObjectResult><ETag>\"" + etag
                        + "\"</ETag><LastModified>2026-11-27T00:00:00.000Z</LastModified></CopyObjectResult>");
    }

    private static Answer begun() {
        return new Answer(
                200,
                Map.of(),
                "<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>");
    }

    private static Answer part() {
        return new Answer(200, Map.of(), "<CopyPartResult><ETag>\"" + OTHER + "\"</ETag></CopyPartResult>");
    }

    private static Answer completed() {
        return new Answer(
                200,
                Map.of(),
                "<CompleteMultipartUploadResult><ETag>\"" + OTHER + "-3\"</ETag></CompleteMultipartUploadResult>");
    }
}
