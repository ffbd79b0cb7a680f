package dev.waybill.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.s3.FakeS3.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listings of stores that deviate from S3. */
class S3ListingTests {

    private static final SourcePath ALL = new SourcePath(FakeS3.BUCKET, "", true);

    private final FakeS3 server = new FakeS3();
    private final Source source = Provider.S3.at(server);

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
        assertThat(server.seen().getLast().query()).containsKey("continuation-token");
        server.first(request -> request.query().containsKey("continuation-token")
                ? Answer.error(400, "InvalidArgument", "The continuation token provided is incorrect")
                : null);
        assertThat(keys(source.list(ALL, first.next(), 1))).containsExactly("b");
        assertThat(server.seen().getLast().query()).containsEntry("start-after", "a");
    }

    @Test
    void aTokenThatRestartsTheListingIsDetected() {
        List.of("a", "b", "c").forEach(key -> server.put(key, key));
        SourcePage first = source.list(ALL, null, 1);
        server.first(request -> {
            String token = request.query().remove("continuation-token");
            return token == null ? null : server.serve(request);
        });
        assertThat(keys(source.list(ALL, first.next(), 1))).containsExactly("b");
    }

    @Test
    void aRepeatedTokenIsNotUsedAgain() {
        List.of("a", "b", "c", "d").forEach(key -> server.put(key, key));
        server.first(request -> {
            request.query().computeIfPresent("continuation-token", (name, token) -> "t-a");
            return withToken(server.serve(request), "the-same");
        });
        List<String> listed = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            SourcePage page = source.list(ALL, cursor, 1);
            listed.addAll(keys(page));
            cursor = page.next();
            assertThat(listed).hasSizeLessThan(10);
        } while (cursor != null);
        assertThat(listed).containsExactly("a", "b", "c", "d");
    }

    @Test
    void moreThatIsPromisedWithoutATokenIsFoundBehindTheLastKey() {
        List.of("a", "b", "c").forEach(key -> server.put(key, key));
        server.first(request -> withToken(server.serve(request), null));
        List<String> listed = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            SourcePage page = source.list(ALL, cursor, 2);
            listed.addAll(keys(page));
            cursor = page.next();
            assertThat(listed).hasSizeLessThan(10);
        } while (cursor != null);
        assertThat(listed).containsExactly("a", "b", "c");
    }

    @Test
    void aCyclicListingIsBroken() {
        List.of("a", "b", "c").forEach(key -> server.put(key, key));
        SourcePage first = source.list(ALL, null, 2);
        server.first(request -> {
            request.query().remove("continuation-token");
            request.query().remove("start-after");
            return server.serve(request);
        });
        assertBroken(first.next());
    }

    @Test
    void moreThatIsPromisedBehindNothingIsBroken() {
        server.first(request ->
                Answer.of(200, "<ListBucketResult><Name>b</Name><IsTruncated>true</IsTruncated></ListBucketResult>"));
        assertBroken(null);
    }

    @Test
    void anEmptyPageWithATokenGoesOn() {
        server.put("a", "a");
        server.first(request -> request.query().containsKey("continuation-token")
                ? null
                : Answer.of(
                        200,
                        "<ListBucketResult><Name>b</Name><IsTruncated>true</IsTruncated>"
                                + "<NextContinuationToken>t-A</NextContinuationToken></ListBucketResult>"));
        SourcePage empty = source.list(ALL, null, 10);
        assertThat(empty.files()).isEmpty();
        assertThat(keys(source.list(ALL, empty.next(), 10))).containsExactly("a");
    }

    @Test
    void moreThanRequestedIsLeftForTheNextPage() {
        List.of("a", "b", "c").forEach(key -> server.put(key, key));
        server.first(request -> {
            request.query().remove("max-keys");
            return server.serve(request);
        });
        SourcePage first = source.list(ALL, null, 2);
        assertThat(keys(first)).containsExactly("a", "b");
        assertThat(keys(source.list(ALL, first.next(), 2))).containsExactly("c");
    }

    @Test
    void aCursorOfSomethingElseIsRefused() {
        assertBroken("%%%");
    }

    @Test
    void siblingsOfAFolderAreNotListed() {
        for (int i = 0; i < 50; i++) {
            server.put("videos-old/%02d".formatted(i), "old");
        }
        server.put("videos", "itself");
        server.put("videos/a", "a");
        assertThat(keys(source.list(new SourcePath(FakeS3.BUCKET, "videos", true), null, 10)))
                .containsExactly("videos", "videos/a");
        assertThat(server.seen()).hasSize(2);
    }

    @Test
    void aFolderIsListedWithPermissionForItsContentOnly() {
        server.put("videos", "itself");
        server.put("videos/a", "a");
        server.first(request -> request.query().getOrDefault("prefix", "").startsWith("videos/")
                ? null
                : Answer.error(403, "AccessDenied", "no"));
        assertThat(keys(source.list(new SourcePath(FakeS3.BUCKET, "videos", true), null, 10)))
                .containsExactly("videos/a");
    }

    @Test
    void archivedFilesAreListedAsSuch() {
        put("glacier", "<StorageClass>GLACIER</StorageClass>");
        put("deep", "<StorageClass>DEEP_ARCHIVE</StorageClass>");
        put("instant", "<StorageClass>GLACIER_IR</StorageClass>");
        put("restoring", """
                <StorageClass>GLACIER</StorageClass>
                <RestoreStatus><IsRestoreInProgress>true</IsRestoreInProgress></RestoreStatus>""");
        put("restored", """
                <StorageClass>GLACIER</StorageClass><RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress>
                <RestoreExpiryDate>2030-01-01T00:00:00Z</RestoreExpiryDate></RestoreStatus>""");
        try (Source amazon = Provider.amazonAt(server, Map.of())) {
            assertThat(amazon.list(ALL, null, 10).files())
                    .filteredOn(file -> file.kind() == SourceFile.Kind.ARCHIVED)
                    .extracting(SourceFile::key)
                    .containsExactly("deep", "glacier", "restoring");
        }
        assertThat(server.seen()).noneMatch(request -> request.key() != null);
        assertThat(server.seen().getFirst().headers())
                .containsEntry("x-amz-optional-object-attributes", "RestoreStatus");
        assertThat(source.list(ALL, null, 10).files())
                .as("of a store that does not say what is restored")
                .extracting(SourceFile::kind)
                .containsOnly(SourceFile.Kind.FILE);
    }

    private void put(String key, String listed) {
        server.put(key, key.getBytes(), "\"" + FakeS3.md5(key.getBytes()) + "\"", Map.of(), Map.of(), listed);
    }

    private void assertBroken(@Nullable String cursor) {
        assertThatThrownBy(() -> source.list(ALL, cursor, 2))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.diagnosis()).isEqualTo(Diagnosis.BROKEN_LISTING));
    }

    private static Answer withToken(Answer page, @Nullable String token) {
        String element = token == null ? "" : "<NextContinuationToken>" + token + "</NextContinuationToken>";
        return Answer.of(
                page.status(),
                new String(page.body()).replaceAll("<NextContinuationToken>.*</NextContinuationToken>", element));
    }

    private static List<String> keys(SourcePage page) {
        return page.files().stream().map(SourceFile::key).toList();
    }
}
