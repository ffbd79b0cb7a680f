package dev.waybill.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link ObjectStorage} shows of what was put into it. */
public abstract class ObjectStorageReadingContract {

    static final String TYPE = "text/plain";

    /** Each test works below a prefix of its own, so that implementations may share one bucket. */
    final String folder = "contract/" + UUID.randomUUID();

    /** One that writes what has more than 5 MiB in parts, where it knows parts. */
    protected abstract ObjectStorage storage();

    @Test
    void anObjectThatIsNotThereIsEmptyAndNoFailure() {
        assertThat(storage().head(key("nothing"))).isEmpty();
        assertThat(storage().readHead(key("nothing"), 16)).isEmpty();
        assertThat(storage().open(key("nothing"), null)).isEmpty();
        assertThat(storage().open(key("nothing"), ETag.of("d41d8cd98f00b204e9800998ecf8427e", true)))
                .isEmpty();
        storage().delete(key("nothing"));
        storage().deleteAll(List.of(key("nothing"), key("neither")));
        storage().deleteAll(List.of());
    }

    @Test
    void metadataOfWhatWasPutIsReturned() {
        StoredObject put = put("hello.txt", "hello");
        StoredObject head = storage().head(key("hello.txt")).orElseThrow();

        assertThat(put.key()).isEqualTo(key("hello.txt"));
        assertThat(put.size()).isEqualTo(5);
        assertThat(put.contentType()).isEqualTo(TYPE);
        assertThat(head.size()).isEqualTo(5);
        assertThat(head.contentType()).isEqualTo(TYPE);
        assertThat(head.etag()).isEqualTo(put.etag());
        assertThat(head.etag()).isEqualTo(new ETag("5d41402abc4b2a76b9719d911017c592", ETag.Kind.MD5));
        assertThat(head.lastModified()).isNotNull();
    }

    @Test
    void whatWasPutCanBeRead() throws IOException {
        put("hello.txt", "hello");
        assertThat(read("hello.txt", null)).isEqualTo("hello");
    }

    @Test
    void onlyTheRequestedBytesAreOpened() throws IOException {
        ETag first = put("a", "first").etag();
        assertThat(read("a", first)).isEqualTo("first");
        put("a", "second");
        assertThat(storage().open(key("a"), first)).isEmpty();
    }

    @Test
    void anEmptyObjectIsAnObject() throws IOException {
        put("empty", "");
        assertThat(storage().head(key("empty")).orElseThrow().size()).isZero();
        assertThat(read("empty", null)).isEmpty();
        ObjectHead objectHead = storage().readHead(key("empty"), 16).orElseThrow();
        assertThat(objectHead.head()).isEmpty();
        assertThat(objectHead.object().size()).isZero();
        assertThat(objectHead.object().contentType()).isEqualTo(TYPE);
    }

    @Test
    void aHeadShowsTheFactsAndTheFirstBytes() {
        put("long", "0123456789");
        StoredObject head = storage().head(key("long")).orElseThrow();

        ObjectHead some = storage().readHead(key("long"), 4).orElseThrow();
        assertThat(some.head()).asString(StandardCharsets.UTF_8).isEqualTo("0123");
        assertThat(some.object().size()).isEqualTo(10);
        assertThat(some.object().etag()).isEqualTo(head.etag());
        assertThat(some.object().contentType()).isEqualTo(TYPE);
        assertThat(some.object().lastModified()).isEqualTo(head.lastModified());

        assertThat(storage().readHead(key("long"), 10).orElseThrow().head()).hasSize(10);
        ObjectHead all = storage().readHead(key("long"), 65_536).orElseThrow();
        assertThat(all.head()).asString(StandardCharsets.UTF_8).isEqualTo("0123456789");
        assertThat(all.object().size()).isEqualTo(10);
    }

    @Test
    void aPartShowsBytesFromThereOn() {
        put("long", "0123456789");
        ETag etag = storage().head(key("long")).orElseThrow().etag();

        assertThat(storage().part(key("long"), etag, 3, 4).orElseThrow())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("3456");
        assertThat(storage().part(key("long"), etag, 0, 1).orElseThrow())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("0");
        assertThat(storage().part(key("long"), etag, 8, 65_536).orElseThrow())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("89");
        assertThat(storage().part(key("long"), etag, 10, 4).orElseThrow()).isEmpty();
    }

    @Test
    void aPartIsOfTheBytesThatAreMeant() {
        put("a", "first");
        ETag first = storage().head(key("a")).orElseThrow().etag();
        put("a", "other");

        assertThat(storage().part(key("a"), first, 0, 4)).isEmpty();
        assertThat(storage().part(key("nothing"), first, 0, 4)).isEmpty();
    }

    @Test
    void aPartIsBounded() {
        put("a", "first");
        ETag etag = storage().head(key("a")).orElseThrow().etag();
        assertThatThrownBy(() -> storage().part(key("a"), etag, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage().part(key("a"), etag, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage().part(key("a"), etag, 0, 65_537))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHeadIsBounded() {
        assertThatThrownBy(() -> storage().readHead(key("a"), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage().readHead(key("a"), 65_537)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneThatIsClosedEarlyHoldsNothingUp() throws IOException {
        byte[] bytes = new byte[2 * 1024 * 1024];
        storage().put(key("large"), new ByteArrayInputStream(bytes), bytes.length, TYPE);
        for (int i = 0; i < 40; i++) {
            try (InputStream in = storage().open(key("large"), null).orElseThrow()) {
                assertThat(in.read()).isZero();
            }
        }
        storage().check();
    }

    protected final ObjectKey key(String name) {
        return new ObjectKey(folder + "/" + name);
    }

    protected final StoredObject put(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return storage().put(key(name), new ByteArrayInputStream(bytes), bytes.length, TYPE);
    }

    String read(String name, ETag etag) throws IOException {
        try (InputStream in = storage().open(key(name), etag).orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
