package dev.waybill.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.platform.formats.MadeFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStorage} does, the decorated and the imitated ones included: reads, puts, copies, lists. */
public abstract class ObjectStorageContract extends ObjectStorageReadingContract {

    @Test
    void aSecondPutReplacesTheFirst() throws IOException {
        ETag first = put("a", "first").etag();
        ETag second = put("a", "second").etag();
        assertThat(second).isNotEqualTo(first);
        assertThat(read("a", null)).isEqualTo("second");
    }

    @Test
    void aPutReadsNoMoreThanItsLength() throws IOException {
        InputStream source = new ByteArrayInputStream("hello world".getBytes(StandardCharsets.UTF_8));
        storage().put(key("part"), source, 5, TYPE);
        assertThat(read("part", null)).isEqualTo("hello");
        assertThat(source.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(" world");
    }

    @Test
    void aBodyOfManyMegabytesIsStreamed() throws IOException {
        byte[] bytes = new byte[3 * 1024 * 1024 + 17];
        new Random(31).nextBytes(bytes);
        StoredObject put = storage().put(key("large"), new OnceOnly(bytes), bytes.length, TYPE);
        assertThat(put.size()).isEqualTo(bytes.length);
        try (InputStream in = storage().open(key("large"), put.etag()).orElseThrow()) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void aBodyThatTakesSeveralPartsComesToLieWhole() throws IOException {
        byte[] bytes = new byte[11 * 1024 * 1024 + 3];
        new Random(37).nextBytes(bytes);
        put("parts", "before");
        InputStream source = new OnceOnly(bytes);
        StoredObject put = storage().put(key("parts"), source, bytes.length - 1, TYPE);

        assertThat(put.key()).isEqualTo(key("parts"));
        assertThat(put.size()).isEqualTo(bytes.length - 1);
        assertThat(put.contentType()).isEqualTo(TYPE);
        assertThat(source.read()).isEqualTo(bytes[bytes.length - 1] & 0xFF);
        StoredObject head = storage().head(key("parts")).orElseThrow();
        assertThat(head.size()).isEqualTo(put.size());
        assertThat(head.etag()).isEqualTo(put.etag());
        assertThat(head.contentType()).isEqualTo(TYPE);
        try (InputStream in = storage().open(key("parts"), put.etag()).orElseThrow()) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOf(bytes, bytes.length - 1));
        }
    }

