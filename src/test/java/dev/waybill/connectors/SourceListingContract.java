package dev.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of the listings of every {@link Source}. */
public abstract class SourceListingContract {

    /** The fixture of one test: the source, and the storage behind it. */
    public interface Elsewhere {

        /** The source under test; the same for the whole test. */
        Source source();

        /** Another instance with the same settings, as in a later process. */
        Source another();

        /** The bucket of the files. */
        String bucket();

        /** Puts or replaces a file. */
        void put(String key, byte[] bytes, Map<String, String> metadata, Map<String, String> tags);

        void remove(String key);

        /** Whether it supports a key, distinct from all others; some test servers do not. */
        default boolean keeps(String key) {
            return true;
        }

        /** Puts a file with the content encoding gzip. @return false where files have no encoding */
        default boolean putPacked(String key, byte[] bytes) {
            return false;
        }

        /** Whether files carry tags there. */
        default boolean hasTags() {
            return true;
        }

        /** The key of a file that is put under a key; another one where names cannot be chosen. */
        default String key(String key) {
            return key;
        }

        /** Its stable id. */
        default String id(String key) {
            return bucket() + "/" + key(key);
        }

        /** Whether listings are in the order of keys. */
        default boolean hasOrder() {
            return true;
        }

        /** Whether folders may be nested at any depth. */
        default boolean hasFolders() {
            return true;
        }

        /** Whether a missing folder is an error; elsewhere it is one without files. */
        default boolean knowsMissingFolders() {
            return false;
        }

        /** Whether it stores the listed version when there is a later one. */
        default boolean keepsVersions() {
            return false;
        }

        /** A valid name of user metadata. */
        default String metadataName() {
            return "CameraModel";
        }
    }

    /** The storage contains only the test's files. */
    protected abstract Elsewhere elsewhere();

    @Test
    void whatWasPutIsListed() {
        put("a/hello.txt", "hello");
        SourceFile file = only(list(all()));
        assertThat(file.key()).isEqualTo(key("a/hello.txt"));
        assertThat(file.id()).isEqualTo(elsewhere().id("a/hello.txt"));
        assertThat(file.sizeBytes()).isEqualTo(5);
        assertThat(file.kind()).isEqualTo(SourceFile.Kind.FILE);
        assertThat(file.version()).isNotEmpty();
        assertThat(file.modifiedAt()).isNotNull();
    }

    @Test
    void aVersionIsTheContents() {
        put("a", "one");
        String first = only(list(all())).version();
        assertThat(only(list(all())).version()).isEqualTo(first);
        put("a", "two");
        assertThat(only(list(all())).version()).isNotEqualTo(first);
    }

