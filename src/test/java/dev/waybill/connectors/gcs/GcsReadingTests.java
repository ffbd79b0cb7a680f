package dev.waybill.connectors.gcs;

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
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reads of files: checksums, pinning, and rejected responses. */
class GcsReadingTests {

    private static final SourcePath ALL = new SourcePath(FakeGcs.BUCKET, "", true);

    private final FakeGcs server = new FakeGcs();
    private final Source source = server.open(Map.of());

    @AfterEach
    void close() {
        source.close();
        server.close();
    }

    @Test
    void whatIsPackedIsReadAsItIsStored() throws IOException {
        byte[] packed = packed("hello ".repeat(1_000));
        server.put("a", packed, Map.of("contentEncoding", "gzip", "contentType", "text/csv"));
        for (int from : List.of(0, 7)) {
            try (SourceContent content = source.open(ALL, only(), from)) {
                assertThat(content.contentEncoding()).isEqualTo("gzip");
                assertThat(content.contentType()).isEqualTo("text/csv");
                assertThat(content.length()).isEqualTo(packed.length - from);
                assertThat(content.bytes().readAllBytes()).hasSize(packed.length - from);
            }
        }
        assertThat(media())
                .allSatisfy(request -> assertThat(request.headers()).containsEntry("Accept-Encoding", "gzip"));
    }

