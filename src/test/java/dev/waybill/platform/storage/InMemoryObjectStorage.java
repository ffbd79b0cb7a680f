package dev.waybill.platform.storage;

import dev.waybill.platform.storage.s3.DownloadName;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** {@link ObjectStorage} in memory, for tests of its callers. It passes the same contract tests as the one on S3. */
public final class InMemoryObjectStorage implements ObjectStorage {

    private static final Comparator<ObjectKey> BY_UTF8 =
            (a, b) -> Arrays.compareUnsigned(utf8(a.value()), utf8(b.value()));

    private final NavigableMap<ObjectKey, Entry> objects = new ConcurrentSkipListMap<>(BY_UTF8);
    private final InstantSource clock;
    private volatile StorageException.@Nullable Kind failure;

    public InMemoryObjectStorage() {
        this(InstantSource.system());
    }

    public InMemoryObjectStorage(InstantSource clock) {
        this.clock = clock;
    }

    /** From now on every call fails in this way; null heals it. */
    public void failWith(StorageException.@Nullable Kind kind) {
        this.failure = kind;
    }

    /** What a client's presigned PUT does. */
    public StoredObject accept(ObjectKey key, byte[] bytes, String contentType) {
        return store(key, bytes, contentType, null, hex("MD5", bytes), true);
    }

    /** What a client's presigned PUT does that says how its bytes are encoded, such as {@code gzip}. */
    public StoredObject acceptEncoded(ObjectKey key, byte[] bytes, String contentType, String contentEncoding) {
        Instant now = clock.instant();
        StoredObject facts = new StoredObject(
                key, bytes.length, ETag.of(hex("MD5", bytes), true), contentType, contentEncoding, null, null, now);
        objects.put(key, new Entry(facts, bytes.clone(), null));
        return facts;
    }

    /** What a client's sealed PUT does: storage then holds the SHA-256 as well. */
    public StoredObject acceptSealed(ObjectKey key, byte[] bytes, String contentType) {
        return store(key, bytes, contentType, hex("SHA-256", bytes), hex("MD5", bytes), true);
    }

    /** An object whose ETag is no MD5 of its bytes, such as {@code abc-2} of a multipart upload. */
    public StoredObject acceptWithETag(ObjectKey key, byte[] bytes, String contentType, String etag, boolean hashed) {
        return store(key, bytes, contentType, null, etag, hashed);
    }

    /** Under which name browsers save an object, as the header says; empty when there is none. */
    public Optional<String> contentDisposition(ObjectKey key) {
        return Optional.ofNullable(objects.get(key)).map(Entry::contentDisposition);
    }

    /** How many objects there are. */
    public int size() {
        return objects.size();
    }

    @Override
    public Optional<StoredObject> head(ObjectKey key) {
        failIfOutage();
        return Optional.ofNullable(objects.get(key)).map(Entry::facts);
    }

    @Override
    public Optional<ObjectHead> readHead(ObjectKey key, int bytes) {
        failIfOutage();
        if (bytes < 1 || bytes > MAX_GLIMPSE_BYTES) {
            throw new IllegalArgumentException("a head shows 1 to 65536 bytes, not " + bytes);
        }
        return Optional.ofNullable(objects.get(key)).map(entry -> {
            StoredObject f = entry.facts();
            return new ObjectHead(
                    new StoredObject(
                            key,
                            f.size(),
                            f.etag(),
                            f.contentType(),
                            f.contentEncoding(),
                            null,
                            f.versionId(),
                            f.lastModified()),
                    Arrays.copyOf(entry.bytes(), Math.min(bytes, entry.bytes().length)));
        });
    }

    @Override
    public Optional<byte[]> part(ObjectKey key, ETag etag, long from, int count) {
        failIfOutage();
        if (from < 0 || count < 1 || count > MAX_GLIMPSE_BYTES) {
            throw new IllegalArgumentException(
                    "a part has 1 to 65536 bytes from 0 on, not %d from %d".formatted(count, from));
        }
        return Optional.ofNullable(objects.get(key))
                .filter(entry -> entry.facts().etag().matches(etag.value()))
                .map(Entry::bytes)
                .map(all -> Arrays.copyOfRange(
                        all, (int) Math.min(from, all.length), (int) Math.min(from + count, all.length)));
    }