    @Test
    void keysComeInTheirOrderInPagesThatAreBounded() {
        List<String> keys = IntStream.range(0, 25).mapToObj("k/%02d"::formatted).toList();
        keys.forEach(key -> put(key, key));
        List<String> listed = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            SourcePage page = source().list(all(), cursor, 10);
            assertThat(page.files()).hasSizeLessThanOrEqualTo(10);
            page.files().forEach(file -> listed.add(file.key()));
            cursor = page.next();
            pages++;
            assertThat(pages).as("pages").isLessThan(100);
        } while (cursor != null);
        assertAre(listed, keys);
        assertThat(pages).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aCursorIsGoodForAnotherInstance() {
        List<String> keys = IntStream.range(0, 7).mapToObj("k/%02d"::formatted).toList();
        keys.forEach(key -> put(key, key));
        List<String> listed = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            try (Source later = elsewhere().another()) {
                SourcePage page = later.list(all(), cursor, 2);
                page.files().forEach(file -> listed.add(file.key()));
                cursor = page.next();
            }
            assertThat(++pages).as("pages").isLessThan(100);
        } while (cursor != null);
        assertAre(listed, keys);
    }

    @Test
    void filesThatComeAndGoBehindACursorDoNotShiftIt() {
        List<String> keys = List.of("a", "b", "d", "e");
        keys.forEach(key -> put(key, key));
        SourcePage first = firstOf(2);
        List<String> seen = first.files().stream().map(SourceFile::key).toList();
        elsewhere()
                .remove(keys.stream()
                        .filter(key -> seen.contains(key(key)))
                        .findFirst()
                        .orElseThrow());
        put("c", "c");
        List<String> rest = new ArrayList<>();
        String cursor = first.next();
        while (cursor != null) {
            SourcePage page = source().list(all(), cursor, 2);
            page.files().forEach(file -> rest.add(file.key()));
            cursor = page.next();
            assertThat(rest).hasSizeLessThan(10);
        }
        if (elsewhere().hasOrder()) {
            assertThat(rest).containsExactly("c", "d", "e");
        } else {
            List<String> unseen = new ArrayList<>(keys.stream().map(this::key).toList());
            unseen.removeAll(seen);
            assertThat(rest).doesNotHaveDuplicates().containsAll(unseen).doesNotContainAnyElementsOf(seen);
        }
    }

    @Test
    void nothingIsAnEmptyPageAndTheEnd() {
        put("other/a", "a");
        if (elsewhere().knowsMissingFolders()) {
            assertThat(refusal(() -> source().list(folder("nothing"), null, 10)).diagnosis())
                    .isEqualTo(Diagnosis.PATH_NOT_FOUND);
            assertThat(source().check(folder("nothing")).problem()).isEqualTo(Diagnosis.PATH_NOT_FOUND);
            return;
        }
        @Nullable String cursor = null;
        int pages = 0;
        do {
            SourcePage page = source().list(folder("nothing"), cursor, 10);
            assertThat(page.files()).isEmpty();
            cursor = page.next();
            assertThat(++pages).as("pages of nothing").isLessThan(10);
        } while (cursor != null);
    }

    @Test
    void aFolderEndsAtItsSlash() {
        if (!elsewhere().hasFolders()) {
            List.of("videos", "videos2", "video").forEach(key -> put(key, key));
            String only = key("videos");
            assertThat(keys(folder(only.substring(0, only.indexOf('/'))))).containsExactly(only);
            return;
        }
        List<String> within = Stream.of("videos", "videos/a", "videos/b/c")
                .filter(elsewhere()::keeps)
                .toList();
        within.forEach(key -> put(key, key));
        List.of("video", "videos-old/a", "videos2/a").forEach(key -> put(key, key));
        assertAre(keys(folder("videos")), within);
        assertAre(keys(folder("videos/")), List.of("videos/a", "videos/b/c"));
        assertThat(keys(new SourcePath(elsewhere().bucket(), "videos", false)))
                .contains("videos-old/a", "videos2/a")
                .containsAll(within)
                .hasSize(within.size() + 2);
        assertAre(inPagesOf(1, folder("videos")), within);
    }

    @Test
    void foldersAreMarkedAndNoFiles() {
        List<String> supported = Stream.of("a/", "b_$folder$", "c/", "d", "e_$folder$")
                .filter(elsewhere()::keeps)
                .toList();
        supported.forEach(key -> put(key, List.of("c/", "e_$folder$").contains(key) ? "bytes" : ""));
        Map<String, SourceFile.Kind> kinds = new LinkedHashMap<>();
        list(all()).forEach(file -> kinds.put(file.key(), file.kind()));
        supported.forEach(key -> assertThat(kinds)
                .containsEntry(
                        key(key),
                        List.of("a/", "b_$folder$").contains(key)
                                ? SourceFile.Kind.FOLDER_MARKER
                                : SourceFile.Kind.FILE));
    }

    @Test
    void oddKeysStayAsTheyAreAndApart() throws IOException {
        List<String> odd = List.of(
                "a b",
                "a+b",
                "a%2Fb",
                "a%20b",
                "a?b#c",
                "a//b",
                "./a",
                "../a",
                "trailing ",
                "'quoted'",
                "\"quoted\"",
                "a&b",
                "<a>",
                "é",
                "e\u0301",
                "\ud83d\ude00",
                "Case",
                "case",
                "u\u0001",
                "n\u0085",
                "l".repeat(200) + "/" + "m".repeat(200));
        List<String> supported = odd.stream().filter(elsewhere()::keeps).toList();
        supported.forEach(key -> put(key, "of " + key));
        Map<String, SourceFile> listed = new LinkedHashMap<>();
        list(all()).forEach(file -> listed.put(file.key(), file));
        List<String> called = supported.stream().map(this::key).toList();
        assertThat(listed.keySet()).containsExactlyInAnyOrderElementsOf(called);
        for (String key : supported) {
            assertThat(read(listed.get(key(key)), 0)).as(key).isEqualTo("of " + key);
            assertThat(source().find(all(), key(key))).as(key).contains(listed.get(key(key)));
        }
        assertThat(inPagesOf(1, all())).containsExactlyInAnyOrderElementsOf(called);
    }

    @Test
    void oneFileIsFoundByItsKey() {
        put("c", "hello");
        put("cd/b", "other");
        assertThat(source().find(all(), key("c")))
                .contains(list(all()).stream()
                        .filter(file -> file.key().equals(key("c")))
                        .findFirst()
                        .orElseThrow());
        assertThat(source().find(all(), "C")).isEmpty();
        assertThat(source().find(all(), "cd")).isEmpty();
        assertThat(source().find(all(), "c/")).isEmpty();
        assertThat(source().find(all(), "b")).isEmpty();
    }

    Source source() {
        return elsewhere().source();
    }

    String key(String key) {
        return elsewhere().key(key);
    }

    /** @param puts the keys that were put, in their order */
    void assertAre(List<String> listed, List<String> puts) {
        List<String> called = puts.stream().map(this::key).toList();
        if (elsewhere().hasOrder()) {
            assertThat(listed).isEqualTo(called);
        } else {
            assertThat(listed).containsExactlyInAnyOrderElementsOf(called);
        }
    }

    SourcePath all() {
        return new SourcePath(elsewhere().bucket(), "", true);
    }

    SourcePath folder(String prefix) {
        return new SourcePath(elsewhere().bucket(), prefix, true);
    }

    void put(String key, String text) {
        put(key, bytes(text));
    }

    void put(String key, byte[] bytes) {
        elsewhere().put(key, bytes, Map.of(), Map.of());
    }

    List<SourceFile> list(SourcePath path) {
        return list(path, 1_000);
    }

    List<SourceFile> list(SourcePath path, int max) {
        List<SourceFile> files = new ArrayList<>();
        @Nullable String cursor = null;
        int pages = 0;
        do {
            SourcePage page = source().list(path, cursor, max);
            assertThat(page.files()).hasSizeLessThanOrEqualTo(max);
            files.addAll(page.files());
            cursor = page.next();
            assertThat(++pages).as("pages of a listing that ends").isLessThan(150);
        } while (cursor != null);
        return files;
    }

    /** The first page that has any files. */
    private SourcePage firstOf(int max) {
        SourcePage page = source().list(all(), null, max);
        for (int i = 0; i < 10 && page.files().isEmpty() && page.next() != null; i++) {
            page = source().list(all(), page.next(), max);
        }
        return page;
    }

    List<String> keys(SourcePath path) {
        return list(path).stream().map(SourceFile::key).toList();
    }

    List<String> inPagesOf(int max, SourcePath path) {
        return list(path, max).stream().map(SourceFile::key).toList();
    }

    String read(SourceFile file, long from) {
        try (SourceContent content = source().open(all(), file, from)) {
            return new String(content.bytes().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SourceException refusal(ThrowingCallable call) {
        List<SourceException> thrown = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(SourceException.class, thrown::add);
        assertThat(thrown.getFirst().getMessage()).isNotEmpty();
        return thrown.getFirst();
    }

    static SourceFile only(List<SourceFile> files) {
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
