package dev.waybill.connectors;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.testing.Confidential;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A storage elsewhere that is in memory only and does what a test tells it to: it fails at the n-th call, asks for
 * patience, cuts streams, changes files while they are read. One instance is the provider and all that lies with it;
 * sources that are opened with it see the same files. Thread-safe.
 *
 * <pre>{@code
 * var script = new ScriptedSource();
 * script.put("videos/a.mp4", "bytes");
 * script.on(Call.LIST).nth(3).fails(Diagnosis.NETWORK);
 * script.on(Call.OPEN).of("videos/a.mp4").times(2).throttles(Duration.ofSeconds(1));
 * script.on(Call.READ).of("videos/a.mp4").behind(3).once().endsShort();
 * }</pre>
 */
public final class ScriptedSource implements Connector {

    public static final String PROVIDER = "scripted";

    /** The bucket that files are put in unless a test says otherwise. */
    public static final String BUCKET = "elsewhere";

    /** The one secret that opens it. */
    public static final String SECRET = Confidential.secret("scripted-secret-that-is-forty-letters-long");

    private static final Comparator<String> BY_BYTES = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    private static final BucketPaths PATHS = new BucketPaths(List.of(PROVIDER), Pattern.compile("[A-Za-z0-9._-]+"));

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, TreeMap<String, Stored>> buckets = new TreeMap<>();

    private final List<ScriptedRule> rules = new CopyOnWriteArrayList<>();

    private final Map<Call, Integer> calls = new EnumMap<>(Call.class);

    private final List<String> opened = new ArrayList<>();

    private final Map<String, String> ids = new TreeMap<>();

    private @Nullable String note;

    private int pageSize = Integer.MAX_VALUE;

    private int emptyEvery;

    private int circleAt;

    private boolean expired;

    private int seconds;

    private int reading;

    private int mostReading;

    private int pages;

    private int open;

    public ScriptedSource() {
        buckets.put(BUCKET, new TreeMap<>(BY_BYTES));
    }

    /** What may be scripted. READ is reached by each read of a stream's bytes. */
    public enum Call {
        CHECK,
        LIST,
        LOOK,
        OPEN,
        READ,
        TAGS
    }

    /** Bytes of a file, as many as one likes: they need not be in memory. */
    public interface Content {

        long size();

        /** What stands for the bytes, as an ETag does. */
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

        /** So many zeros, of which none is kept. */
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

        /** Its source is still preparing it, until it is put again; nobody knows its size. */
        public Draft pending() {
            return ofKind(SourceFile.Kind.PENDING);
        }

        /** Its bytes are not to be had until it is put again. */
        public Draft unavailable() {
            return ofKind(SourceFile.Kind.UNAVAILABLE);
        }

        private Draft ofKind(SourceFile.Kind other) {
            return new Draft(
                    content, contentType, contentEncoding, metadata, tags, storageClass, other, modifiedAt, checksums);
        }

        /** It lies in an archive until it is put again. */
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

        /** What it says of its bytes, true or not. */
        public Draft checksums(SourceContent.Checksum... told) {
            return new Draft(
                    content,
                    contentType,
                    contentEncoding,
                    metadata,
                    tags,
                    storageClass,
                    kind,
                    modifiedAt,
                    List.of(told));
        }
    }

    private record Stored(String bucket, String key, Draft draft, Instant modifiedAt) {

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

    // What lies there.

    public SourceFile put(String key, String text) {
        return put(BUCKET, key, Draft.of(text));
    }

    public SourceFile put(String key, byte[] bytes) {
        return put(BUCKET, key, Draft.of(Content.of(bytes)));
    }

    public SourceFile put(String key, Draft draft) {
        return put(BUCKET, key, draft);
    }

    /** Puts a file, or replaces it; the bucket is made if need be. */
    public synchronized SourceFile put(String bucket, String key, Draft draft) {
        Instant at = draft.modifiedAt() == null ? EPOCH.plusSeconds(++seconds) : draft.modifiedAt();
        Stored stored = new Stored(bucket, key, draft, at);
        buckets.computeIfAbsent(bucket, name -> new TreeMap<>(BY_BYTES)).put(key, stored);
        return file(stored);
    }

    /** A file is known by an id of its own from here on, under whatever key it is put. */
    public synchronized void knows(String bucket, String key, String id) {
        ids.put(bucket + "/" + key, id);
    }

