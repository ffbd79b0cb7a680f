package dev.waybill.platform.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.storage.CopyTerms;
import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.MultipartStorage;
import dev.waybill.platform.storage.ObjectHead;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StorageException.Kind;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.platform.storage.s3.StubS3.Answer;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How S3's answers are read: those that the embedded server never gives included. */
class S3AnswersTests {

    private static final ObjectKey KEY = new ObjectKey("a/b");
    private static final String MD5 = "\"5d41402abc4b2a76b9719d911017c592\"";
    private static final String SHA256 = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";

    private final StubS3 s3 = new StubS3();

    @AfterEach
    void stop() {
        s3.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, BROKEN, 1", "401, DENIED, 1", "403, DENIED, 1", "405, BROKEN, 1", "408, UNAVAILABLE, 3",
        "429, UNAVAILABLE, 3", "500, UNAVAILABLE, 3", "501, BROKEN, 1", "502, UNAVAILABLE, 3", "503, UNAVAILABLE, 3",
        "504, UNAVAILABLE, 3"
    })
    void failuresAreSortedAndOnlyPassingOnesAreTriedAgain(int status, Kind kind, int tries) {
        s3.answers(new Answer(status, Map.of(), ""));
        assertThatThrownBy(() -> s3.objects().head(KEY)).isInstanceOfSatisfying(StorageException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.getMessage()).doesNotContain("127.0.0.1");
            assertThat(e).hasCauseInstanceOf(Exception.class);
        });
        assertThat(s3.seen()).hasSize(tries);
    }

    @Test
    void aFailureThatPassesIsNotNoticed() {
        s3.answers(new Answer(503, Map.of(), ""), Answer.head(MD5));
        assertThat(s3.objects().head(KEY)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"RequestTimeout, UNAVAILABLE", "SlowDown, UNAVAILABLE", "InvalidRequest, BROKEN"})
    void s3sOwnCodeSaysMoreThanTheStatus(String code, Kind kind) {
        s3.answers(Answer.error(400, code));
        assertThatThrownBy(() -> s3.objects().open(KEY, null))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @CsvSource({
        "0, UNKNOWN",
        "500, UNAVAILABLE",
        "502, UNKNOWN",
        "503, UNAVAILABLE",
        "504, UNKNOWN",
        "403, DENIED",
        "400, BROKEN"
    })
    void aWriteWhoseAnswerWasLostMayHaveBeenMade(int status, Kind kind) {
        s3.answers(status == 0 ? Answer.none() : new Answer(status, Map.of(), ""));
        ObjectStorage objects = s3.objects();
        MultipartStorage multiparts = s3.multiparts();
        List<MultipartStorage.Part> parts = List.of(new MultipartStorage.Part(1, 5, ETag.of(MD5, false)));
        int large = 2 * 1024 * 1024;
        List<ThrowingCallable> writes = List.of(
                () -> objects.put(KEY, new ByteArrayInputStream(new byte[5]), 5, "text/plain"),
                () -> objects.put(KEY, new ByteArrayInputStream(new byte[large]), large, "text/plain"),
                () -> objects.copy(terms(ETag.of(MD5, true), 5)),
                () -> objects.delete(KEY),
                () -> objects.deleteAll(List.of(KEY)),
                () -> multiparts.begin(KEY, "text/plain"),
                () -> multiparts.complete(KEY, "id", parts),
                () -> multiparts.abort(KEY, "id"));
        assertThat(writes)
                .allSatisfy(write -> assertThatThrownBy(write).isInstanceOfSatisfying(StorageException.class, e -> {
                    assertThat(e.kind()).isEqualTo(kind);
                    assertThat(e.passes()).isEqualTo(kind == Kind.UNKNOWN || kind == Kind.UNAVAILABLE);
                    assertThat(e.getMessage()).doesNotContainIgnoringCase("nothing was changed");
                }));
    }

    @Test
    void aReadWhoseAnswerWasLostChangedNothing() {
        s3.answers(Answer.none());
        assertThatThrownBy(() -> s3.objects().head(KEY))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    @Test
    void aWriteThatReachedNobodyWasNotMade() {
        s3.refuse();
        assertThatThrownBy(() -> s3.objects().delete(KEY))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    @Test
    void aMissingBucketIsNotAMissingObject() {
        s3.answers(Answer.error(404, "NoSuchBucket"));
        assertThatThrownBy(() -> s3.objects().readHead(KEY, 1))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BROKEN));
        s3.answers(new Answer(404, Map.of(), ""));
        assertThatThrownBy(s3.objects()::check)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BROKEN));
    }

    @Test
    void nonsenseIsBroken() {
        s3.answers(new Answer(200, Map.of("Content-Type", "text/html"), "<html><body>a proxy's page"));
        assertThatThrownBy(() -> s3.objects().list("", null, 1))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BROKEN));
    }

    @Test
    void anAnswerThatLostItsHeadersIsBroken() {
        s3.answers(new Answer(200, Map.of("Content-Length", "5"), ""));
        assertThatThrownBy(() -> s3.objects().head(KEY))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BROKEN));
    }

    @Test
    void aHeadAsksForTheChecksum() {
        s3.answers(Answer.head(MD5, "x-amz-checksum-sha256", SHA256, "x-amz-checksum-type", "FULL_OBJECT"));
        StoredObject head = s3.objects().head(KEY).orElseThrow();
        assertThat(head.sha256()).isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(head.etag().kind()).isEqualTo(ETag.Kind.MD5);
        assertThat(s3.seen().getFirst().headers().getFirst("x-amz-checksum-mode"))
                .isEqualTo("ENABLED");
    }

    @Test
    void aChecksumOfPartsIsNone() {
        s3.answers(Answer.head(MD5, "x-amz-checksum-sha256", SHA256, "x-amz-checksum-type", "COMPOSITE"));
        assertThat(s3.objects().head(KEY).orElseThrow().sha256()).isNull();
        s3.answers(Answer.head("\"5d41402abc4b2a76b9719d911017c592-2\"", "x-amz-checksum-sha256", SHA256 + "-2"));
        StoredObject head = s3.objects().head(KEY).orElseThrow();
        assertThat(head.sha256()).isNull();
        assertThat(head.etag().kind()).isEqualTo(ETag.Kind.MULTIPART);
        s3.answers(Answer.head(MD5, "x-amz-checksum-sha256", "nonsense"));
        assertThat(s3.objects().head(KEY).orElseThrow().sha256()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-server-side-encryption, AES256, MD5",
        "x-amz-server-side-encryption, aws:kms, OPAQUE",
        "x-amz-server-side-encryption, aws:kms:dsse, OPAQUE",
        "x-amz-server-side-encryption, something-new, OPAQUE",
        "x-amz-server-side-encryption-customer-algorithm, AES256, OPAQUE"
    })
    void encryptionDecidesWhetherAnETagIsAHash(String header, String value, ETag.Kind kind) {
        s3.answers(Answer.head(MD5, header, value));
        assertThat(s3.objects().head(KEY).orElseThrow().etag().kind()).isEqualTo(kind);
        s3.answers(new Answer(206, Map.of("ETag", MD5, header, value, "Content-Range", "bytes 0-0/9"), "h"));
        StoredObject headRead = s3.objects().readHead(KEY, 1).orElseThrow().object();
        assertThat(headRead.etag().kind()).isEqualTo(kind);
        assertThat(headRead.size()).isEqualTo(9);
    }

    @Test
    void aHeadIsARangedGet() {
        s3.answers(new Answer(206, Map.of("ETag", MD5, "Content-Range", "bytes 0-3/5"), "hell"));
        assertThat(s3.objects().readHead(KEY, 4).orElseThrow().head())
                .asString()
                .isEqualTo("hell");
        assertThat(s3.seen()).hasSize(1);
        assertThat(s3.seen().getFirst().headers().getFirst("Range")).isEqualTo("bytes=0-3");
    }

    @Test
    void aHeadOfNothingAsksForTheFacts() {
        s3.answers(Answer.error(416, "InvalidRange"), Answer.head("\"d41d8cd98f00b204e9800998ecf8427e\""));
        assertThat(s3.objects().readHead(KEY, 4).orElseThrow().head()).isEmpty();
    }

    @Test
    void aServerWithoutRangesIsReadNoFurther() {
        s3.answers(new Answer(200, Map.of("ETag", MD5), "hello world"));
        ObjectHead objectHead = s3.objects().readHead(KEY, 5).orElseThrow();
        assertThat(objectHead.head()).asString().isEqualTo("hello");
        assertThat(objectHead.object().size()).isEqualTo(11);
    }

    @Test
    void noChecksumsAreSentThatWereNotRequested() {
        s3.answers(new Answer(200, Map.of("ETag", MD5), ""));
        s3.objects().put(KEY, new ByteArrayInputStream(new byte[5]), 5, "text/plain");
        assertThat(s3.seen().getFirst().headers().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-amz-checksum"))
                .noneMatch(name -> name.equalsIgnoreCase("x-amz-trailer"));
    }

    @Test
    void aSmallBodyIsSentAgainAndALargeOneIsNot() {
        s3.answers(new Answer(500, Map.of(), ""), new Answer(200, Map.of("ETag", MD5), ""));
        s3.objects().put(KEY, new ByteArrayInputStream(new byte[5]), 5, "text/plain");
        assertThat(s3.seen()).hasSize(2);

        int length = 2 * 1024 * 1024;
        s3.answers(new Answer(500, Map.of(), ""));
        assertThatThrownBy(() -> s3.objects().put(KEY, new ByteArrayInputStream(new byte[length]), length, "a/b"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        assertThat(s3.seen()).hasSize(1);
    }

    @Test
    void deletingManyGathersWhatFailed() {
        s3.answers(new Answer(200, Map.of(), """
                        <DeleteResult>
                          <Error><Key>a/1</Key><Code>AccessDenied</Code><Message>no</Message></Error>
                          <Error><Key>a/2</Key><Code>InternalError</Code><Message>no</Message></Error>
                          <Error><Key>a/3</Key><Code>NoSuchKey</Code><Message>no</Message></Error>
                        </DeleteResult>"""), new Answer(200, Map.of(), "<DeleteResult/>"));
        List<ObjectKey> keys =
                IntStream.range(0, 1001).mapToObj(i -> new ObjectKey("a/" + i)).toList();
        assertThatThrownBy(() -> s3.objects().deleteAll(keys)).isInstanceOfSatisfying(StorageException.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.DENIED);
            assertThat(e.getSuppressed()).hasSize(1);
        });
        assertThat(s3.seen()).hasSize(2);
        assertThat(s3.seen()).allSatisfy(seen -> assertThat(seen.headers()).containsKey("Content-md5"));
        assertThat(s3.seen().getLast().body()).contains("<Key>a/1000</Key>").doesNotContain("<Key>a/999</Key>");
    }

    @Test
    void strangersKeysAreLeftOutOfListings() {
        s3.answers(
                new Answer(200, Map.of(), listing(true, "a/", "a//b")),
                new Answer(200, Map.of(), listing(false, "a/c")));
        assertThat(s3.objects().list("a", null, 2))
                .extracting(o -> o.key().value())
                .containsExactly("a/c");
        assertThat(s3.seen().getLast().target())
                .contains("start-after=a%2F%2Fb")
                .contains("max-keys=2");
    }

    @Test
    void completingReturnsWhyPartsDoNotFit() {
        MultipartStorage multiparts = s3.multiparts();
        List<MultipartStorage.Part> parts = List.of(new MultipartStorage.Part(1, 5, ETag.of(MD5, false)));
        s3.answers(Answer.error(400, "EntityTooSmall"));
        assertThat(multiparts.complete(KEY, "id", parts))
                .isEqualTo(new MultipartStorage.Completion.Refused(MultipartStorage.Completion.Reason.PART_TOO_SMALL));
        s3.answers(Answer.error(404, "NoSuchUpload"));
        assertThat(multiparts.complete(KEY, "id", parts)).isEqualTo(new MultipartStorage.Completion.Gone());
        assertThat(multiparts.listParts(KEY, "id")).isEmpty();
        multiparts.abort(KEY, "id");
        s3.answers(Answer.error(200, "InternalError"));
        assertThatThrownBy(() -> multiparts.complete(KEY, "id", parts))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    private static CopyTerms terms(ETag pin, long size) {
        return new CopyTerms(KEY, pin, size, new ObjectKey("c"), "text/plain", "caf\u00E9.txt", null);
    }

    private static String listing(boolean truncated, String... keys) {
        StringBuilder out = new StringBuilder("<ListBucketResult><IsTruncated>" + truncated + "</IsTruncated>");
        for (String key : keys) {
            out.append("<Contents><Key>" + key + "</Key><ETag>\"x\"</ETag><Size>1</Size>"
                    + "<LastModified>2026-11-21T00:00:00.000Z</LastModified></Contents>");
        }
        return out.append("</ListBucketResult>").toString();
    }
}
