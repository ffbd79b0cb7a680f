package dev.waybill.connectors.mux;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.rest.FakeServer;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import dev.waybill.connectors.rest.Pools;
import dev.waybill.testing.Confidential;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fake of Mux Video in memory, by its reference (https://www.mux.com/docs/api-reference/video/assets): assets the
 * newest first by cursors, and another server that delivers renditions
 * (https://www.mux.com/docs/guides/enable-static-mp4-renditions) and masters, which must not get the API's token.
 * Faults are injected by rules.
 */
public final class FakeMux implements AutoCloseable {

    static final String TOKEN_ID = "44c819de-4add-4c9f-b2e9-384a0a71bede";
    static final String TOKEN_SECRET = Confidential.secret("mux-token-secret-INKxoZ+cX6l1yrR6vqzYHVaeFEcqvZShznWM0U");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString((TOKEN_ID + ":" + TOKEN_SECRET).getBytes(UTF_8));

    private final FakeServer api = new FakeServer(this::serve);
    private final FakeServer stream = new FakeServer(this::deliver);
    private final Map<String, Map<String, Object>> assets = new LinkedHashMap<>();
    private final Map<String, byte[]> delivered = new ConcurrentHashMap<>();
    private final Map<String, Long> order = new ConcurrentHashMap<>();
    private long count = 1_700_000_000;

    public String endpoint() {
        return api.endpoint();
    }

    public String streamEndpoint() {
        return stream.endpoint();
    }

    public void first(Function<Seen, @Nullable Answer> rule) {
        api.first(rule);
    }

    public void firstOfStream(Function<Seen, @Nullable Answer> rule) {
        stream.first(rule);
    }

    /** Removes all rules. */
    public void mend() {
        api.mend();
        stream.mend();
    }

    List<Seen> seen() {
        return api.seen();
    }

    /** Requests for bytes. */
    public List<Seen> delivered() {
        return stream.seen();
    }

    // Assets.

    /** An asset's id for a name of the test's own. */
    static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString().replace("-", "");
    }

    /** An asset that was just uploaded, of which nothing is ready. */
    public synchronized String upload(String name) {
        String id = id(name);
        Map<String, Object> asset = new LinkedHashMap<>();
        asset.put("id", id);
        asset.put("status", "preparing");
        asset.put("created_at", String.valueOf(++count));
        asset.put("playback_ids", List.of(Map.of("id", "p" + id, "policy", "public")));
        asset.put("encoding_tier", "smart");
        assets.put(id, asset);
        order.put(id, count);
        return id;
    }

    /** Changes the resource of one. */
    public synchronized void change(String id, Consumer<Map<String, Object>> change) {
        change.accept(assets.get(id));
    }

    /** Makes it ready, without a rendition. */
    public void ready(String id) {
        change(id, asset -> {
            asset.put("status", "ready");
            asset.put("duration", 23.857167);
            asset.put("aspect_ratio", "16:9");
            asset.put("resolution_tier", "1080p");
        });
    }

    /** Adds a ready rendition, or replaces it. */
    public synchronized void render(String id, String name, byte[] bytes) {
        List<Map<String, Object>> files = new ArrayList<>();
        if (assets.get(id).get("static_renditions") instanceof Map<?, ?> before
                && before.get("files") instanceof List<?> some) {
            some.forEach(file -> files.add(copy((Map<?, ?>) file)));
        }
        files.removeIf(file -> file.get("name").equals(name));
        Map<String, Object> file = rendition(name, "ready");
        file.put("filesize", String.valueOf(bytes.length));
        files.add(file);
        assets.get(id).put("static_renditions", Map.of("files", files));
        delivered.put("p" + id + "/" + name, bytes);
    }

    Map<String, Object> rendition(String name, String status) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("id", "r" + ++count);
        file.put("name", name);
        file.put("ext", name.substring(name.lastIndexOf('.') + 1));
        file.put("status", status);
        file.put("resolution", name.substring(0, name.lastIndexOf('.')));
        return file;
    }

    private static Map<String, Object> copy(Map<?, ?> file) {
        Map<String, Object> copy = new LinkedHashMap<>();
        file.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return copy;
    }

    /** An asset with its highest rendition. @return its id */
    String put(String name, byte[] bytes) {
        String id = id(name);
        synchronized (this) {
            if (!assets.containsKey(id)) {
                upload(name);
            }
        }
        ready(id);
        render(id, "highest.mp4", bytes);
        return id;
    }

    public String put(String name, String text) {
        return put(name, text.getBytes(UTF_8));
    }

    /** Makes its master accessible. @return its URL */
    String master(String id, byte[] bytes) {
        delivered.put("masters/" + id, bytes);
        return stream.endpoint() + "/masters/" + id;
    }

    synchronized void delete(String id) {
        assets.remove(id);
    }

    /** Deletes all assets. */
    public synchronized void clear() {
        assets.clear();
        delivered.clear();
        order.clear();
    }

    void undeliver(String file) {
        delivered.remove(file);
    }

    // Responses of Mux.

    private synchronized Answer serve(Seen request) {
        if (!AUTHORIZATION.equals(request.headers().get("Authorization"))) {
            return error(401, "unauthorized", "Unauthorized request");
        }
        if (!request.path().startsWith("/video/v1/assets")) {
            return error(
                    404, "not_found", "The requested resource either doesn't exist or you don't have access to it.");
        }
        String id = request.segment(3);
        if (id.isEmpty()) {
            return list(request.query());
        }
        Map<String, Object> asset = assets.get(id);
        return asset == null
                ? error(404, "not_found", "The requested resource either doesn't exist or you don't have access to it.")
                : json(200, Map.of("data", asset));
    }

    private Answer list(Map<String, String> query) {
        int limit = Integer.parseInt(query.getOrDefault("limit", "25"));
        if (limit > 100) {
            return error(400, "invalid_parameters", "limit must be at most 100");
        }
        String cursor = query.getOrDefault("cursor", "");
        long before = cursor.isEmpty() ? Long.MAX_VALUE : Long.parseLong(decoded(cursor));
        List<Map<String, Object>> rest = assets.values().stream()
                .sorted(Comparator.comparing((Map<String, Object> asset) -> order.get(asset.get("id")))
                        .reversed())
                .filter(asset -> order.get(asset.get("id")) < before)
                .toList();
        List<Map<String, Object>> page = rest.subList(0, Math.min(limit, rest.size()));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("data", page);
        answer.put(
                "next_cursor",
                page.size() < rest.size() ? encoded(order.get(page.getLast().get("id"))) : null);
        return json(200, answer);
    }

    private static String encoded(long position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.valueOf(position).getBytes(UTF_8));
    }

    private static String decoded(String cursor) {
        return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
    }

    private Answer deliver(Seen request) {
        if (request.headers().containsKey("Authorization")) {
            return Answer.of(400, "whoever has the URL needs no token");
        }
        byte[] content = delivered.get(request.path().substring(1));
        if (content == null) {
            return Answer.of(404, "");
        }
        String range = request.headers().get("Range");
        if (range == null) {
            return new Answer(200, Map.of("Content-Type", "video/mp4"), content, -1);
        }
        String[] ends = range.substring("bytes=".length()).split("-", 2);
        int from = Integer.parseInt(ends[0]);
        int to = ends[1].isEmpty() ? content.length : Math.min(content.length, Integer.parseInt(ends[1]) + 1);
        if (from >= content.length) {
            return Answer.of(416, "");
        }
        Map<String, String> headers = Map.of("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, content.length));
        return new Answer(206, headers, Arrays.copyOfRange(content, from, to), -1);
    }

    public static Answer error(int status, String type, String message, String... headers) {
        return Answer.of(
                status,
                JSON.writeValueAsString(Map.of("error", Map.of("type", type, "messages", List.of(message)))),
                headers);
    }

    private static Answer json(int status, Map<String, Object> body) {
        return Answer.of(status, JSON.writeValueAsString(body), "Content-Type", "application/json");
    }

    // Connectors to it.

    Connector connector() {
        MuxProperties properties = new MuxProperties(URI.create(endpoint()), URI.create(stream.endpoint()));
        return new MuxConnector(properties, Pools.loopback(), InstantSource.system());
    }

    public static Map<String, Object> settings() {
        return Map.of("access_token_id", TOKEN_ID, "access_token_secret", TOKEN_SECRET);
    }

    Source open() {
        return open(settings());
    }

    Source open(Map<String, Object> settings) {
        Connector connector = connector();
        return connector.open(connector.read(settings, "body.provider_config"));
    }

    @Override
    public void close() {
        api.close();
        stream.close();
    }
}
