package dev.waybill.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceContent.Checksum;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.s3.FakeS3.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reads of files: checksums, pinning, and rejected responses. */
class S3ReadingTests {

    private static final SourcePath ALL = new SourcePath(FakeS3.BUCKET, "", true);
    private static final String MD5_OF_HELLO = "5d41402abc4b2a76b9719d911017c592";

    private final FakeS3 server = new FakeS3();
    private final Source source = Provider.S3.at(server);

    @AfterEach
    void close() {
        source.close();
        server.close();
    }

    @Test
    void anETagIsAnMd5OnlyWhereItCanBe() throws IOException {
        Checksum md5 = new Checksum(Algorithm.MD5, MD5_OF_HELLO);
        assertThat(checksums(source, MD5_OF_HELLO, Map.of())).containsExactly(md5);
        assertThat(checksums(source, MD5_OF_HELLO, Map.of("x-amz-server-side-encryption", "AES256")))
                .containsExactly(md5);
        assertThat(checksums(source, MD5_OF_HELLO + "-2", Map.of())).isEmpty();
        assertThat(checksums(source, "opaque", Map.of())).isEmpty();
        assertThat(checksums(source, MD5_OF_HELLO, Map.of("x-amz-server-side-encryption", "aws:kms")))
                .isEmpty();
        assertThat(checksums(source, MD5_OF_HELLO, Map.of("x-amz-server-side-encryption", "aws:kms:dsse")))
                .isEmpty();
        assertThat(checksums(source, MD5_OF_HELLO, Map.of("x-amz-server-side-encryption-customer-algorithm", "AES256")))
                .isEmpty();
    }

    @Test
    void checksumsOfTheWholeAreReportedAndThoseOfPartsAreNot() throws IOException {
        try (Source amazon = Provider.amazonAt(server, Map.of())) {
            assertThat(checksums(
                            amazon,
                            MD5_OF_HELLO + "-2",
                            Map.of("x-amz-checksum-crc32c", "mnG7TA==", "x-amz-checksum-type", "FULL_OBJECT")))
                    .containsExactly(new Checksum(Algorithm.CRC32C, "9a71bb4c"));
            assertThat(server.seen().getLast().headers()).containsEntry("x-amz-checksum-mode", "ENABLED");
            assertThat(checksums(
                            amazon,
                            MD5_OF_HELLO + "-2",
                            Map.of("x-amz-checksum-crc32c", "mnG7TA==-2", "x-amz-checksum-type", "COMPOSITE")))
                    .isEmpty();
            assertThat(checksums(amazon, MD5_OF_HELLO + "-2", Map.of("x-amz-checksum-sha256", "AAAA")))
                    .isEmpty();
        }
    }

    @Test
    void wrongChecksumsAreTheReadersToFind() throws IOException {
        try (Source amazon = Provider.amazonAt(server, Map.of())) {
            assertThat(checksums(
                            amazon,
                            "opaque",
                            Map.of("x-amz-checksum-crc32", "AAAAAA==", "x-amz-checksum-type", "FULL_OBJECT")))
                    .containsExactly(new Checksum(Algorithm.CRC32, "00000000"));
        }
    }

    @Test
    void bytesStayPackedAsTheyAre() throws IOException {
        server.put(
                "a",
                "not even gzip".getBytes(),
                "\"x\"",
                Map.of("Content-Encoding", "aws-chunked,gzip", "Content-Type", "text/csv"),
                Map.of(),
                "");
        try (SourceContent content = source.open(ALL, only(), 0)) {
            assertThat(content.contentEncoding()).isEqualTo("gzip");
            assertThat(content.contentType()).isEqualTo("text/csv");
            assertThat(content.bytes().readAllBytes()).asString().isEqualTo("not even gzip");
        }
    }

    @Test
    void aStoreWithoutRangesIsReadAllTheSame() throws IOException {
        server.put("a", "0123456789");
        server.ignoresRanges();
        for (int from : List.of(4, 10)) {
            try (SourceContent content = source.open(ALL, only(), from)) {
                assertThat(content.bytes().readAllBytes()).asString().isEqualTo("0123456789".substring(from));
            }
        }
        SourceProfile profile = source.check(ALL);
        assertThat(profile.capabilities().range()).isFalse();
        assertThat(profile.problem()).isNull();
    }

