package dev.waybill.connectors.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.azure.FakeAzure.Credentials;
import dev.waybill.connectors.rest.FakeServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paged listings, with faulty markers too. */
class AzureListingTests {

    private static final SourcePath ALL = new SourcePath(FakeAzure.CONTAINER, "", true);

    private final FakeAzure server = new FakeAzure();
    private final Source source = server.open(Credentials.KEY);

    @AfterEach
    void close() {
        source.close();
        server.close();
    }

    @Test
    void emptyPagesWithAMarkerAreNotTheEnd() {
        List.of("a", "b", "c", "videos", "videos/a").forEach(key -> server.put(key, key));
        server.returnsEmptyPages();
        assertThat(keys(all(ALL, 2))).containsExactly("a", "b", "c", "videos", "videos/a");
        assertThat(keys(all(new SourcePath(FakeAzure.CONTAINER, "videos", true), 2)))
                .containsExactly("videos", "videos/a");
        assertThat(source.find(ALL, "b")).isPresent();
        assertThat(source.find(ALL, "bb")).isEmpty();
        SourceProfile profile = source.check(ALL);
        assertThat(profile.problem()).isNull();
        assertThat(profile.capabilities().read()).isTrue();
    }

    @Test
    void aRepeatedMarkerIsBroken() {
        List.of("a", "b", "c", "d").forEach(key -> server.put(key, key));
        SourcePage first = source.list(ALL, null, 1);
        server.server().first(request -> {
            Answer page = server.serve(request);
            return Answer.of(
                    200,
                    new String(page.body())
                            .replaceAll(
                                    "<NextMarker>.*</NextMarker>",
                                    "<NextMarker>" + FakeAzure.nextMarker("a") + "</NextMarker>"));
        });
        assertBroken(first.next());
    }

    @Test
    void aMarkerThatRestartsTheListingIsBroken() {
        List.of("a", "b", "c").forEach(key -> server.put(key, key));
        SourcePage first = source.list(ALL, null, 2);
        server.server()
                .first(request ->
                        request.query().containsKey("marker") ? again(FakeAzure.nextMarker("elsewhere")) : null);
        assertBroken(first.next());
    }

    @Test
    void aRejectedMarkerIsBroken() {
        List.of("a", "b", "c").forEach(key -> server.put(key, key));
        SourcePage first = source.list(ALL, null, 1);
        server.server()
                .first(request -> request.query().containsKey("marker")
                        ? FakeAzure.error(400, "InvalidQueryParameterValue", "marker")
                        : null);
        assertBroken(first.next());
    }

    @Test
    void pagesWithoutEndAndWithoutAFileAreBroken() {
        server.server().first(request -> {
            int count = server.server().seen().size();
            return Answer.of(
                    200,
                    "<EnumerationResults><Blobs /><NextMarker>m%d</NextMarker></EnumerationResults>".formatted(count));
        });
        assertThatThrownBy(() -> source.find(ALL, "a"))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.diagnosis()).isEqualTo(Diagnosis.BROKEN_LISTING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Welcome</body></html>",
                "hello",
                "",
                "<EnumerationResults>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><EnumerationResults><NextMarker>&x;</NextMarker>"
                        + "</EnumerationResults>"
            })
    void whatIsNoListingIsBroken(String body) {
        server.server().first(request -> Answer.of(200, body));
        assertBroken(null);
    }

    @Test
    void namesThatXmlCannotCarryAreRead() {
        List<String> odd = List.of("u\u0001v", "a%01b", "100% <&> \"x\"");
        odd.forEach(key -> server.put(key, key));
        assertThat(keys(all(ALL, 10))).containsExactlyInAnyOrderElementsOf(odd);
    }

    @Test
    void foldersOfAHierarchyAreMarked() {
        server.put("folder", new byte[0], Map.of("hdi_isfolder", "true"), Map.of());
        put("directory", new byte[0], "<ResourceType>directory</ResourceType>");
        server.put("file", "bytes".getBytes(), Map.of("hdi_isfolder", "true"), Map.of());
        server.put("named", "bytes".getBytes(), Map.of("Name", "another", "Etag", "0x1"), Map.of());
        assertThat(all(ALL, 10))
                .filteredOn(file -> file.kind() == SourceFile.Kind.FOLDER_MARKER)
                .extracting(SourceFile::key)
                .contains("folder", "directory")
                .doesNotContain("file", "named");
        assertThat(keys(all(ALL, 10))).contains("named");
        assertThat(server.seen())
                .allSatisfy(request -> assertThat(request.query()).containsEntry("include", "metadata"));
    }

    @Test
    void archivedFilesAreListedAsSuch() {
        put("archived", "x".getBytes(), "<AccessTier>Archive</AccessTier>");
        put(
                "rehydrating",
                "x".getBytes(),
                "<AccessTier>Archive</AccessTier><ArchiveStatus>rehydrate-pending-to-hot</ArchiveStatus>");
        put("cold", "x".getBytes(), "<AccessTier>Cold</AccessTier>");
        assertThat(all(ALL, 10))
                .filteredOn(file -> file.kind() == SourceFile.Kind.ARCHIVED)
                .extracting(SourceFile::key)
                .containsExactly("archived", "rehydrating");
    }

    @Test
    void aThousandFilesAreListedOnceEachOverABreak() {
        for (int i = 0; i < 1_000; i++) {
            server.put("k/%04d".formatted(i), "x");
        }
        server.returnsEmptyPages();
        List<SourceFile> listed = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            try (Source another = server.open(Credentials.APPLICATION)) {
                SourcePage page = another.list(ALL, cursor, 250);
                listed.addAll(page.files());
                cursor = page.next();
                server.forgetTokens();
            }
        } while (cursor != null);
        assertThat(listed).hasSize(1_000).extracting(SourceFile::key).doesNotHaveDuplicates();
    }

    private static Answer again(String marker) {
        return Answer.of(
                200,
                "<EnumerationResults><Blobs><Blob><Name>a</Name></Blob><Blob><Name>b</Name></Blob></Blobs><NextMarker>"
                        + marker
                        + "</NextMarker></EnumerationResults>");
    }

    private void put(String key, byte[] bytes, String listed) {
        server.put(key, bytes, Map.of(), Map.of(), Map.of(), listed);
    }

    private List<SourceFile> all(SourcePath path, int max) {
        List<SourceFile> listed = new ArrayList<>();
        @Nullable String cursor = null;
        int pages = 0;
        do {
            SourcePage page = source.list(path, cursor, max);
            listed.addAll(page.files());
            cursor = page.next();
            assertThat(++pages).as("a listing that ends").isLessThan(50);
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
