package dev.waybill.connectors;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of an external storage in memory, and their listing. Thread-safe. */
public final class ScriptedFiles {

    private static final Comparator<String> BY_BYTES = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, TreeMap<String, Stored>> buckets = new TreeMap<>();

    private final Map<String, String> ids = new TreeMap<>();

    private @Nullable String note;

    private int pageSize = Integer.MAX_VALUE;

    private int emptyEvery;

    private int circleAt;

    private int seconds;

    private int pages;

    ScriptedFiles(String bucket) {
        buckets.put(bucket, new TreeMap<>(BY_BYTES));
    }

    /** The content of a file, which need not be in memory. */
    public interface Content {

        long size();

        /** A tag of the bytes, such as an ETag. */
        String tag();

        /** @param from 0 to the size */
        InputStream open(long from);

        static Content of(byte[] bytes) {
            byte[] own = bytes.clone();
            String tag = hex("MD5", own);
            return new Content() {
                @Override
                public long size() {
                    return own.length;
                }

                @Override
                public String tag() {
                    return tag;
                }

                @Override
                public InputStream open(long from) {
                    return new ByteArrayInputStream(own, (int) from, own.length - (int) from);
                }
            };
        }

        /** So many zeros, which are not in memory. */
        static Content zeros(long size) {
            return new Content() {
                @Override
                public long size() {
                    return size;
                }

                @Override
                public String tag() {
                    return "zeros-" + size;
                }

                @Override
                public InputStream open(long from) {
                    return new Zeros(size - from);
                }
            };
        }
    }

    /**
     * A file to put.
     *
     * @param modifiedAt null for a second after the one put before
     * @param checksums null for the MD5 of bytes in memory, and none of others
     */
    public record Draft(
            Content content,
            @Nullable String contentType,
            @Nullable String contentEncoding,
            Map<String, String> metadata,
            Map<String, String> tags,
            @Nullable String storageClass,
            SourceFile.@Nullable Kind kind,
            @Nullable Instant modifiedAt,
            @Nullable List<SourceContent.Checksum> checksums) {

        public static Draft of(Content content) {
            return new Draft(content, null, null, Map.of(), Map.of(), null, null, null, null);
        }

        public static Draft of(String text) {
            return of(Content.of(text.getBytes(StandardCharsets.UTF_8)));
        }

        public Draft type(String type) {
            return new Draft(content, type, contentEncoding, metadata, tags, storageClass, kind, modifiedAt, checksums);
        }

        public Draft encoding(String encoding) {
            return new Draft(content, contentType, encoding, metadata, tags, storageClass, kind, modifiedAt, checksums);
        }

        public Draft metadata(Map<String, String> entries) {
            return new Draft(
                    content, contentType, contentEncoding, entries, tags, storageClass, kind, modifiedAt, checksums);
        }

        public Draft tags(Map<String, String> entries) {
            return new Draft(
                    content,
                    contentType,
                    contentEncoding,
                    metadata,
                    entries,
                    storageClass,
                    kind,
                    modifiedAt,
                    checksums);
        }

        /** The provider is still preparing it, until it is put again; its size is unknown. */
        public Draft pending() {
            return ofKind(SourceFile.Kind.PENDING);
        }

        /** Its bytes are unavailable until it is put again. */
        public Draft unavailable() {
            return ofKind(SourceFile.Kind.UNAVAILABLE);
        }

        private Draft ofKind(SourceFile.Kind other) {
            return new Draft(
                    content, contentType, contentEncoding, metadata, tags, storageClass, other, modifiedAt, checksums);
        }

        /** It is archived until it is put again. */
        public Draft archived(String inClass) {
            return new Draft(
                    content,
                    contentType,
                    contentEncoding,
                    metadata,
                    tags,
                    inClass,
                    SourceFile.Kind.ARCHIVED,
                    modifiedAt,
                    checksums);
        }

        public Draft modified(Instant at) {
            return new Draft(content, contentType, contentEncoding, metadata, tags, storageClass, kind, at, checksums);
        }

        /** The checksums it reports, right or wrong. */
        public Draft checksums(SourceContent.Checksum... reported) {
            return new Draft(
                    content,
                    contentType,
                    contentEncoding,
                    metadata,
                    tags,
                    storageClass,
                    kind,
                    modifiedAt,
                    List.of(reported));
        }
    }

    record Stored(String bucket, String key, Draft draft, Instant modifiedAt) {

        String version() {
            return draft.content().tag() + "-" + draft.content().size();
        }

        SourceFile file() {
            return new SourceFile(
                    bucket + "/" + key,
                    key,
                    draft.content().size(),
                    modifiedAt,
                    version(),
                    Map.of("etag", draft.content().tag()),
                    null,
                    draft.storageClass(),
                    kind());
        }

        SourceFile.Kind kind() {
            if (draft.kind() != null) {
                return draft.kind();
            }
            boolean isMarker = draft.content().size() == 0 && (key.endsWith("/") || key.endsWith("_$folder$"));
            return isMarker ? SourceFile.Kind.FOLDER_MARKER : SourceFile.Kind.FILE;
        }

