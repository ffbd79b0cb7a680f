package dev.waybill.connectors.azure;

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
import dev.waybill.connectors.azure.FakeAzure.Credentials;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reads of blobs: checksums, pinning, and rejected responses. */
class AzureReadingTests {

    private static final SourcePath ALL = new SourcePath(FakeAzure.CONTAINER, "", true);

    private final FakeAzure server = new FakeAzure();
    private final Source source = server.open(Credentials.KEY);

    @AfterEach
    void close() {
        source.close();
        server.close();
    }

    @Test
    void whatIsPackedIsReadAsItIsStored() throws IOException {
        put("a", "not even gzip", Map.of("Content-Encoding", "gzip", "Content-Type", "text/csv"));
        for (int from : List.of(0, 7)) {
            try (SourceContent content = source.open(ALL, only(), from)) {
                assertThat(content.contentEncoding()).isEqualTo("gzip");
                assertThat(content.contentType()).isEqualTo("text/csv");
                assertThat(content.bytes().readAllBytes()).asString().isEqualTo("not even gzip".substring(from));
            }
        }
        assertThat(blobs()).allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("Accept-Encoding"));
    }

    @Test
    void anMd5IsReportedWhereThereIsOne() throws IOException {
        server.put("a", "hello");
        Checksum md5 = new Checksum(Algorithm.MD5, "5d41402abc4b2a76b9719d911017c592");
        assertThat(checksums(0)).containsExactly(md5);
        assertThat(checksums(1)).isEmpty();
        put("a", "hello", Map.of());
        assertThat(checksums(0)).as("of one that was put together of blocks").isEmpty();
        put("a", "hello", Map.of("Content-MD5", "?"));
        assertThat(checksums(0)).isEmpty();
        put("a", "hello", Map.of("Content-MD5", "AAAA"));
        assertThat(checksums(0)).isEmpty();
    }

    @Test
    void everyReadIsPinned() throws IOException {
        server.put("a", "0123456789");
        SourceFile file = only();
        source.open(ALL, file, 0).close();
        source.open(ALL, file, 5).close();
        assertThat(blobs())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.headers())
                        .containsEntry("If-Match", "\"" + file.facts().get("etag") + "\""));
        assertThat(blobs().getLast().headers()).containsEntry("Range", "bytes=5-");
    }

    @Test
    void otherBytesThanRequestedAreRejected() {
        server.put("a", "0123456789");
        SourceFile file = only();
        String etag = "\"" + file.facts().get("etag") + "\"";
        blob(Answer.of(206, "3456789", "ETag", etag, "Content-Range", "bytes 3-9/10"));
        assertRefused(Diagnosis.INTEGRITY_MISMATCH, file, 4);
        blob(Answer.of(206, "456789", "ETag", etag, "Content-Range", "bytes 4-9/11"));
        assertRefused(Diagnosis.CHANGED_DURING_READ, file, 4);
        blob(Answer.of(200, "01234567890", "ETag", etag));
        assertRefused(Diagnosis.CHANGED_DURING_READ, file, 0);
        blob(Answer.of(200, "0123456789", "ETag", "\"0x17\""));
        assertRefused(Diagnosis.CHANGED_DURING_READ, file, 0);
    }

    @Test
    void aStreamThatEndsEarlyBreaks() throws IOException {
        server.put("a", "0123456789");
        SourceFile file = only();
        blob(new Answer(200, Map.of(), "01234".getBytes(), 10));
        try (SourceContent content = source.open(ALL, file, 0)) {
            assertThatThrownBy(() -> content.bytes().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void tagsThatMayNotBeReadAreReported() {
        server.put("a", "hello");
        tags(FakeAzure.error(403, "AuthorizationPermissionMismatch", "no"));
        assertThatThrownBy(() -> source.tags(ALL, only())).isInstanceOfSatisfying(SourceException.class, e -> {
            assertThat(e.diagnosis()).isEqualTo(Diagnosis.ACCESS_DENIED_READ);
            assertThat(e.getMessage()).contains("Storage Blob Data Owner");
        });
        SourceProfile profile = source.check(ALL);
        assertThat(profile.problem()).isNull();
        assertThat(profile.capabilities().tags()).isFalse();
    }

    @Test
    void accountsThatKnowNoTagsHaveNone() {
        server.put("a", "hello");
        tags(FakeAzure.error(400, "FeatureNotSupportedForAccount", "Blob tags are not supported"));
        assertThat(source.tags(ALL, only())).isEmpty();
    }

    @Test
    void whatAStoreCanIsFoundOut() {
        put("a", "hello", Map.of("x-ms-version-id", "2026-01-01T00:00:01.0000000Z"));
        SourceProfile profile = source.check(ALL);
        assertThat(profile.problem()).as(profile.message()).isNull();
        assertThat(profile.capabilities().range()).isTrue();
        assertThat(profile.capabilities().conditionalGet()).isTrue();
        assertThat(profile.capabilities().startAfter()).isFalse();
        assertThat(profile.capabilities().tags()).isTrue();
        assertThat(profile.capabilities().versioning()).isTrue();
        assertThat(profile.capabilities().archive()).isTrue();
        assertThat(profile.capabilities().checksums()).containsExactly(Algorithm.MD5);
        assertThat(profile.latency()).isPositive();
        assertThat(profile.account()).isEqualTo(FakeAzure.ACCOUNT);
        assertThat(profile.endpoint()).isEqualTo(server.endpoint());
        assertThat(profile.checks())
                .extracting(SourceProfile.Check::name)
                .containsExactly("list", "read", "range", "conditional_get", "tags");
    }

    private void put(String key, String text, Map<String, String> headers) {
        server.put(key, text.getBytes(), Map.of(), Map.of(), headers, "");
    }

    private List<Checksum> checksums(long from) throws IOException {
        try (SourceContent content = source.open(ALL, only(), from)) {
            return content.checksums();
        }
    }

    private void blob(Answer answer) {
        server.server().first(request -> request.segment(2).isEmpty() ? null : answer);
    }

    private void tags(Answer answer) {
        server.server().first(request -> "tags".equals(request.query().get("comp")) ? answer : null);
    }

    private List<Seen> blobs() {
        return server.seen().stream()
                .filter(request -> !request.segment(2).isEmpty())
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
}
