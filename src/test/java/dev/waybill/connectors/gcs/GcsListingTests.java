package dev.waybill.connectors.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.rest.FakeServer.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Paged listings, with faulty tokens too. */
class GcsListingTests {

    private static final SourcePath ALL = new SourcePath(FakeGcs.BUCKET, "", true);

    private final FakeGcs server = new FakeGcs();
    private final Source source = server.open(Map.of());

    @AfterEach
    void close() {
        source.close();
        server.close();
    }

    @Test
    void tokensAreUsedAndWhereTheyAreTooOldKeysAre() {
        List.of("a", "b", "c").forEach(key -> server.put(key, key));
        SourcePage first = source.list(ALL, null, 1);
        source.list(ALL, first.next(), 1);
        assertThat(server.seen().getLast().query()).containsKey("pageToken");
        server.server()
                .first(request -> request.query().containsKey("pageToken")
                        ? FakeGcs.error(400, "invalid", "Invalid page token")
                        : null);
        assertThat(keys(all(first.next(), 1))).containsExactly("b", "c");
        assertThat(server.seen())
                .anySatisfy(request -> assertThat(request.query()).containsEntry("startOffset", "a"));
    }

    @Test
    void theLastKeyMayBeGoneWhereAListingGoesOnBehindIt() {
        List.of("a", "b", "c", "d").forEach(key -> server.put(key, key));
        SourcePage first = source.list(ALL, null, 1);
        server.remove("a");
        server.server()
                .first(request -> request.query().containsKey("pageToken")
                        ? FakeGcs.error(400, "invalid", "Invalid page token")
                        : null);
        assertThat(keys(all(first.next(), 1))).containsExactly("b", "c", "d");
        assertThat(keys(all(first.next(), 2))).containsExactly("b", "c", "d");
    }

    @Test
    void aTokenThatRestartsTheListingIsDetected() {
        List.of("a", "b", "c").forEach(key -> server.put(key, key));
        SourcePage first = source.list(ALL, null, 2);
        server.server().first(request -> request.query().remove("pageToken") == null ? null : server.serve(request));
        assertThat(keys(all(first.next(), 2))).containsExactly("c");
    }