        List<SourceContent.Checksum> checksums() {
            if (draft.checksums() != null) {
                return draft.checksums();
            }
            String tag = draft.content().tag();
            return tag.matches("[0-9a-f]{32}")
                    ? List.of(new SourceContent.Checksum(SourceContent.Algorithm.MD5, tag))
                    : List.of();
        }
    }

    /** Puts or replaces a file; creates the bucket if absent. */
    synchronized SourceFile put(String bucket, String key, Draft draft) {
        Instant at = draft.modifiedAt() == null ? EPOCH.plusSeconds(++seconds) : draft.modifiedAt();
        Stored stored = new Stored(bucket, key, draft, at);
        buckets.computeIfAbsent(bucket, name -> new TreeMap<>(BY_BYTES)).put(key, stored);
        return file(stored);
    }

    /** Gives a file an id of its own from here on, under whatever key it is put. */
    synchronized void knows(String bucket, String key, String id) {
        ids.put(bucket + "/" + key, id);
    }

    /** The note of files that cannot be read. */
    synchronized void says(String why) {
        note = why;
    }

    private SourceFile file(Stored stored) {
        SourceFile file = stored.file();
        boolean isReadable = file.kind() != SourceFile.Kind.PENDING && file.kind() != SourceFile.Kind.UNAVAILABLE;
        return new SourceFile(
                ids.getOrDefault(file.id(), file.id()),
                file.key(),
                isReadable ? file.sizeBytes() : 0,
                file.modifiedAt(),
                isReadable ? file.version() : file.kind().name(),
                file.facts(),
                file.contentType(),
                file.storageClass(),
                file.kind(),
                Map.of(),
                isReadable ? null : note);
    }

    synchronized void remove(String bucket, String key) {
        buckets.getOrDefault(bucket, new TreeMap<>()).remove(key);
    }

    /** Removes the bucket with all its files. */
    synchronized void removeBucket(String bucket) {
        buckets.remove(bucket);
    }

    /** Every key of a bucket, in their order. */
    synchronized List<String> keys(String bucket) {
        return List.copyOf(buckets.getOrDefault(bucket, new TreeMap<>()).keySet());
    }

    /** Limits the page size, whatever is requested. */
    synchronized void pagesOf(int files) {
        pageSize = files;
    }

    /** Every n-th page is empty and not the last one; 0 for none. */
    synchronized void emptyPageEvery(int n) {
        emptyEvery = n;
    }

    /** From the n-th page on a listing repeats that page's cursor for ever; 0 to stop that. */
    synchronized void goesInCirclesAt(int page) {
        circleAt = page;
    }

    synchronized SourcePage page(SourcePath path, @Nullable String cursor, int max) {
        int page = cursor == null ? 1 : Integer.parseInt(cursor.substring(0, cursor.indexOf(':')));
        String after = cursor == null ? null : cursor.substring(cursor.indexOf(':') + 1);
        pages++;
        if (emptyEvery > 0 && pages % emptyEvery == 0) {
            return new SourcePage(List.of(), (page + 1) + ":" + (after == null ? "" : after));
        }
        int most = Math.min(max, pageSize);
        TreeMap<String, Stored> all = bucket(path);
        List<SourceFile> found = (after == null ? all : all.tailMap(after, false))
                .values().stream()
                        .filter(stored -> path.contains(stored.key()))
                        .limit(most + 1L)
                        .map(this::file)
                        .toList();
        boolean isLast = found.size() <= most;
        List<SourceFile> files = isLast ? found : found.subList(0, most);
        if (circleAt > 0 && page >= circleAt && cursor != null) {
            return new SourcePage(files, cursor);
        }
        return new SourcePage(
                files, isLast ? null : (page + 1) + ":" + files.getLast().key());
    }

    synchronized Optional<SourceFile> find(SourcePath path, String key) {
        return Optional.ofNullable(bucket(path).get(key)).map(this::file);
    }

    /** The file as it is stored now. */
    synchronized Stored stored(SourcePath path, SourceFile file) {
        Stored stored = bucket(path).get(file.key());
        if (stored == null) {
            throw new SourceException(Diagnosis.VANISHED, "The file is gone");
        }
        return stored;
    }

    /** Fails if there is no such bucket. */
    synchronized void find(SourcePath path) {
        bucket(path);
    }

    private TreeMap<String, Stored> bucket(SourcePath path) {
        return Optional.ofNullable(buckets.get(path.container()))
                .orElseThrow(() -> new SourceException(
                        Diagnosis.BUCKET_NOT_FOUND,
                        "There is no bucket '%s'; correct its name".formatted(path.container())));
    }

    private static final class Zeros extends InputStream {

        private long left;

        private Zeros(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int some = (int) Math.min(length, left);
            Arrays.fill(into, offset, offset + some, (byte) 0);
            left -= some;
            return some;
        }
    }

    private static String hex(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
