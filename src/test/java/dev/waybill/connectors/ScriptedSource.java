package dev.waybill.connectors;

import dev.waybill.connectors.ScriptedFiles.Content;
import dev.waybill.connectors.ScriptedFiles.Draft;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.testing.Confidential;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connector to a scripted storage in memory: it fails at the n-th call, throttles, cuts streams, or changes files
 * while they are read. One instance is the provider with all its files; sources that are opened with it see the same
 * files. Thread-safe.
 *
 * <pre>{@code var script = new ScriptedSource(); script.put("videos/a.mp4", "bytes");
 * script.on(Call.LIST).nth(3).fails(Diagnosis.NETWORK);
 * script.on(Call.OPEN).of("videos/a.mp4").times(2).throttles(Duration.ofSeconds(1));
 * script.on(Call.READ).of("videos/a.mp4").behind(3).once().endsShort(); }</pre>
 */
public final class ScriptedSource implements Connector {

    public static final String PROVIDER = "scripted";

    /** The default bucket of files. */
    public static final String BUCKET = "elsewhere";

    /** The one valid secret. */
    public static final String SECRET = Confidential.secret("scripted-secret-that-is-forty-letters-long");

    private static final BucketPaths PATHS = new BucketPaths(List.of(PROVIDER), Pattern.compile("[A-Za-z0-9._-]+"));

    private final ScriptedFiles files = new ScriptedFiles(BUCKET);

    private final List<ScriptedRule> rules = new CopyOnWriteArrayList<>();

    private final Map<Call, Integer> calls = new EnumMap<>(Call.class);

    private final List<String> opened = new ArrayList<>();

    private boolean expired;

    private int reading;

    private int mostReading;

    private int open;

    /** What may be scripted. READ is reached by each read of a stream's bytes. */
    public enum Call {
        CHECK,
        LIST,
        LOOK,
        OPEN,
        READ,
        TAGS
    }

    public SourceFile put(String key, String text) {
        return put(BUCKET, key, Draft.of(text));
    }

    public SourceFile put(String key, byte[] bytes) {
        return put(BUCKET, key, Draft.of(Content.of(bytes)));
    }

    public SourceFile put(String key, Draft draft) {
        return put(BUCKET, key, draft);
    }

    /** Puts or replaces a file; creates the bucket if absent. */
    public SourceFile put(String bucket, String key, Draft draft) {
        return files.put(bucket, key, draft);
    }

    /** Gives a file an id of its own from here on, under whatever key it is put. */
    public void knows(String bucket, String key, String id) {
        files.knows(bucket, key, id);
    }

    /** The note of files that cannot be read. */
    public void says(String why) {
        files.says(why);
    }

    public void remove(String key) {
        remove(BUCKET, key);
    }

    public void remove(String bucket, String key) {
        files.remove(bucket, key);
    }

    /** Removes the bucket with all its files. */
    public void removeBucket(String bucket) {
        files.removeBucket(bucket);
    }

    /** Every key of the default bucket, in their order. */
    public List<String> keys() {
        return files.keys(BUCKET);
    }

    // The script.

    /** Limits the page size, whatever is requested. */
    public void pagesOf(int most) {
        files.pagesOf(most);
    }

    /** Every n-th page is empty and not the last one; 0 for none. */
    public void emptyPageEvery(int n) {
        files.emptyPageEvery(n);
    }

    /** From the n-th page on a listing repeats that page's cursor for ever; 0 to stop that. */
    public void goesInCirclesAt(int page) {
        files.goesInCirclesAt(page);
    }

    /** Expires its credentials. */
    public synchronized void expire() {
        expired = true;
    }

    public synchronized void renew() {
        expired = false;
    }

    /** Begins a rule; it applies once it is complete. Of several that match a call, the first decides. */
    public ScriptedRule on(Call call) {
        return new ScriptedRule(call, rules);
    }

    /** Removes all rules. */
    public void behave() {
        rules.clear();
    }

    // Recorded calls.

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

    /** How many streams are open now: none, once all is done. */
    public synchronized int reading() {
        return reading;
    }

    /** How many sources are open. */
    public synchronized int openSources() {
        return open;
    }

    void reach(Call call, @Nullable String key) {
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

    /** One of its streams is about to be read. @param at the bytes read before */
    void reading(String key, long at) throws IOException {
        synchronized (this) {
            calls.merge(Call.READ, 1, Integer::sum);
        }
        obey(Call.READ, key, at);
    }

    /** So that a rule that applies after so many bytes applies right after them. */
    long untilNextRule(String key, long at) {
        return rules.stream().mapToLong(rule -> rule.until(key, at)).min().orElse(Long.MAX_VALUE);
    }

    /** One of its files is about to be opened. */
    synchronized void opens(String key) {
        opened.add(key);
    }

    synchronized ScriptedStream stream(String key, Content content, long from) {
        reading++;
        mostReading = Math.max(mostReading, reading);
        return new ScriptedStream(this, key, content, from);
    }

    /** One of its streams is closed. */
    synchronized void closed() {
        reading--;
    }

    /** One of its sources is closed. */
    synchronized void leaves() {
        open--;
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
    public String contractName() {
        return "s3";
    }

    /** Takes {@code bucket_name}, {@code prefix}, {@code credentials.access_key_id} and {@code .secret_access_key}. */
    @Override
    public ConnectorConfig read(Map<String, Object> config, String at) {
        Map<String, Object> settings = new LinkedHashMap<>(config);
        settings.put("provider_type", PROVIDER);
        if (!(config.get("credentials") instanceof Map<?, ?> sent)
                || !(sent.get("access_key_id") instanceof String id)
                || !(sent.get("secret_access_key") instanceof String secret)) {
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

    /** Valid settings. */
    public static Map<String, Object> settings() {
        return Map.of(
                "provider_type",
                PROVIDER,
                "bucket_name",
                BUCKET,
                "credentials",
                Map.of("type", "access_key", "access_key_id", "scripted-key-id", "secret_access_key", SECRET));
    }

    /** Files are the same at any endpoint: there is one script. */
    @Override
    public String location(ConnectorConfig config) {
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
        return new ScriptedOpening(this, files, SECRET.equals(config.secrets().get("credentials.secret_access_key")));
    }

    /** Opens it with valid settings. */
    public Source open() {
        return open(read(settings(), "body.provider_config"));
    }
}