    @Test
    void aRepeatedTokenIsNotUsedAgain() {
        List.of("a", "b", "c", "d").forEach(key -> server.put(key, key));
        server.server().first(request -> {
            if (!request.query().containsKey("maxResults")) {
                return null;
            }
            request.query().computeIfPresent("pageToken", (name, token) -> FakeGcs.pageToken("a"));
            Answer page = server.serve(request);
            return Answer.of(
                    200,
                    new String(page.body())
                            .replaceAll("\"nextPageToken\":\"[^\"]*\"", "\"nextPageToken\":\"the-same\""));
        });
        assertThat(keys(all(null, 2))).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aCyclicListingIsBroken() {
        List.of("a", "b", "c").forEach(key -> server.put(key, key));
        SourcePage first = source.list(ALL, null, 2);
        server.server().first(request -> {
            request.query().remove("pageToken");
            request.query().remove("startOffset");
            return server.serve(request);
        });
        assertBroken(first.next());
    }

    @Test
    void anEmptyPageWithATokenGoesOn() {
        server.put("a", "a");
        server.server()
                .first(request -> request.query().containsKey("maxResults")
                                && !request.query().containsKey("pageToken")
                        ? Answer.of(200, "{\"nextPageToken\": \"%s\"}".formatted(FakeGcs.pageToken("A")))
                        : null);
        SourcePage empty = source.list(ALL, null, 10);
        assertThat(empty.files()).isEmpty();
        assertThat(keys(source.list(ALL, empty.next(), 10).files())).containsExactly("a");
    }

    @Test
    void emptyPagesWithTheSameTokenAreBroken() {
        server.put("a", "a");
        server.server()
                .first(request -> request.query().containsKey("maxResults")
                        ? Answer.of(200, "{\"nextPageToken\": \"the-same\"}")
                        : null);
        assertBroken(source.list(ALL, null, 10).next());
    }

    @Test
    void whatIsNoListingIsBroken() {
        server.server()
                .first(request -> request.path().equals("/token") ? null : Answer.of(200, "<html>Welcome</html>"));
        assertBroken(null);
        assertThatThrownBy(() -> source.list(ALL, "%%%", 2))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.diagnosis()).isEqualTo(Diagnosis.BROKEN_LISTING));
    }

    @Test
    void onlyNeededFieldsAreRequestedAndMetadataChangesNothing() {
        server.put("a", "hello");
        SourceFile file = source.list(ALL, null, 10).files().getFirst();
        assertThat(server.seen().getLast().query().get("fields"))
                .contains("nextPageToken", "generation", "timeCreated");
        assertThat(file.facts()).containsOnlyKeys("generation");
        assertThat(file.version()).isEqualTo(file.facts().get("generation"));
        assertThat(file.modifiedAt())
                .as("not when it was last said something of")
                .isBefore(Instant.parse("2029-01-01T00:00:00Z"));
        assertThat(file.storageClass()).isEqualTo("STANDARD");
        assertThat(file.contentType()).isEqualTo("text/plain");
    }

    @Test
    void siblingsOfAFolderAreNotListed() {
        for (int i = 0; i < 50; i++) {
            server.put("videos-old/%02d".formatted(i), "old");
        }
        server.put("videos", "itself");
        server.put("videos/a", "a");
        assertThat(keys(source.list(new SourcePath(FakeGcs.BUCKET, "videos", true), null, 10)
                        .files()))
                .containsExactly("videos", "videos/a");
        assertThat(server.seen()).hasSize(2);
    }

    @Test
    void aFolderIsListedWithPermissionForItsContentOnly() {
        server.put("videos/a", "a");
        server.server()
                .first(request -> request.path().endsWith("/o/videos")
                        ? FakeGcs.error(403, "forbidden", "no storage.objects.get access")
                        : null);
        assertThat(keys(source.list(new SourcePath(FakeGcs.BUCKET, "videos", true), null, 10)
                        .files()))
                .containsExactly("videos/a");
    }

    @Test
    void aThousandFilesAreListedOnceEachOverABreak() {
        for (int i = 0; i < 1_000; i++) {
            server.put("k/%04d".formatted(i), "x");
        }
        List<SourceFile> listed = new ArrayList<>();
        @Nullable String cursor = null;
        boolean hasBroken = false;
        do {
            SourcePage page = source.list(ALL, cursor, 100);
            listed.addAll(page.files());
            cursor = page.next();
            if (listed.size() == 500 && !hasBroken) {
                hasBroken = true;
                server.forgetTokens();
                try (Source later = server.open(Map.of())) {
                    page = later.list(ALL, cursor, 100);
                    listed.addAll(page.files());
                    cursor = page.next();
                }
            }
        } while (cursor != null);
        assertThat(listed).hasSize(1_000).extracting(SourceFile::key).doesNotHaveDuplicates();
    }

    private List<SourceFile> all(@Nullable String from, int max) {
        List<SourceFile> listed = new ArrayList<>();
        @Nullable String cursor = from;
        int pages = 0;
        do {
            SourcePage page = source.list(ALL, cursor, max);
            listed.addAll(page.files());
            cursor = page.next();
            assertThat(++pages).as("pages of a listing that ends").isLessThan(20);
        } while (cursor != null);
        return listed;
    }

    private void assertBroken(@Nullable String cursor) {
        assertThatThrownBy(() -> source.list(ALL, cursor, 2))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.diagnosis()).isEqualTo(Diagnosis.BROKEN_LISTING));
    }

    private static List<String> keys(List<SourceFile> files) {
        return files.stream().map(SourceFile::key).toList();
    }
}