    @Test
    void otherBytesThanRequestedAreRejected() {
        server.put("a", "0123456789");
        SourceFile file = only();
        server.first(request -> request.key() == null
                ? null
                : Answer.of(206, "3456789", "ETag", etag(file), "Content-Range", "bytes 3-9/10"));
        assertRefused(Diagnosis.INTEGRITY_MISMATCH, file, 4);
        server.first(request -> request.key() == null
                ? null
                : Answer.of(206, "456789", "ETag", etag(file), "Content-Range", "bytes 4-9/11"));
        assertRefused(Diagnosis.CHANGED_DURING_READ, file, 4);
        server.first(request -> request.key() == null ? null : Answer.of(200, "01234567890", "ETag", etag(file)));
        assertRefused(Diagnosis.CHANGED_DURING_READ, file, 0);
    }

    @Test
    void aStreamThatEndsEarlyBreaks() throws IOException {
        server.put("a", "0123456789");
        SourceFile file = only();
        server.first(request ->
                request.key() == null ? null : new Answer(200, Map.of("ETag", etag(file)), "01234".getBytes(), 10));
        try (SourceContent content = source.open(ALL, file, 0)) {
            assertThatThrownBy(() -> content.bytes().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void everyReadIsPinned() throws IOException {
        server.put("a", "0123456789");
        SourceFile file = only();
        source.open(ALL, file, 0).close();
        source.open(ALL, file, 5).close();
        assertThat(server.seen().subList(1, 3))
                .allSatisfy(request -> assertThat(request.headers()).containsEntry("if-match", etag(file)));
        assertThat(server.seen().getLast().headers()).containsEntry("range", "bytes=5-");
    }

    @Test
    void tagsThatMayNotBeReadAreReported() {
        server.put("a", "hello");
        server.first(
                request -> request.query().containsKey("tagging") ? Answer.error(403, "AccessDenied", "no") : null);
        assertThatThrownBy(() -> source.tags(ALL, only())).isInstanceOfSatisfying(SourceException.class, e -> {
            assertThat(e.diagnosis()).isEqualTo(Diagnosis.ACCESS_DENIED_READ);
            assertThat(e.getMessage()).contains("s3:GetObjectTagging");
        });
        SourceProfile profile = source.check(ALL);
        assertThat(profile.problem()).isNull();
        assertThat(profile.capabilities().tags()).isFalse();
        assertThat(profile.checks()).anySatisfy(check -> {
            assertThat(check.name()).isEqualTo("tags");
            assertThat(check.code()).isEqualTo(Diagnosis.ACCESS_DENIED_READ);
        });
    }

    @Test
    void aFileWithoutTagsIsNotGone() {
        server.put("a", "hello");
        server.first(request -> request.query().containsKey("tagging")
                ? Answer.error(404, "NoSuchTagSet", "The TagSet does not exist")
                : null);
        assertThat(source.tags(ALL, only())).isEmpty();
    }

    @Test
    void whatAStoreCanIsFoundOut() {
        server.put("a", "hello");
        SourceProfile profile = source.check(ALL);
        assertThat(profile.problem()).isNull();
        assertThat(profile.capabilities().range()).isTrue();
        assertThat(profile.capabilities().conditionalGet()).isTrue();
        assertThat(profile.capabilities().tags()).isTrue();
        assertThat(profile.capabilities().versioning()).isFalse();
        assertThat(profile.latency()).isPositive();
        assertThat(profile.endpoint()).isEqualTo(server.endpoint());
        assertThat(profile.checks())
                .extracting(SourceProfile.Check::name)
                .containsExactly("list", "read", "range", "conditional_get", "tags");
    }

    private List<Checksum> checksums(Source from, String etag, Map<String, String> headers) throws IOException {
        server.put("a", "hello".getBytes(), "\"" + etag + "\"", headers, Map.of(), "");
        try (SourceContent content =
                from.open(ALL, from.list(ALL, null, 1).files().getFirst(), 0)) {
            assertThat(content.bytes().readAllBytes()).asString().isEqualTo("hello");
            return content.checksums();
        }
    }

    private void assertRefused(Diagnosis diagnosis, SourceFile file, long from) {
        assertThatThrownBy(() -> source.open(ALL, file, from))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.diagnosis()).isEqualTo(diagnosis));
    }

    private SourceFile only() {
        return source.list(ALL, null, 10).files().getFirst();
    }

    private static String etag(SourceFile file) {
        return "\"" + file.facts().get("etag") + "\"";
    }
}