    @Override
    public Optional<InputStream> open(ObjectKey key, @Nullable ETag etag) {
        failIfOutage();
        return Optional.ofNullable(objects.get(key))
                .filter(entry -> etag == null || entry.facts().etag().matches(etag.value()))
                .map(entry -> new ByteArrayInputStream(entry.bytes()));
    }

    @Override
    public StoredObject put(
            ObjectKey key, InputStream bytes, long length, String contentType, @Nullable String contentEncoding) {
        failIfOutage();
        if (length < 0 || length > MAX_OBJECT_BYTES) {
            throw new IllegalArgumentException("an object has 0 bytes to 5 TiB, not " + length);
        }
        try {
            byte[] whole = bytes.readNBytes(Math.toIntExact(length));
            if (whole.length < length) {
                throw new EOFException("too few bytes");
            }
            return contentEncoding == null
                    ? store(key, whole, contentType, null, hex("MD5", whole), true)
                    : acceptEncoded(key, whole, contentType, contentEncoding);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CopyResult copy(CopyTerms terms) {
        failIfOutage();
        Entry source = objects.get(terms.from());
        if (source == null) {
            return new CopyResult.Absent();
        }
        if (!source.facts().etag().matches(terms.pin().value())) {
            return new CopyResult.Changed();
        }
        ETag etag = ETag.of(hex("MD5", source.bytes()), source.facts().etag().kind() != ETag.Kind.OPAQUE);
        StoredObject facts = new StoredObject(
                terms.to(),
                source.bytes().length,
                etag,
                terms.contentType(),
                terms.contentEncoding(),
                source.facts().sha256(),
                null,
                clock.instant());
        String name = terms.filename();
        objects.put(
                terms.to(),
                new Entry(facts, source.bytes(), name == null ? null : DownloadName.contentDisposition(name)));
        return new CopyResult.Copied(facts, terms.pin().kind() == ETag.Kind.MD5 && etag.kind() == ETag.Kind.MD5);
    }

    @Override
    public void delete(ObjectKey key) {
        failIfOutage();
        objects.remove(key);
    }

    @Override
    public void deleteAll(Collection<ObjectKey> keys) {
        failIfOutage();
        keys.forEach(objects::remove);
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable ObjectKey after, int max) {
        failIfOutage();
        if (max < 1 || max > 1000) {
            throw new IllegalArgumentException("a listing holds 1 to 1000 objects, not " + max);
        }
        NavigableMap<ObjectKey, Entry> rest = after == null ? objects : objects.tailMap(after, false);
        return rest.values().stream()
                .map(Entry::facts)
                .filter(f -> f.key().value().startsWith(prefix))
                .limit(max)
                .map(f -> new StoredObject(
                        f.key(), f.size(), ETag.of(f.etag().value(), false), null, null, null, null, f.lastModified()))
                .toList();
    }

    @Override
    public Instant check() {
        failIfOutage();
        return clock.instant();
    }

    @Override
    public String toString() {
        return "InMemoryObjectStorage";
    }

    private StoredObject store(
            ObjectKey key, byte[] bytes, String contentType, @Nullable String sha256, String etag, boolean hashed) {
        Instant now = clock.instant();
        StoredObject facts =
                new StoredObject(key, bytes.length, ETag.of(etag, hashed), contentType, null, sha256, null, now);
        objects.put(key, new Entry(facts, bytes.clone(), null));
        return facts;
    }

    private void failIfOutage() {
        StorageException.Kind kind = failure;
        if (kind != null) {
            throw new StorageException(kind, null);
        }
    }

    private static String hex(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Entry(
            StoredObject facts, byte[] bytes, @Nullable String contentDisposition) {}
}
