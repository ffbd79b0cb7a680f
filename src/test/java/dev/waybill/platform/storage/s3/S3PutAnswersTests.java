package dev.waybill.platform.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.MultipartStorage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StorageException.Kind;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.platform.storage.s3.StubS3.Answer;
import dev.waybill.platform.storage.s3.StubS3.Seen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How S3's answers are read while an object is written in parts. */
class S3PutAnswersTests {

    private static final ObjectKey KEY = new ObjectKey("a/b");
    private static final String HASH = "5d41402abc4b2a76b9719d911017c592";
    private static final int PART = 5 << 20;

    private final StubS3 s3 = new StubS3();

    @AfterEach
    void stop() {
        s3.close();
    }

    @Test
    void whatIsLargeIsWrittenInPartsOneAfterTheOther() {
        s3.answers(begun(), part(), part(), part(), completed());
        StoredObject put = put(bytes(2 * PART + 3), 2 * PART + 3);

        assertThat(put.size()).isEqualTo(2 * PART + 3);
        assertThat(put.etag()).isEqualTo(new ETag(HASH + "-3", ETag.Kind.MULTIPART));
        assertThat(put.contentType()).isEqualTo("video/mp4");
        assertThat(put.versionId()).isEqualTo("v7");
        assertThat(s3.seen())
                .extracting(Seen::method, Seen::target)
                .containsExactly(
                        tuple("POST", "/waybill/a/b?uploads"),
                        tuple("PUT", "/waybill/a/b?partNumber=1&uploadId=id"),
                        tuple("PUT", "/waybill/a/b?partNumber=2&uploadId=id"),
                        tuple("PUT", "/waybill/a/b?partNumber=3&uploadId=id"),
                        tuple("POST", "/waybill/a/b?uploadId=id"));
        assertThat(s3.seen().getFirst().headers().getFirst("Content-Type")).isEqualTo("video/mp4");
        assertThat(s3.seen().getLast().body())
                .contains("<PartNumber>3</PartNumber>")
                .contains(HASH);
    }

    @Test
    void whatFitsIsWrittenAtOnce() {
        s3.answers(new Answer(200, Map.of("ETag", '"' + HASH + '"'), ""));
        assertThat(put(bytes(PART), PART).etag().kind()).isEqualTo(ETag.Kind.MD5);
        assertThat(s3.seen()).extracting(Seen::method).containsExactly("PUT");
    }

    @Test
    void aPartIsSentAgainAfterAQuickFailure() {
        s3.answers(begun(), part(), new Answer(503, Map.of(), ""), part(), completed());
        put(bytes(PART + 3), PART + 3);
        assertThat(s3.seen())
                .extracting(Seen::target)
                .filteredOn(target -> target.contains("partNumber=2"))
                .hasSize(2);
        assertThat(s3.seen().subList(2, 4))
                .allSatisfy(seen -> assertThat(seen.headers().getFirst("x-amz-decoded-content-length"))
                        .isEqualTo("3"));
    }

    @ParameterizedTest
    @CsvSource({"403, AccessDenied, DENIED", "500, InternalError, UNAVAILABLE", "400, Strange, BROKEN"})
    void aPartThatFailsEndsTheUpload(int status, String code, Kind kind) {
        s3.answers(begun(), part(), Answer.error(status, code));
        assertThatThrownBy(() -> put(bytes(PART + 3), PART + 3))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(kind));
        assertThat(s3.seen().getLast()).satisfies(S3PutAnswersTests::aborts);
    }

    @Test
    void aSourceThatFailsEndsTheUpload() {
        s3.answers(begun(), part(), new Answer(204, Map.of(), ""));
        InputStream breaks = new SequenceInputStream(bytes(PART + 1), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        });
        assertThatThrownBy(() -> put(breaks, PART + 3))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("reset");
        assertThat(s3.seen()).extracting(Seen::method).containsExactly("POST", "PUT", "DELETE");
        assertThat(s3.seen().getLast()).satisfies(S3PutAnswersTests::aborts);
    }

    @Test
    void whetherAnEndWhoseAnswerWasLostWasMadeIsNotKnown() {
        s3.answers(begun(), part(), part(), Answer.none());
        assertThatThrownBy(() -> put(bytes(PART + 3), PART + 3))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN));
        s3.answers(begun(), part(), part(), Answer.error(404, "NoSuchUpload"));
        assertThatThrownBy(() -> put(bytes(PART + 3), PART + 3))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN));
        s3.answers(begun(), part(), part(), Answer.error(200, "InternalError"));
        assertThatThrownBy(() -> put(bytes(PART + 3), PART + 3))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        assertThat(s3.seen().getLast()).satisfies(S3PutAnswersTests::aborts);
    }

    @ParameterizedTest
    @CsvSource({
        "5368709121, 5368709120, 16777216",
        "167772160000, 5368709120, 16777216",
        "167772160001, 5368709120, 16777217",
        "5497558138880, 5368709120, 549755814",
        "10485760, 5242880, 5242880"
    })
    void noObjectNeedsMoreThanTenThousandParts(long length, long maxBytesAtOnce, long size) {
        assertThat(S3Puts.partSize(length, maxBytesAtOnce)).isEqualTo(size);
        assertThat(Math.ceilDiv(length, size)).isLessThanOrEqualTo(MultipartStorage.MAX_PARTS);
    }

    private StoredObject put(InputStream bytes, long length) {
        return s3.objects(PART).put(KEY, bytes, length, "video/mp4");
    }

    private static InputStream bytes(int length) {
        return new ByteArrayInputStream(new byte[length]);
    }

    private static void aborts(Seen seen) {
        assertThat(seen.method()).isEqualTo("DELETE");
        assertThat(seen.target()).isEqualTo("/waybill/a/b?uploadId=id");
    }

    private static Answer begun() {
        return new Answer(
                200,
                Map.of(),
                "<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>");
    }

    private static Answer part() {
        return new Answer(200, Map.of("ETag", '"' + HASH + '"'), "");
    }

    private static Answer completed() {
        return new Answer(
                200,
                Map.of("x-amz-version-id", "v7"),
                "<CompleteMultipartUploadResult><ETag>\"" + HASH + "-3\"</ETag></CompleteMultipartUploadResult>");
    }
}