    /** What is said of files that cannot be read. */
    public synchronized void says(String why) {
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

    public void remove(String key) {
        remove(BUCKET, key);
    }

    public synchronized void remove(String bucket, String key) {
        buckets.getOrDefault(bucket, new TreeMap<>()).remove(key);
    }

    /** Removes the bucket with all its files. */
    public synchronized void removeBucket(String bucket) {
        buckets.remove(bucket);
    }

    /** Every key of the usual bucket, in their order. */
    public synchronized List<String> keys() {
        return List.copyOf(buckets.getOrDefault(BUCKET, new TreeMap<>()).keySet());
    }

    // What it does.

    /** No page has more files than so many, whatever is asked for. */
    public synchronized void pagesOf(int files) {
        pageSize = files;
    }

    /** Every n-th page is empty and not the last one; 0 for none. */
    public synchronized void emptyPageEvery(int n) {
        emptyEvery = n;
    }

    /** A listing that has come to its n-th page never ends: it tells where that page began, for ever; 0 to stop that. */
    public synchronized void goesInCirclesAt(int page) {
        circleAt = page;
    }

    /** From now on its credentials are over. */
    public synchronized void expire() {
        expired = true;
    }

    public synchronized void renew() {
        expired = false;
    }

    /** Begins a rule; it holds once its last word is said. Of several that fit a call, the first decides. */
    public ScriptedRule on(Call call) {
        return new ScriptedRule(call, rules);
    }

    /** Forgets all rules. */
    public void behave() {
        rules.clear();
    }

    // What was asked of it.

    public synchronized int calls(Call call) {
        return calls.getOrDefault(call, 0);
    }

    /** The keys that were opened, in that order, each as often as it was. */
    public synchronized List<String> opened() {
        return List.copyOf(opened);
    }

    /** How many streams were open at once at the most. */
    public synchronized int mostReading() {
        return mostReading;
    }

    /** How many streams are open now: nobody's, once all is done. */
    public synchronized int reading() {
        return reading;
    }

    /** How many sources are open. */
    public synchronized int openSources() {
        return open;
    }

    private void reach(Call call, @Nullable String key) {
        synchronized (this) {
            calls.merge(call, 1, Integer::sum);
        }
        try {
            obey(call, key, Long.MAX_VALUE);
        } catch (IOException e) {
            throw new IllegalStateException("only what is read can break off", e);
        }
        synchronized (this) {
            if (expired) {
                throw new SourceException(Diagnosis.EXPIRED_CREDENTIALS, "The credentials are over; give new ones");
            }
        }
    }

    private void obey(Call call, @Nullable String key, long at) throws IOException {
        for (ScriptedRule rule : rules) {
            ScriptedRule.Act act = rule.match(call, key, at);
            if (act != null) {
                act.happen();
                return;
            }
        }
    }

    /** One of its streams is to be read from. @param at how many bytes came before */
    void reading(String key, long at) throws IOException {
        synchronized (this) {
            calls.merge(Call.READ, 1, Integer::sum);
        }
        obey(Call.READ, key, at);
    }

    /** So that a rule that waits for so many bytes comes right behind them. */
    long untilNextRule(String key, long at) {
        return rules.stream().mapToLong(rule -> rule.until(key, at)).min().orElse(Long.MAX_VALUE);
    }

    /** One of its streams is. */
    synchronized void closed() {
        reading--;
    }

    // The provider.

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public Set<String> aliases() {
        return Set.of("script");
    }

    @Override
    public String toldAs() {
        return "s3";
    }

    /** Takes {@code bucket_name}, {@code prefix}, {@code credentials.access_key_id} and {@code .secret_access_key}. */
    @Override
    public ConnectorConfig read(Map<String, Object> config, String at) {
        Map<String, Object> settings = new LinkedHashMap<>(config);
        settings.put("provider_type", PROVIDER);
        if (!(config.get("credentials") instanceof Map<?, ?> given)
                || !(given.get("access_key_id") instanceof String id)
                || !(given.get("secret_access_key") instanceof String secret)) {
            throw InvalidRequest.field(
                    "credentials", "Give credentials with access_key_id and secret_access_key", "missing");
        }
        Map<String, Object> credentials = new LinkedHashMap<>();
        credentials.put("type", "access_key");
        credentials.put("access_key_id", id);
        settings.put("credentials", credentials);
        return new ConnectorConfig(
                PROVIDER, settings, Map.of("credentials.secret_access_key", secret), PROVIDER + " " + id);
    }

    /** Settings that open it. */
    public static Map<String, Object> settings() {
        return Map.of(
                "provider_type",
                PROVIDER,
                "bucket_name",
                BUCKET,
                "credentials",
                Map.of("type", "access_key", "access_key_id", "scripted-key-id", "secret_access_key", SECRET));
    }

    /** What lies in another place is the same here: there is one script. */
    @Override
    public String place(ConnectorConfig config) {
        return config.settings().get("endpoint_url") instanceof String endpoint ? endpoint : PROVIDER;
    }

    @Override
    public SourcePath path(ConnectorConfig config, String sourcePath) {
        String bucket = config.settings().get("bucket_name") instanceof String name ? name : null;
        String prefix = config.settings().get("prefix") instanceof String text ? text : "";
        return PATHS.read(bucket, prefix, sourcePath);
    }

    @Override
    public Source open(ConnectorConfig config) {
        synchronized (this) {
            open++;
        }
        return new Opened(SECRET.equals(config.secrets().get("credentials.secret_access_key")));
    }

    /** It, opened with settings that are good. */
    public Source open() {
        return open(read(settings(), "body.provider_config"));
    }

    private final class Opened implements Source {

        private final boolean isKnown;
        private boolean closed;

        private Opened(boolean isKnown) {
            this.isKnown = isKnown;
        }

        @Override
        public SourceProfile check(@Nullable SourcePath path) {
            try {
                enter(Call.CHECK, null);
                if (path != null) {
                    bucket(path);
                }
                return profile(null, "Everything works");
            } catch (SourceException e) {
                return profile(e.diagnosis(), e.getMessage());
            }
        }

        private SourceProfile profile(@Nullable Diagnosis problem, String message) {
            boolean works = problem == null;
            return new SourceProfile(
                    problem,
                    message,
                    "memory",
                    null,
                    Duration.ofMillis(1),
                    Duration.ZERO,
                    null,
                    List.of(new SourceProfile.Check("list", works, problem, message)),
                    new SourceProfile.Capabilities(
                            works,
                            works,
                            true,
                            true,
                            false,
                            true,
                            true,
                            List.of(SourceContent.Algorithm.MD5),
                            1_000,
                            false,
                            true),
                    Map.of(),
                    null);
        }

        @Override
        public SourcePage list(SourcePath path, @Nullable String cursor, int max) {
            if (max < 1 || max > 1_000) {
                throw new IllegalArgumentException("a page has 1 to 1000 files");
            }
            enter(Call.LIST, null);
            synchronized (ScriptedSource.this) {
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
                                .map(ScriptedSource.this::file)
                                .toList();
                boolean isLast = found.size() <= most;
                List<SourceFile> files = isLast ? found : found.subList(0, most);
                if (circleAt > 0 && page >= circleAt && cursor != null) {
                    return new SourcePage(files, cursor);
                }
                return new SourcePage(
                        files,
                        isLast ? null : (page + 1) + ":" + files.getLast().key());
            }
        }

        @Override
        public Optional<SourceFile> look(SourcePath path, String key) {
            enter(Call.LOOK, key);
            synchronized (ScriptedSource.this) {
                return Optional.ofNullable(bucket(path).get(key)).map(ScriptedSource.this::file);
            }
        }

        @Override
        public SourceContent open(SourcePath path, SourceFile file, long from) {
            enter(Call.OPEN, file.key());
            synchronized (ScriptedSource.this) {
                opened.add(file.key());
                Stored stored = bucket(path).get(file.key());
                if (stored == null) {
                    throw new SourceException(Diagnosis.VANISHED, "The file is gone");
                }
                if (!stored.version().equals(file.version())) {
                    throw new SourceException(Diagnosis.CHANGED_DURING_READ, "The file has another version by now");
                }
                if (stored.kind() == SourceFile.Kind.ARCHIVED) {
                    throw new SourceException(Diagnosis.ARCHIVED, "The file lies in an archive; restore it first");
                }
                reading++;
                mostReading = Math.max(mostReading, reading);
                Map<String, String> metadata = new TreeMap<>();
                stored.draft().metadata().forEach((name, value) -> metadata.put(name.toLowerCase(Locale.ROOT), value));
                return new SourceContent(
                        new ScriptedStream(
                                ScriptedSource.this,
                                stored.key(),
                                stored.draft().content(),
                                from),
                        stored.draft().content().size() - from,
                        stored.draft().contentType(),
                        stored.draft().contentEncoding(),
                        metadata,
                        from == 0 ? stored.checksums() : List.of());
            }
        }

        @Override
        public Map<String, String> tags(SourcePath path, SourceFile file) {
            enter(Call.TAGS, file.key());
            synchronized (ScriptedSource.this) {
                Stored stored = bucket(path).get(file.key());
                if (stored == null) {
                    throw new SourceException(Diagnosis.VANISHED, "The file is gone");
                }
                return stored.draft().tags();
            }
        }

        @Override
        public void close() {
            synchronized (ScriptedSource.this) {
                if (!closed) {
                    closed = true;
                    open--;
                }
            }
        }

        private void enter(Call call, @Nullable String key) {
            synchronized (ScriptedSource.this) {
                if (closed) {
                    throw new IllegalStateException("the source is closed");
                }
            }
            reach(call, key);
            if (!isKnown) {
                throw new SourceException(
                        Diagnosis.INVALID_CREDENTIALS, "The secret is wrong; correct secret_access_key");
            }
        }

        /** With the lock held. */
        private TreeMap<String, Stored> bucket(SourcePath path) {
            synchronized (ScriptedSource.this) {
                return Optional.ofNullable(buckets.get(path.container()))
                        .orElseThrow(() -> new SourceException(
                                Diagnosis.BUCKET_NOT_FOUND,
                                "There is no bucket '%s'; correct its name".formatted(path.container())));
            }
        }
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
