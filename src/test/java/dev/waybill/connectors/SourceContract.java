package dev.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceContent.Checksum;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Source} does, whoever provides it. */
public abstract class SourceContract {

    /** Of one test alone: the source, and its other side. */
    public interface Elsewhere {

        /** The source under test; the same for the whole test. */
        Source source();

        /** Another one with the same settings, as a later process has it. */
        Source another();

        /** The bucket that is put into. */
        String bucket();

        /** Puts a file, or replaces it. */
        void put(String key, byte[] bytes, Map<String, String> metadata, Map<String, String> tags);

        void remove(String key);

        /** Whether it keeps a key apart from all others at all; some servers for tests do not. */
        default boolean keeps(String key) {
            return true;
        }

        /** Puts a file that is told to be packed by gzip. @return false where files have no encoding */
        default boolean putPacked(String key, byte[] bytes) {
            return false;
        }

        /** Whether files carry tags there. */
        default boolean hasTags() {
            return true;
        }

        /** What a file that is put under a key is called there; another one where nobody chooses names. */
        default String key(String key) {
            return key;
        }

        /** What it is known by for ever. */
        default String id(String key) {
            return bucket() + "/" + key(key);
        }

        /** Whether listings are in the order of keys. */
        default boolean hasOrder() {
            return true;
        }

        /** Whether files lie in folders as deep as one likes. */
        default boolean hasFolders() {
            return true;
        }

        /** Whether it is told when there is no such folder; elsewhere that is one without files. */
        default boolean knowsMissingFolders() {
            return false;
        }

        /** Whether it keeps the version that was listed when there is a later one. */
        default boolean keepsVersions() {
            return false;
        }

        /** A name that what users put beside a file may have. */
        default String metadataName() {
            return "CameraModel";
        }
    }

