package dev.waybill.connectors.box;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceContent.Checksum;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.testing.Confidential;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Listing and reading folders, markers and files that are specific to Box, and its error responses. */
@ExtendWith(Confidential.class)
class BoxListingTests extends BoxTraps {

    private final Source source = open();

    @Override
    Connector connector() {
        return box.connector();
    }

    @AfterEach
    void closeSource() {
        source.close();
    }

    @Test
    void foldersOfAnyDepthAreWalkedPageByPageWithoutOffsets() {
        List<String> keys = new ArrayList<>();
        IntStream.range(0, 40).forEach(i -> keys.add("a%d/b%d/f%02d".formatted(i % 3, i % 7, i)));
        IntStream.range(0, 25).forEach(i -> keys.add("f%02d".formatted(i)));
        keys.forEach(key -> box.put(key, key));

        assertThat(keys(ALL, 10)).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(keys(ALL, 1)).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(box.seen())
                .filteredOn(request -> request.path().endsWith("/items"))
                .allSatisfy(request -> assertThat(request.query()).doesNotContainKey("offset"));
    }

    @Test
    void manyFoldersWithFewFilesMakeFewPages() {
        IntStream.range(0, 60).forEach(i -> box.put("d%02d/f".formatted(i), "x"));
        int pages = 0;
        @Nullable String cursor = null;
        do {
            cursor = source.list(ALL, cursor, 100).next();
            pages++;
        } while (cursor != null);
        assertThat(pages).isLessThan(8);
    }

    @Test
    void aFolderMayBeNamedByItsId() {
        box.put("Videos/2026/a", "a");
        box.put("Videos/b", "b");
        String folder = box.id("Videos");
        SourcePath path = new SourcePath(folder, "", true);
        assertThat(keys(path, 10)).containsExactlyInAnyOrder("2026/a", "b");
        assertThat(keys(new SourcePath(folder, "2026", true), 10)).containsExactly("2026/a");
        assertThat(source.find(path, "2026/a")).isPresent();
    }

    @Test
    void onlyFoldersThatMayContainFilesAreRequested() {
        IntStream.range(0, 10).forEach(i -> box.put("other%d/x".formatted(i), "x"));
        box.put("cuts-1/a", "a");
        box.put("cuts-2/b", "b");
        assertThat(keys(new SourcePath("0", "cuts-", false), 100)).containsExactlyInAnyOrder("cuts-1/a", "cuts-2/b");
        assertThat(box.seen())
                .filteredOn(request -> request.path().endsWith("/items"))
                .hasSize(3);
    }

    @Test
    void aPathMayNameOneFile() {
        box.put("Videos/a", "a");
        box.put("Videos/b", "b");
        assertThat(keys(new SourcePath("0", "Videos/a", true), 10)).containsExactly("Videos/a");
        SourceException missing = refusal(() -> source.list(new SourcePath("0", "Videos/c", true), null, 10));
        assertThat(missing.diagnosis()).isEqualTo(Diagnosis.PATH_NOT_FOUND);
        assertThat(missing.getMessage()).contains("'Videos/c'");
    }

    @Test
    void bookmarksAreListedAndHaveNoBytes() {
        String link = box.putLink("the web");
        SourceFile file = only();
        assertThat(file.id()).isEqualTo("web_link/" + link);
        assertThat(file.kind()).isEqualTo(SourceFile.Kind.UNAVAILABLE);
        assertThat(file.note()).contains("bookmark");
        assertThat(refusal(() -> source.open(ALL, file, 0)).diagnosis()).isEqualTo(Diagnosis.NOT_DOWNLOADABLE);
    }

    @Test
    void anExpiredMarkerRestartsTheFolder() {
        List<String> keys = IntStream.range(0, 30).mapToObj("f%02d"::formatted).toList();
        keys.forEach(key -> box.put(key, key));
        SourcePage first = source.list(ALL, null, 10);
        AtomicInteger refused = new AtomicInteger();
        box.first(request -> request.query().containsKey("marker") && refused.getAndIncrement() == 0
                ? FakeBox.error(400, "bad_request", "Invalid marker")
                : null);
        List<String> rest = new ArrayList<>(keysBehind(source, ALL, first.next(), 10));
        assertThat(new TreeSet<>(rest)).containsExactlyElementsOf(keys);

        box.first(request ->
                request.query().containsKey("marker") ? FakeBox.error(400, "bad_request", "Invalid marker") : null);
        assertThat(refusal(() -> keys(ALL, 10)).diagnosis()).isEqualTo(Diagnosis.BROKEN_LISTING);
    }