    @Test
    void noObjectIsLargerThanFiveTebibytes() {
        for (long length : List.of(-1L, (5L << 40) + 1)) {
            assertThatThrownBy(() -> storage().put(key("a"), InputStream.nullInputStream(), length, TYPE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 2 * 1024 * 1024, 11 * 1024 * 1024})
    void aSourceThatEndsEarlyIsNotStoragesFault(int length) {
        InputStream source = new OnceOnly(new byte[length - 1]);
        assertThatThrownBy(() -> storage().put(key("short"), source, length, TYPE))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(storage().head(key("short"))).isEmpty();
    }

    @Test
    void whatIsWrittenPackedIsReturnedAsPackedAndStaysAsItIs() throws IOException {
        byte[] packed = MadeFiles.gzip("hello".getBytes(StandardCharsets.UTF_8));
        storage().put(key("packed"), new ByteArrayInputStream(packed), packed.length, "text/plain", "gzip");

        StoredObject head = storage().head(key("packed")).orElseThrow();
        StoredObject headRead =
                storage().readHead(key("packed"), 5).orElseThrow().object();
        assertThat(head.contentEncoding()).isEqualTo("gzip");
        assertThat(headRead.contentEncoding()).isEqualTo("gzip");
        assertThat(head.contentType()).isEqualTo("text/plain");
        try (InputStream bytes = storage().open(key("packed"), null).orElseThrow()) {
            assertThat(bytes.readAllBytes()).isEqualTo(packed);
        }
    }

    @Test
    void aCopyHoldsTheBytesUnderItsOwnTerms() throws IOException {
        StoredObject source = put("staged", "hello");
        CopyTerms terms = new CopyTerms(
                key("staged"), source.etag(), 5, key("final"), "application/json", "r\u00E9sum\u00E9.json", "gzip");

        CopyResult.Copied copied = (CopyResult.Copied) storage().copy(terms);
        assertThat(copied.isProven()).isTrue();
        assertThat(copied.object().key()).isEqualTo(key("final"));
        assertThat(copied.object().size()).isEqualTo(5);
        assertThat(copied.object().etag()).isEqualTo(source.etag());

        StoredObject head = storage().head(key("final")).orElseThrow();
        StoredObject headRead =
                storage().readHead(key("final"), 5).orElseThrow().object();
        for (StoredObject object : List.of(copied.object(), head, headRead)) {
            assertThat(object.contentType()).isEqualTo("application/json");
            assertThat(object.contentEncoding()).isEqualTo("gzip");
        }
        assertThat(head.etag()).isEqualTo(source.etag());
        assertThat(read("final", head.etag())).isEqualTo("hello");
    }

    @Test
    void aCopyLeavesItsSourceAndKeepsNothingThatStoodBesideIt() throws IOException {
        StoredObject source = put("staged", "hello");
        copy(source, "encoded", "gzip");
        StoredObject encoded = storage().head(key("encoded")).orElseThrow();

        assertThat(copy(encoded, "plain", null)).isInstanceOf(CopyResult.Copied.class);
        StoredObject plain = storage().head(key("plain")).orElseThrow();
        assertThat(plain.contentEncoding()).isNull();
        assertThat(plain.contentType()).isEqualTo("application/pdf");
        assertThat(storage().head(key("staged")).orElseThrow().contentType()).isEqualTo(TYPE);
        assertThat(read("staged", source.etag())).isEqualTo("hello");
    }

    @Test
    void aCopyIsPinned() {
        StoredObject first = put("staged", "first");
        put("staged", "other");
        assertThat(copy(first, "final", null)).isEqualTo(new CopyResult.Changed());
        assertThat(storage().head(key("final"))).isEmpty();
    }

    @Test
    void aCopyOfNothingIsAbsent() {
        StoredObject source = put("staged", "first");
        storage().delete(key("staged"));
        assertThat(copy(source, "final", null)).isEqualTo(new CopyResult.Absent());
        assertThat(storage().head(key("final"))).isEmpty();
    }

    @Test
    void aCopyCanBeRepeated() throws IOException {
        StoredObject source = put("staged", "");
        for (int i = 0; i < 2; i++) {
            assertThat(copy(source, "final", null))
                    .isInstanceOfSatisfying(
                            CopyResult.Copied.class,
                            copied -> assertThat(copied.isProven()).isTrue());
        }
        assertThat(read("final", null)).isEmpty();
    }

    @Test
    void deletedObjectsAreGone() {
        put("a", "1");
        put("b", "2");
        put("c", "3");
        storage().delete(key("a"));
        storage().deleteAll(List.of(key("b"), key("c"), key("never")));
        assertThat(storage().list(folder, null, 10)).isEmpty();
    }

    @Test
    void moreThanAThousandAreDeletedAtOnce() {
        put("first", "1");
        put("last", "2");
        List<ObjectKey> keys = new ArrayList<>(List.of(key("first")));
        IntStream.range(0, 2_100).forEach(i -> keys.add(key("absent-" + i)));
        keys.add(key("last"));
        storage().deleteAll(keys);
        assertThat(storage().list(folder, null, 10)).isEmpty();
    }

    @Test
    void aListingIsOrderedBoundedAndGoesOnBehindAKey() {
        Stream.of("b/2", "a", "b/1", "c", "b-").forEach(name -> put(name, name));
        assertThat(names(storage().list(folder + "/", null, 1000))).containsExactly("a", "b-", "b/1", "b/2", "c");
        assertThat(names(storage().list(folder + "/b", null, 1000))).containsExactly("b-", "b/1", "b/2");
        assertThat(names(storage().list(folder + "/", null, 2))).containsExactly("a", "b-");
        assertThat(names(storage().list(folder + "/", key("b-"), 2))).containsExactly("b/1", "b/2");
        assertThat(names(storage().list(folder + "/", key("b"), 2))).containsExactly("b-", "b/1");
        assertThat(storage().list(folder + "/", key("c"), 2)).isEmpty();
        assertThat(storage().list(folder + "/z", null, 2)).isEmpty();
    }

    @Test
    void aListingReturnsSizesAndOpaqueTags() {
        StoredObject put = put("a", "hello");
        StoredObject listed = storage().list(folder, null, 1).getFirst();
        assertThat(listed.size()).isEqualTo(5);
        assertThat(listed.etag()).isEqualTo(new ETag(put.etag().value(), ETag.Kind.OPAQUE));
        assertThat(listed.lastModified()).isNotNull();
    }

    @Test
    protected void aListingFollowsTheBytesOfKeysNotTheirCharacters() {
        put("\uFF5E", "sorts first by bytes");
        put("😀", "sorts first by UTF-16 units");
        assertThat(names(storage().list(folder + "/", null, 10))).containsExactly("\uFF5E", "😀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b.txt",
                "a+b.txt",
                "50%.txt",
                "%41.txt",
                "ä ö.txt",
                "日本語.pdf",
                "😀.png",
                "a&b=c;d,e.txt",
                "~tilde*star.txt",
                "it's \"quoted\" <tag>.txt",
                "#hash?question.txt",
                "back\\slash.txt",
                "a:b@c!$(d)[e]{f}|^`.txt",
                ".hidden"
            })
    void awkwardNamesComeBackAsTheyWent(String name) throws IOException {
        put(name, name);
        assertThat(storage().head(key(name))).isPresent();
        assertThat(read(name, null)).isEqualTo(name);
        assertThat(storage().readHead(key(name), 100).orElseThrow().head())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(name);
        assertThat(names(storage().list(folder + "/", null, 10))).containsExactly(name);
        storage().deleteAll(List.of(key(name)));
        assertThat(storage().head(key(name))).isEmpty();
    }

    @Test
    void concurrentPutsLeaveOneOfThemWhole() throws Exception {
        List<String> bodies = IntStream.range(0, 8)
                .mapToObj(i -> "" + i)
                .map(s -> s.repeat(50_000))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<StoredObject>> puts = bodies.stream()
                    .map(body -> threads.submit(() -> put("same", body)))
                    .toList();
            for (Future<StoredObject> put : puts) {
                put.get();
            }
        }
        assertThat(read("same", null)).isIn(bodies);
    }

    @Test
    void theBucketAnswersAndReturnsItsTime() {
        assertThat(storage().check()).isCloseTo(Instant.now(), within(10, ChronoUnit.MINUTES));
    }

    private CopyResult copy(StoredObject source, String to, @Nullable String encoding) {
        return storage()
                .copy(new CopyTerms(
                        source.key(), source.etag(), source.size(), key(to), "application/pdf", null, encoding));
    }

    private List<String> names(List<StoredObject> objects) {
        return objects.stream()
                .map(o -> o.key().value().substring(folder.length() + 1))
                .toList();
    }

    /** Cannot be rewound, as a network's stream cannot. */
    private static final class OnceOnly extends InputStream {

        private final InputStream bytes;

        OnceOnly(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return bytes.read(target, offset, length);
        }
    }
}