    @Test
    void whatIsUnpackedOnTheWayAllTheSameDoesNotFit() throws IOException {
        byte[] packed = packed("hello ".repeat(1_000));
        server.put("a", packed, Map.of("contentEncoding", "gzip"));
        SourceFile file = only();
        server.server().first(request -> {
            if (!"media".equals(request.query().get("alt"))) {
                return null;
            }
            request.headers().remove("Accept-Encoding");
            return server.serve(request);
        });
        assertThatThrownBy(() -> source.open(ALL, file, 0))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.diagnosis()).isEqualTo(Diagnosis.INTEGRITY_MISMATCH));
    }

    @Test
    void checksumsAreThoseOfTheStoredBytes() throws IOException {
        server.put("a", "hello");
        assertThat(checksums(0))
                .containsExactly(
                        new Checksum(Algorithm.CRC32C, "9a71bb4c"),
                        new Checksum(Algorithm.MD5, "5d41402abc4b2a76b9719d911017c592"));
        assertThat(checksums(1)).isEmpty();
        server.put("a", "hello".getBytes(), Map.of("md5Hash", "", "componentCount", 2));
        assertThat(checksums(0)).containsExactly(new Checksum(Algorithm.CRC32C, "9a71bb4c"));
        server.put("a", "hello".getBytes(), Map.of("crc32c", "AAAAAA==", "md5Hash", "?"));
        assertThat(checksums(0)).containsExactly(new Checksum(Algorithm.CRC32C, "00000000"));
    }

    @Test
    void everyReadIsOfOneGeneration() throws IOException {
        server.put("a", "0123456789");
        SourceFile file = only();
        source.open(ALL, file, 0).close();
        source.open(ALL, file, 5).close();
        assertThat(media())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.query()).containsEntry("generation", file.version()));
        assertThat(media().getLast().headers()).containsEntry("Range", "bytes=5-");
    }

    @Test
    void aGenerationThatIsDeletedBeforeTheReadIsDetected() {
        server.put("a", "0123456789");
        SourceFile file = only();
        server.server().first(request -> {
            if ("media".equals(request.query().get("alt"))) {
                server.put("a", "another");
            }
            return null;
        });
        assertRefused(Diagnosis.CHANGED_DURING_READ, file, 0);
    }

    @Test
    void otherBytesThanRequestedAreRejected() {
        server.put("a", "0123456789");
        SourceFile file = only();
        media(Answer.of(206, "3456789", "Content-Range", "bytes 3-9/10"));
        assertRefused(Diagnosis.INTEGRITY_MISMATCH, file, 4);
        media(Answer.of(206, "456789", "Content-Range", "bytes 4-9/11"));
        assertRefused(Diagnosis.CHANGED_DURING_READ, file, 4);
        media(Answer.of(200, "01234567890"));
        assertRefused(Diagnosis.CHANGED_DURING_READ, file, 0);
        media(Answer.of(200, "0123456789", "x-goog-generation", "17"));
        assertRefused(Diagnosis.CHANGED_DURING_READ, file, 0);
    }

    @Test
    void aServerWithoutRangesIsReadAllTheSame() throws IOException {
        server.put("a", "0123456789");
        SourceFile file = only();
        media(Answer.of(200, "0123456789"));
        for (int from : List.of(4, 10)) {
            try (SourceContent content = source.open(ALL, file, from)) {
                assertThat(content.bytes().readAllBytes()).asString().isEqualTo("0123456789".substring(from));
            }
        }
    }

    @Test
    void aStreamThatEndsEarlyBreaks() throws IOException {
        server.put("a", "0123456789");
        SourceFile file = only();
        media(new Answer(200, Map.of(), "01234".getBytes(), 10));
        try (SourceContent content = source.open(ALL, file, 0)) {
            assertThatThrownBy(() -> content.bytes().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void requesterPaysOnlyWhenSet() throws IOException {
        server.put("a", "hello");
        server.readersPay();
        SourceProfile profile = source.check(ALL);
        assertThat(profile.problem()).isEqualTo(Diagnosis.REQUESTER_PAYS);
        assertThat(profile.message()).contains("user_project");
        assertThat(profile.capabilities().requesterPays()).isTrue();
        try (Source paying = server.open(Map.of("user_project", "my-project"))) {
            assertThat(paying.check(ALL).problem()).isNull();
            try (SourceContent content =
                    paying.open(ALL, paying.list(ALL, null, 1).files().getFirst(), 0)) {
                assertThat(content.bytes().readAllBytes()).asString().isEqualTo("hello");
            }
        }
        assertThat(server.seen().getLast().query()).containsEntry("userProject", "my-project");
    }

    @Test
    void whatAStoreCanIsFoundOut() {
        server.put("a", "hello");
        SourceProfile profile = source.check(ALL);
        assertThat(profile.problem()).as(profile.message()).isNull();
        assertThat(profile.capabilities().range()).isTrue();
        assertThat(profile.capabilities().conditionalGet()).isTrue();
        assertThat(profile.capabilities().startAfter()).isTrue();
        assertThat(profile.capabilities().tags()).isFalse();
        assertThat(profile.capabilities().checksums()).containsExactly(Algorithm.CRC32C, Algorithm.MD5);
        assertThat(profile.latency()).isPositive();
        assertThat(profile.region()).isEqualTo("EUROPE-WEST3");
        assertThat(profile.account()).isEqualTo(FakeGcs.EMAIL);
        assertThat(profile.checks())
                .extracting(SourceProfile.Check::name)
                .containsExactly("list", "read", "range", "conditional_get");
        assertThat(media()).allSatisfy(request -> assertThat(request.headers()).containsEntry("Range", "bytes=0-0"));
    }

    @Test
    void filesAreReadWithoutPermissionForTheBucketItself() {
        server.put("a", "hello");
        server.server()
                .first(request -> request.path().endsWith("/b/" + FakeGcs.BUCKET)
                        ? FakeGcs.error(403, "forbidden", "no storage.buckets.get access")
                        : null);
        SourceProfile profile = source.check(ALL);
        assertThat(profile.problem()).isNull();
        assertThat(profile.region()).isNull();
    }

    private List<Checksum> checksums(long from) throws IOException {
        try (SourceContent content = source.open(ALL, only(), from)) {
            return content.checksums();
        }
    }

    private void media(Answer answer) {
        server.server().first(request -> "media".equals(request.query().get("alt")) ? answer : null);
    }

    private List<Seen> media() {
        return server.seen().stream()
                .filter(request -> "media".equals(request.query().get("alt")))
                .toList();
    }

    private void assertRefused(Diagnosis diagnosis, SourceFile file, long from) {
        assertThatThrownBy(() -> source.open(ALL, file, from))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.diagnosis()).isEqualTo(diagnosis));
    }

    private SourceFile only() {
        return source.list(ALL, null, 10).files().getFirst();
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes());
        }
        return bytes.toByteArray();
    }
}