    @Test
    void aFolderThatIsDeletedMeanwhileIsSkipped() {
        box.put("a/x", "x");
        box.put("b/y", "y");
        String gone = box.id("a");
        box.first(request -> request.path().equals("/2.0/folders/%s/items".formatted(gone))
                ? FakeBox.error(404, "not_found", "Not Found")
                : null);
        assertThat(keys(ALL, 10)).containsExactly("b/y");
    }

    @Test
    void aForeignCursorIsRefused() {
        for (String cursor : List.of("x", "!!", "e30.", "bm90IGpzb24")) {
            assertThat(refusal(() -> source.list(ALL, cursor, 10)).diagnosis()).isEqualTo(Diagnosis.BROKEN_LISTING);
        }
    }

    @Test
    void errorResponsesAreMapped() {
        box.put("a", "a");
        SourceFile file = only();
        box.first(request -> request.path().endsWith("/items")
                ? FakeBox.error(
                        403, "access_denied_insufficient_permissions", "Access denied - insufficient permission")
                : null);
        assertThat(refusal(() -> source.list(ALL, null, 10)).diagnosis()).isEqualTo(Diagnosis.ACCESS_DENIED);
        assertThat(source.check(ALL).problem()).isEqualTo(Diagnosis.ACCESS_DENIED);

        box.first(request -> request.path().endsWith("/content")
                ? FakeBox.error(
                        403, "access_denied_insufficient_permissions", "Access denied - insufficient permission")
                : null);
        assertThat(refusal(() -> source.open(ALL, file, 0)).diagnosis()).isEqualTo(Diagnosis.ACCESS_DENIED_READ);

        box.first(request -> request.path().endsWith("/content")
                ? FakeBox.error(403, "forbidden_by_policy", "Forbidden by policy")
                : null);
        SourceException forbidden = refusal(() -> source.open(ALL, file, 0));
        assertThat(forbidden.diagnosis()).isEqualTo(Diagnosis.ACCESS_DENIED_READ);
        assertThat(forbidden.getMessage()).contains("have a Box admin allow it");

        box.first(request -> request.path().endsWith("/content") ? Answer.of(202, "", "Retry-After", "3") : null);
        SourceException early = refusal(() -> source.open(ALL, file, 0));
        assertThat(early.diagnosis()).isEqualTo(Diagnosis.NOT_READY);
        assertThat(early.retryAfter()).hasSeconds(3);

        box.first(
                request -> request.path().endsWith("/items") ? FakeBox.error(503, "unavailable", "Unavailable") : null);
        assertThat(refusal(() -> source.list(ALL, null, 10)).diagnosis()).isEqualTo(Diagnosis.THROTTLED);

        box.first(request -> request.path().endsWith("/items")
                ? FakeBox.error(405, "method_not_allowed", "Method Not Allowed")
                : null);
        SourceException malformed = refusal(() -> source.list(ALL, null, 10));
        assertThat(malformed.diagnosis()).isEqualTo(Diagnosis.BUCKET_NOT_FOUND);
        assertThat(malformed.getMessage()).contains("invite the account to the folder");

        box.first(request -> Answer.of(502, "<html>"));
        SourceException failed = refusal(() -> source.list(ALL, null, 10));
        assertThat(failed.diagnosis()).isEqualTo(Diagnosis.NETWORK);
        assertThat(failed.passes()).isTrue();

        box.first(request -> request.path().endsWith("/items") ? Answer.of(200, "<html>") : null);
        assertThat(refusal(() -> source.list(ALL, null, 10)).diagnosis()).isEqualTo(Diagnosis.BROKEN_LISTING);
    }

