package dev.waybill.connectors.box;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.rest.FakeServer;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import dev.waybill.connectors.rest.Pools;
import dev.waybill.connectors.rest.RestPools;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fake of Box in memory, by its reference of version 2.0 (https://developer.box.com/reference): folders page by page
 * by markers (get-folders-id-items), and files (get-files-id-content) whose bytes are at another server, which must not
 * get the token. Ids are counted; within a folder the other folders come first, and all by their ids. Faults are
 * injected by rules.
 */
public final class FakeBox implements AutoCloseable {

    static final String ALL_FILES = "0";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String[] RANKS = {"folder", "file", "web_link"};

    private final FakeServer api = new FakeServer(this::serve);
    private final FakeServer bytes = new FakeServer(this::download);
    private final Map<Long, Item> items = new TreeMap<>();
    private final FakeBoxTokens tokens = new FakeBoxTokens();
    private boolean keepsVersions = true;
    private long ids = 100;

    /** @param versions of a file, the latest last */
    private static final class Item {

        private final String type;
        private final long id;
        private String name;
        private long parent;
        private String description = "";
        private boolean isTrashed;
        private final List<Version> versions = new ArrayList<>();
        private int edits;

        private Item(String type, long id, String name, long parent) {
            this.type = type;
            this.id = id;
            this.name = name;
            this.parent = parent;
        }
    }

    private record Version(long id, byte[] bytes) {}

    public FakeBox() {
        items.put(0L, new Item("folder", 0, "All Files", -1));
    }

    public String endpoint() {
        return api.endpoint();
    }

    /** Adds a rule that may answer requests to the API first. */
    public void first(Function<Seen, @Nullable Answer> rule) {
        api.first(rule);
    }

    /** The same for downloads. */
    public void firstOfBytes(Function<Seen, @Nullable Answer> rule) {
        bytes.first(rule);
    }

    /** Removes all rules. */
    public void mend() {
        api.mend();
        bytes.mend();
    }

    List<Seen> seen() {
        return api.seen();
    }

    /** Requests for bytes. */
    public List<Seen> downloads() {
        return bytes.seen();
    }

    // Tokens.

    public FakeBoxTokens tokens() {
        return tokens;
    }

    // Files and folders.

    void keepsNoVersions() {
        keepsVersions = false;
    }

    /** Puts a file, or its next version; creates missing folders. @return its id */
    synchronized String put(String key, byte[] content, String description) {
        String[] names = key.split("/", -1);
        long parent = 0;
        for (String name : Arrays.copyOf(names, names.length - 1)) {
            parent = child("folder", name, parent).id;
        }
        Item file = child("file", names[names.length - 1], parent);
        file.versions.add(new Version(++ids, content));
        file.description = description;
        file.edits++;
        return String.valueOf(file.id);
    }

    public String put(String key, String text) {
        return put(key, text.getBytes(UTF_8), "");
    }

    synchronized String putLink(String name) {
        return String.valueOf(child("web_link", name, 0).id);
    }

    private Item child(String type, String name, long parent) {
        return items.values().stream()
                .filter(item -> item.type.equals(type) && item.parent == parent && item.name.equals(name))
                .filter(item -> !item.isTrashed)
                .findFirst()
                .orElseGet(() -> {
                    Item made = new Item(type, ++ids, name, parent);
                    items.put(made.id, made);
                    return made;
                });
    }

    synchronized String id(String key) {
        return String.valueOf(find(key).id);
    }

    synchronized void trash(String key) {
        find(key).isTrashed = true;
    }

    /** Renames and moves a file or a folder. */
    public synchronized void move(String key, String to) {
        Item item = find(key);
        String[] names = to.split("/", -1);
        long parent = 0;
        for (String name : Arrays.copyOf(names, names.length - 1)) {
            parent = child("folder", name, parent).id;
        }
        item.parent = parent;
        item.name = names[names.length - 1];
        item.edits++;
    }

    private Item find(String key) {
        long parent = 0;
        @Nullable Item found = null;
        for (String name : key.split("/", -1)) {
            long within = parent;
            found = items.values().stream()
                    .filter(item -> item.parent == within && item.name.equals(name) && !item.isTrashed)
                    .findFirst()
                    .orElseThrow();
            parent = found.id;
        }
        return Objects.requireNonNull(found);
    }

    // Responses of Box.

    private synchronized Answer serve(Seen request) {
        if (request.path().equals("/oauth2/token")) {
            return tokens.grant(Seen.fields(request.body()));
        }
        String token = request.headers().getOrDefault("Authorization", "").replace("Bearer ", "");
        if (!tokens.isGood(token)) {
            return Answer.of(401, "", "WWW-Authenticate", "Bearer realm=\"Service\", error=\"invalid_token\"");
        }
        if (request.path().equals("/2.0/users/me")) {
            return json(
                    200, Map.of("type", "user", "id", "11446498", "name", "App", "login", "App_1@boxdevedition.com"));
        }
        @Nullable Item item = item(request.segment(2));
        String kind = request.segment(1);
        if (item == null || item.isTrashed || !kind.equals(item.type + "s")) {
            return error(404, "not_found", "Not Found");
        }
        return switch (request.segment(3)) {
            case "items" -> list(request, item);
            case "content" -> content(request, item);
            default -> json(200, described(item));
        };
    }

    private @Nullable Item item(String id) {
        return id.matches("[0-9]{1,18}") ? items.get(Long.parseLong(id)) : null;
    }

    private Answer list(Seen request, Item folder) {
        Map<String, String> query = request.query();
        if (!query.getOrDefault("usemarker", "").equals("true")) {
            return error(400, "bad_request", "offsets are not for those who want all");
        }
        int limit = Integer.parseInt(query.get("limit"));
        String marker = query.getOrDefault("marker", "");
        long after = marker.isEmpty() ? -1 : position(marker);
        List<Item> children = items.values().stream()
                .filter(item -> item.parent == folder.id && !item.isTrashed)
                .sorted(Comparator.comparingLong(FakeBox::position))
                .filter(item -> position(item) > after)
                .toList();
        List<Item> page = children.subList(0, Math.min(limit, children.size()));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("entries", page.stream().map(this::described).toList());
        answer.put("limit", limit);
        answer.put("next_marker", page.size() < children.size() ? marker(page.getLast()) : "");
        return json(200, answer);
    }

    private static long position(Item item) {
        return Arrays.asList(RANKS).indexOf(item.type) * 1_000_000_000L + item.id;
    }

    private static String marker(Item last) {
        return Base64.getUrlEncoder().encodeToString(("{\"after\":" + position(last) + "}").getBytes(UTF_8));
    }

    private static long position(String marker) {
        String text = new String(Base64.getUrlDecoder().decode(marker), UTF_8);
        return Long.parseLong(text.replaceAll("[^0-9]", ""));
    }

    private Map<String, Object> described(Item item) {
        List<Map<String, Object>> path = new ArrayList<>();
        for (@Nullable Item at = items.get(item.parent); at != null; at = items.get(at.parent)) {
            path.addFirst(Map.of("type", "folder", "id", String.valueOf(at.id), "name", at.name));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", item.type);
        json.put("id", String.valueOf(item.id));
        json.put("etag", String.valueOf(item.edits));
        json.put("name", item.name);
        json.put("modified_at", Instant.parse("2026-01-01T00:00:00Z").plusSeconds(item.id) + "");
        json.put("description", item.description);
        json.put("path_collection", Map.of("total_count", path.size(), "entries", path));
        json.put("item_status", "active");
        if (item.type.equals("file")) {
            Version latest = item.versions.getLast();
            String sha1 = sha1(latest.bytes());
            json.put("size", latest.bytes().length);
            json.put("sha1", sha1);
            json.put("file_version", Map.of("type", "file_version", "id", String.valueOf(latest.id()), "sha1", sha1));
        }
        return json;
    }

    private Answer content(Seen request, Item file) {
        long wanted = Long.parseLong(request.query()
                .getOrDefault("version", String.valueOf(file.versions.getLast().id())));
        boolean isKept = file.versions.stream()
                .filter(version -> keepsVersions || version.equals(file.versions.getLast()))
                .anyMatch(version -> version.id() == wanted);
        return isKept
                ? Answer.of(302, "", "Location", "%s/d/1/%d/%d/download".formatted(bytes.endpoint(), file.id, wanted))
                : error(404, "not_found", "Not Found");
    }

    private synchronized Answer download(Seen request) {
        if (request.headers().containsKey("Authorization")) {
            return Answer.of(400, "whoever has the URL needs no token");
        }
        Item file = items.get(Long.parseLong(request.segment(2)));
        byte[] content = file.versions.stream()
                .filter(version -> version.id() == Long.parseLong(request.segment(3)))
                .findFirst()
                .orElseThrow()
                .bytes();
        String range = request.headers().get("Range");
        if (range == null) {
            return new Answer(200, Map.of("Content-Type", "text/plain"), content, -1);
        }
        int from = Integer.parseInt(range.substring("bytes=".length()).split("-")[0]);
        if (from >= content.length) {
            return Answer.of(416, "");
        }
        Map<String, String> headers =
                Map.of("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        return new Answer(206, headers, Arrays.copyOfRange(content, from, content.length), -1);
    }

    public static Answer error(int status, String code, String message, String... headers) {
        return Answer.of(
                status,
                JSON.writeValueAsString(Map.of(
                        "type", "error", "status", status, "code", code, "message", message, "request_id", "abc")),
                headers);
    }

    static Answer json(int status, Map<String, Object> body) {
        return Answer.of(status, JSON.writeValueAsString(body), "Content-Type", "application/json");
    }

    static String sha1(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // Connectors to it.

    Connector connector() {
        return connector(Pools.loopback(), InstantSource.system());
    }

    Connector connector(RestPools pools, InstantSource clock) {
        return new BoxConnector(new BoxProperties(URI.create(endpoint())), pools, clock);
    }

    Source open(Map<String, Object> settings) {
        Connector connector = connector();
        return connector.open(connector.read(settings, "body.provider_config"));
    }

    @Override
    public void close() {
        api.close();
        bytes.close();
    }
}