    /** What lies there is the test's alone. */
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
        List<String> told = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            SourcePage page = source().list(all(), cursor, 10);
            assertThat(page.files()).hasSizeLessThanOrEqualTo(10);
            page.files().forEach(file -> told.add(file.key()));
            cursor = page.next();
            pages++;
            assertThat(pages).as("pages").isLessThan(100);
        } while (cursor != null);
        assertAre(told, keys);
        assertThat(pages).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aCursorIsGoodForAnotherInstance() {
        List<String> keys = IntStream.range(0, 7).mapToObj("k/%02d"::formatted).toList();
        keys.forEach(key -> put(key, key));
        List<String> told = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            try (Source later = elsewhere().another()) {
                SourcePage page = later.list(all(), cursor, 2);
                page.files().forEach(file -> told.add(file.key()));
                cursor = page.next();
            }
            assertThat(++pages).as("pages").isLessThan(100);
        } while (cursor != null);
        assertAre(told, keys);
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
        List<String> kept = Stream.of("a/", "b_$folder$", "c/", "d", "e_$folder$")
                .filter(elsewhere()::keeps)
                .toList();
        kept.forEach(key -> put(key, List.of("c/", "e_$folder$").contains(key) ? "bytes" : ""));
        Map<String, SourceFile.Kind> kinds = new LinkedHashMap<>();
        list(all()).forEach(file -> kinds.put(file.key(), file.kind()));
        kept.forEach(key -> assertThat(kinds)
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
        List<String> kept = odd.stream().filter(elsewhere()::keeps).toList();
        kept.forEach(key -> put(key, "of " + key));
        Map<String, SourceFile> told = new LinkedHashMap<>();
        list(all()).forEach(file -> told.put(file.key(), file));
        List<String> called = kept.stream().map(this::key).toList();
        assertThat(told.keySet()).containsExactlyInAnyOrderElementsOf(called);
        for (String key : kept) {
            assertThat(read(told.get(key(key)), 0)).as(key).isEqualTo("of " + key);
            assertThat(source().look(all(), key(key))).as(key).contains(told.get(key(key)));
        }
        assertThat(inPagesOf(1, all())).containsExactlyInAnyOrderElementsOf(called);
    }

    @Test
    void oneFileIsLookedAt() {
        put("c", "hello");
        put("cd/b", "other");
        assertThat(source().look(all(), key("c")))
                .contains(list(all()).stream()
                        .filter(file -> file.key().equals(key("c")))
                        .findFirst()
                        .orElseThrow());
        assertThat(source().look(all(), "C")).isEmpty();
        assertThat(source().look(all(), "cd")).isEmpty();
        assertThat(source().look(all(), "c/")).isEmpty();
        assertThat(source().look(all(), "b")).isEmpty();
    }

    @Test
    void bytesAreReadAsTheyAre() throws IOException {
        byte[] bytes = new byte[300_000];
        new Random(13).nextBytes(bytes);
        put("a", bytes);
        try (SourceContent content = source().open(all(), only(list(all())), 0)) {
            assertThat(content.length()).isEqualTo(bytes.length);
            assertThat(content.bytes().readAllBytes()).isEqualTo(bytes);
            assertThat(content.checksums())
                    .allSatisfy(told -> assertThat(told).isEqualTo(actual(told.algorithm(), bytes)));
        }
    }

    @Test
    void whatIsPackedStaysSo() throws IOException {
        byte[] packed = packed("hello ".repeat(1_000));
        if (!elsewhere().putPacked("a", packed)) {
            return;
        }
        SourceFile file = only(list(all()));
        for (int from : List.of(0, 7)) {
            try (SourceContent content = source().open(all(), file, from)) {
                assertThat(content.contentEncoding()).isEqualTo("gzip");
                assertThat(content.length()).isEqualTo(packed.length - from);
                assertThat(content.bytes().readAllBytes()).isEqualTo(Arrays.copyOfRange(packed, from, packed.length));
                assertThat(content.checksums())
                        .allSatisfy(told -> assertThat(told).isEqualTo(actual(told.algorithm(), packed)));
            }
        }
    }

    @Test
    void readingGoesOnInTheMiddle() throws IOException {
        put("a", "0123456789");
        SourceFile file = only(list(all()));
        for (int from : List.of(0, 1, 5, 9, 10)) {
            try (SourceContent content = source().open(all(), file, from)) {
                assertThat(content.length()).isEqualTo(10L - from);
                assertThat(new String(content.bytes().readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("0123456789".substring(from));
                if (from > 0) {
                    assertThat(content.checksums()).as("of a part").isEmpty();
                }
            }
        }
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        put("a", "");
        SourceFile file = only(list(all()));
        assertThat(file.sizeBytes()).isZero();
        try (SourceContent content = source().open(all(), file, 0)) {
            assertThat(content.length()).isZero();
            assertThat(content.bytes().read()).isEqualTo(-1);
        }
    }

    @Test
    void anotherVersionIsNeverRead() {
        put("a", "first");
        SourceFile listed = only(list(all()));
        put("a", "other");
        if (elsewhere().keepsVersions()) {
            assertThat(read(listed, 0)).isEqualTo("first");
            assertThat(read(listed, 2)).isEqualTo("rst");
            assertThat(read(listed, 5)).isEmpty();
            return;
        }
        assertThat(refusal(() -> source().open(all(), listed, 0)).diagnosis()).isEqualTo(Diagnosis.CHANGED_DURING_READ);
        assertThat(refusal(() -> source().open(all(), listed, 2)).diagnosis()).isEqualTo(Diagnosis.CHANGED_DURING_READ);
        assertThat(refusal(() -> source().open(all(), listed, 5)).diagnosis()).isEqualTo(Diagnosis.CHANGED_DURING_READ);
    }

    @Test
    void whatIsGoneIsToldSo() {
        put("a", "first");
        SourceFile listed = only(list(all()));
        elsewhere().remove("a");
        assertThat(refusal(() -> source().open(all(), listed, 0)).diagnosis()).isEqualTo(Diagnosis.VANISHED);
        assertThat(source().look(all(), key("a"))).isEmpty();
    }

    @Test
    void metadataIsToldInLowerCase() throws IOException {
        String name = elsewhere().metadataName();
        elsewhere().put("a", bytes("a"), Map.of(name, "X100"), Map.of());
        try (SourceContent content = source().open(all(), only(list(all())), 0)) {
            assertThat(content.metadata()).containsEntry(name.toLowerCase(Locale.ROOT), "X100");
        }
    }

    @Test
    void tagsAreToldAsTheyAre() {
        if (!elsewhere().hasTags()) {
            put("a", "a");
            assertThat(source().tags(all(), only(list(all())))).isEmpty();
            return;
        }
        elsewhere().put("a", bytes("a"), Map.of(), Map.of("Team", "Blue"));
        put("b", "b");
        List<SourceFile> files = list(all());
        assertThat(source().tags(all(), files.get(0))).isEqualTo(Map.of("Team", "Blue"));
        assertThat(source().tags(all(), files.get(1))).isEmpty();
    }

    @Test
    void aStreamThatIsClosedEarlyHoldsNothingUp() throws IOException {
        put("a", new byte[5_000_000]);
        SourceFile file = only(list(all()));
        for (int i = 0; i < 20; i++) {
            try (SourceContent content = source().open(all(), file, 0)) {
                assertThat(content.bytes().read()).isZero();
            }
        }
        assertThat(source().look(all(), key("a"))).isPresent();
    }

    @Test
    void whatWorksIsChecked() {
        put("a/b", "hello");
        String key = key("a/b");
        SourceProfile profile = source().check(folder(key.substring(0, key.indexOf('/'))));
        assertThat(profile.problem()).as(profile.message()).isNull();
        assertThat(profile.capabilities().list()).isTrue();
        assertThat(profile.capabilities().read()).isTrue();
        assertThat(profile.checks()).extracting(SourceProfile.Check::name).contains("list");
        assertThat(profile.message()).isNotEmpty();
        SourceProfile account = source().check(null);
        assertThat(account.problem()).as(account.message()).isNull();
    }

    @Test
    void aMissingBucketIsAValueWhenCheckedAndARefusalOtherwise() {
        SourcePath missing = new SourcePath("no-such-bucket-here", "", true);
        SourceProfile profile = source().check(missing);
        assertThat(profile.problem()).isEqualTo(Diagnosis.BUCKET_NOT_FOUND);
        assertThat(profile.message()).contains("no-such-bucket-here");
        assertThat(refusal(() -> source().list(missing, null, 10)).diagnosis()).isEqualTo(Diagnosis.BUCKET_NOT_FOUND);
    }

    @Test
    void manyMayAskAtOnce() throws Exception {
        List<String> keys = IntStream.range(0, 30).mapToObj("k/%02d"::formatted).toList();
        keys.forEach(key -> put(key, "of " + key));
        Map<String, String> puts = keys.stream().collect(Collectors.toMap(this::key, key -> key));
        List<SourceFile> files = list(all());
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asked = new ArrayList<>();
            for (SourceFile file : files) {
                asked.add(executor.submit(() -> assertThat(read(file, 0)).isEqualTo("of " + puts.get(file.key()))));
                asked.add(executor.submit(() -> assertAre(keys(all()), keys)));
            }
            for (Future<?> each : asked) {
                each.get();
            }
        }
    }

    private Source source() {
        return elsewhere().source();
    }

    private String key(String key) {
        return elsewhere().key(key);
    }

    /** @param puts what was put, in the order of the keys */
    private void assertAre(List<String> told, List<String> puts) {
        List<String> called = puts.stream().map(this::key).toList();
        if (elsewhere().hasOrder()) {
            assertThat(told).isEqualTo(called);
        } else {
            assertThat(told).containsExactlyInAnyOrderElementsOf(called);
        }
    }

    private SourcePath all() {
        return new SourcePath(elsewhere().bucket(), "", true);
    }

    private SourcePath folder(String prefix) {
        return new SourcePath(elsewhere().bucket(), prefix, true);
    }

    private void put(String key, String text) {
        put(key, bytes(text));
    }

    private void put(String key, byte[] bytes) {
        elsewhere().put(key, bytes, Map.of(), Map.of());
    }

    private List<SourceFile> list(SourcePath path) {
        return list(path, 1_000);
    }

    private List<SourceFile> list(SourcePath path, int max) {
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

    private List<String> keys(SourcePath path) {
        return list(path).stream().map(SourceFile::key).toList();
    }

    private List<String> inPagesOf(int max, SourcePath path) {
        return list(path, max).stream().map(SourceFile::key).toList();
    }

    private String read(SourceFile file, long from) {
        try (SourceContent content = source().open(all(), file, from)) {
            return new String(content.bytes().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourceException refusal(ThrowingCallable call) {
        List<SourceException> thrown = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(SourceException.class, thrown::add);
        assertThat(thrown.getFirst().getMessage()).isNotEmpty();
        return thrown.getFirst();
    }

    private static SourceFile only(List<SourceFile> files) {
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes(text));
        }
        return packed.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Checksum actual(Algorithm algorithm, byte[] bytes) {
        if (algorithm == Algorithm.CRC32C) {
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            return new Checksum(algorithm, "%08x".formatted(crc.getValue()));
        }
        String name = switch (algorithm) {
            case MD5 -> "MD5";
            case SHA1 -> "SHA-1";
            case SHA256 -> "SHA-256";
            default -> throw new AssertionError("the kit cannot compute " + algorithm);
        };
        try {
            return new Checksum(
                    algorithm,
                    HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