    @Test
    void transientFailuresAreRetried() {
        box.put("a", "bytes");
        AtomicInteger requests = new AtomicInteger();
        box.first(
                each -> each.path().endsWith("/items") && requests.getAndIncrement() == 0 ? Answer.of(500, "") : null);
        assertThat(keys(ALL, 10)).containsExactly("a");
        AtomicInteger read = new AtomicInteger();
        box.firstOfBytes(each -> read.getAndIncrement() == 0 ? Answer.of(502, "") : null);
        assertThat(read(only())).isEqualTo("bytes");
    }

    @Test
    void withoutFormerVersionsAChangedFileIsReported() {
        box.keepsNoVersions();
        box.put("a", "first");
        SourceFile listed = only();
        box.put("a", "other");
        assertThat(refusal(() -> source.open(ALL, listed, 0)).diagnosis()).isEqualTo(Diagnosis.CHANGED_DURING_READ);
        box.trash("a");
        assertThat(refusal(() -> source.open(ALL, listed, 0)).diagnosis()).isEqualTo(Diagnosis.VANISHED);
    }

    @Test
    void bytesAreNotFetchedFromForbiddenAddresses() {
        box.put("a", "bytes");
        SourceFile file = only();
        for (String location : List.of("http://169.254.169.254/latest", "http://10.0.0.1/")) {
            box.first(request -> request.path().endsWith("/content") ? Answer.of(302, "", "Location", location) : null);
            SourceException forbidden = refusal(() -> source.open(ALL, file, 0));
            assertThat(forbidden.diagnosis()).isEqualTo(Diagnosis.NETWORK);
            assertThat(forbidden.getMessage()).contains("may not be dialled");
        }
        box.first(request -> request.path().endsWith("/content")
                ? Answer.of(302, "", "Location", box.endpoint() + request.path())
                : null);
        assertThat(refusal(() -> source.open(ALL, file, 0)).getMessage()).contains("more than 5 redirects");
    }

    @Test
    void aRejectedDownloadSaysNothingAboutTheAccount() {
        box.put("a", "bytes");
        SourceFile file = only();
        for (int status : List.of(401, 403)) {
            box.firstOfBytes(request -> Answer.of(status, ""));
            SourceException refused = refusal(() -> source.open(ALL, file, 0));
            assertThat(refused.diagnosis()).isEqualTo(Diagnosis.NOT_DOWNLOADABLE);
            assertThat(refused.passes()).as("the next one gets another URL").isTrue();
        }
        assertThat(box.tokens().grants()).as("no token was given up").hasSize(1);
    }

    @Test
    void bytesComeAsTheyAreStoredAndWithTheirSha1() throws IOException {
        byte[] packed = {31, -117, 8, 0, 0, 1, 2, 3};
        box.put("a.gz", packed, "");
        box.firstOfBytes(request -> new Answer(200, Map.of("Content-Encoding", "gzip"), packed, -1));
        try (SourceContent content = source.open(ALL, only(), 0)) {
            assertThat(content.bytes().readAllBytes()).isEqualTo(packed);
            assertThat(content.contentEncoding()).isEqualTo("gzip");
            assertThat(content.checksums()).containsExactly(new Checksum(Algorithm.SHA1, FakeBox.sha1(packed)));
        }
        assertThat(box.downloads())
                .extracting(request -> request.headers().get("Accept-Encoding"))
                .containsOnly("identity");
    }

    @Test
    void otherBytesThanRequestedAreDetected() {
        box.put("a", "0123456789");
        SourceFile file = only();
        box.firstOfBytes(request -> new Answer(206, Map.of("Content-Range", "bytes 0-9/10"), new byte[10], -1));
        assertThat(refusal(() -> source.open(ALL, file, 5)).diagnosis()).isEqualTo(Diagnosis.INTEGRITY_MISMATCH);
        box.firstOfBytes(request -> Answer.of(200, "more than it was"));
        assertThat(refusal(() -> source.open(ALL, file, 0)).diagnosis()).isEqualTo(Diagnosis.CHANGED_DURING_READ);
        box.firstOfBytes(request -> Answer.of(200, "0123456789"));
        assertThat(read(source, file, 4)).as("of a server that knows no ranges").isEqualTo("456789");
    }

    private List<String> keys(SourcePath path, int max) {
        return keys(source, path, max);
    }

    private SourceFile only() {
        return only(source, ALL);
    }

    private String read(SourceFile file) {
        return read(source, file, 0);
    }
}
