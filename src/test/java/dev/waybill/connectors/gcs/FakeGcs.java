package dev.waybill.connectors.gcs;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.rest.FakeServer;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import dev.waybill.connectors.rest.Pools;
import dev.waybill.connectors.rest.RestPools;
import dev.waybill.testing.Confidential;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fake of Google Cloud Storage in memory: the token endpoint, which verifies signatures, and of the JSON API
 * objects.list, objects.get with and without {@code alt=media}, and buckets.get. After
 * https://cloud.google.com/storage/docs/json_api/v1, its status codes page and
 * https://developers.google.com/identity/protocols/oauth2/service-account. It counts generations, returns only the
 * requested fields, and decompresses for clients that do not accept gzip, as Google does.
 */
public final class FakeGcs implements AutoCloseable {

    public static final String BUCKET = "elsewhere";
    static final String EMAIL = "reader@project.iam.gserviceaccount.com";
    static final String KEY_ID = "0123456789abcdef0123456789abcdef01234567";

    private static final KeyPair KEYS = keys();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

    private final FakeServer server = new FakeServer(this::serve);
    private final NavigableMap<String, Stored> files = new TreeMap<>(
            Comparator.comparing((String key) -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger granted = new AtomicInteger();
    private boolean isPaidByReaders;
    private long generations = 1_700_000_000_000_000L;

    /** @param properties of its resource, besides those that follow from its bytes */
    record Stored(byte[] bytes, long generation, Map<String, Object> properties) {}

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private key as in a key file; no line of it may be logged. */
    static String privateKey() {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(KEYS.getPrivate().getEncoded());
        base64.lines().filter(line -> line.length() == 64).skip(2).limit(3).forEach(Confidential::secret);
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    /** A key file, as Google issues it. */
    public static Map<String, Object> keyFile() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("type", "service_account");
        file.put("project_id", "project");
        file.put("private_key_id", KEY_ID);
        file.put("private_key", privateKey());
        file.put("client_email", EMAIL);
        file.put("client_id", "123456789012345678901");
        file.put("auth_uri", "https://accounts.google.com/o/oauth2/auth");
        file.put("token_uri", "https://oauth2.googleapis.com/token");
        file.put("auth_provider_x509_cert_url", "https://www.googleapis.com/oauth2/v1/certs");
        file.put("universe_domain", "googleapis.com");
        return file;
    }

    GcsProperties properties() {
        return new GcsProperties(URI.create(server.endpoint()), URI.create(server.endpoint() + "/token"));
    }

    /** Opens it, as a connection does. */
    Source open(Map<String, Object> more) {
        return open(more, Pools.loopback(), InstantSource.system());
    }

    Source open(Map<String, Object> more, RestPools pools, InstantSource clock) {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of("credentials", keyFile()));
        settings.putAll(more);
        GcsConnector connector = new GcsConnector(properties(), pools, clock);
        return connector.open(connector.read(settings, "body.provider_config"));
    }

    public FakeServer server() {
        return server;
    }

    /** Requests that are not for tokens. */
    List<Seen> seen() {
        return server.seen().stream()
                .filter(request -> !request.path().equals("/token"))
                .toList();
    }

    void readersPay() {
        isPaidByReaders = true;
    }

    /** How many tokens it issued. */
    int granted() {
        return granted.get();
    }

    /** Invalidates all tokens that it issued. */
    void forgetTokens() {
        tokens.clear();
    }

    void put(String key, String text) {
        put(key, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public synchronized void put(String key, byte[] bytes, Map<String, Object> properties) {
        files.put(key, new Stored(bytes, ++generations, properties));
    }

    /** One with the content encoding gzip. */
    public void putPacked(String key, byte[] gzip) {
        put(key, gzip, Map.of("contentEncoding", "gzip"));
    }

    synchronized void remove(String key) {
        files.remove(key);
    }

    public static Answer error(int status, String reason, String message, String... headers) {
        return Answer.of(
                status,
                JSON.writeValueAsString(Map.of(
                        "error",
                        Map.of(
                                "code",
                                status,
                                "message",
                                message,
                                "errors",
                                List.of(Map.of("message", message, "domain", "global", "reason", reason))))),
                headers);
    }

    static Answer tokenError(int status, String error, String description) {
        return Answer.of(status, JSON.writeValueAsString(Map.of("error", error, "error_description", description)));
    }

    /** Answers as Google does. */
    public synchronized Answer serve(Seen request) {
        if (request.path().equals("/token")) {
            return token(Seen.fields(request.body()));
        }
        String token = request.headers().getOrDefault("Authorization", "").replace("Bearer ", "");
        if (!tokens.contains(token)) {
            return error(401, "authError", "Invalid Credentials");
        }
        if (!request.path().startsWith("/storage/v1/b/") || !request.segment(3).equals(BUCKET)) {
            return error(404, "notFound", "The specified bucket does not exist.");
        }
        if (isPaidByReaders && !request.query().containsKey("userProject")) {
            return error(400, "required", "Bucket is a requester pays bucket but no user project provided.");
        }
        if (request.segment(4).isEmpty()) {
            return json(Map.of("location", "EUROPE-WEST3", "versioning", Map.of("enabled", false)));
        }
        return request.segment(5).isEmpty() ? list(request.query()) : get(request, request.segment(5));
    }

    private Answer token(Map<String, String> form) {
        String[] parts = form.getOrDefault("assertion", "").split("\\.");
        if (parts.length != 3 || !isSigned(parts)) {
            return tokenError(400, "invalid_grant", "Invalid JWT Signature.");
        }
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        if (!claims.path("iss").asString("").equals(EMAIL)) {
            return tokenError(400, "invalid_grant", "Invalid grant: account not found");
        }
        Duration off = Duration.between(
                Instant.now(), Instant.ofEpochSecond(claims.path("iat").asLong(0)));
        long life = claims.path("exp").asLong(0) - claims.path("iat").asLong(0);
        if (off.abs().compareTo(Duration.ofMinutes(5)) > 0 || life > 3_600) {
            return tokenError(
                    400,
                    "invalid_grant",
                    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your "
                            + "iat and exp values in the JWT claim.");
        }
        if (!claims.path("aud").asString("").equals(server.endpoint() + "/token")
                || !claims.path("scope").asString("").endsWith("/auth/devstorage.read_only")) {
            return tokenError(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");
        }
        String token = Confidential.secret("ya29.fake-" + granted.incrementAndGet() + "-" + System.nanoTime());
        tokens.add(token);
        return json(Map.of("access_token", token, "expires_in", 3_599, "token_type", "Bearer"));
    }

    private static boolean isSigned(String[] parts) {
        try {
            JsonNode header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(KEYS.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return header.path("alg").asString("").equals("RS256")
                    && header.path("kid").asString("").equals(KEY_ID)
                    && signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private Answer list(Map<String, String> query) {
        String token = query.get("pageToken");
        String prefix = query.getOrDefault("prefix", "");
        int max = Math.min(1_000, Integer.parseInt(query.getOrDefault("maxResults", "1000")));
        List<String> keys = new ArrayList<>(
                files.tailMap(query.getOrDefault("startOffset", ""), true).keySet());
        keys.removeIf(key -> !key.startsWith(prefix));
        if (token != null) {
            String after;
            try {
                after = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return error(400, "invalid", "Invalid page token");
            }
            keys.retainAll(files.tailMap(after, false).keySet());
        }
        boolean isTruncated = keys.size() > max;
        List<String> page = isTruncated ? keys.subList(0, max) : keys;
        String fields = query.getOrDefault("fields", "nextPageToken,items");
        Map<String, Object> properties = new LinkedHashMap<>();
        if (isTruncated && fields.contains("nextPageToken")) {
            properties.put("nextPageToken", pageToken(page.getLast()));
        }
        Matcher items = Pattern.compile("items\\(([^)]*)\\)").matcher(fields);
        String wanted = items.find() ? items.group(1) : "";
        if (!page.isEmpty()) {
            properties.put(
                    "items",
                    page.stream()
                            .map(key -> resource(key, files.get(key), wanted))
                            .toList());
        }
        return json(properties);
    }

    static String pageToken(String key) {
        return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> resource(String key, Stored stored, String fields) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", key);
        all.put("generation", String.valueOf(stored.generation()));
        all.put("metageneration", "1");
        all.put("size", String.valueOf(stored.bytes().length));
        all.put("timeCreated", Instant.ofEpochMilli(stored.generation() / 1_000).toString());
        all.put("updated", "2030-01-01T00:00:00Z");
        all.put("storageClass", "STANDARD");
        all.put("contentType", "text/plain");
        all.put("crc32c", crc32c(stored.bytes()));
        all.put("md5Hash", md5(stored.bytes()));
        all.putAll(stored.properties());
        all.values().removeIf(""::equals);
        if (!fields.isEmpty()) {
            all.keySet().retainAll(List.of(fields.split(",")));
        }
        return all;
    }

    private Answer get(Seen request, String key) {
        Stored stored = files.get(key);
        boolean isMedia = "media".equals(request.query().get("alt"));
        String wanted = request.query().get("generation");
        if (stored == null || wanted != null && !wanted.equals(String.valueOf(stored.generation()))) {
            String message = "No such object: " + BUCKET + "/" + key;
            return isMedia
                    ? Answer.of(404, message, "Content-Type", "text/html; charset=UTF-8")
                    : error(404, "notFound", message);
        }
        String match = request.query().get("ifGenerationMatch");
        if (match != null && !match.equals(String.valueOf(stored.generation()))) {
            return error(412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
        }
        return isMedia
                ? media(request, stored)
                : json(resource(key, stored, request.query().getOrDefault("fields", "")));
    }

    private static Answer media(Seen request, Stored stored) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Goog-Generation", String.valueOf(stored.generation()));
        headers.put("X-Goog-Stored-Content-Length", String.valueOf(stored.bytes().length));
        headers.put("X-Goog-Hash", "crc32c=" + crc32c(stored.bytes()));
        headers.put("Content-Type", "text/plain");
        byte[] bytes = stored.bytes();
        boolean isPacked = "gzip".equals(stored.properties().get("contentEncoding"));
        boolean takesPacked =
                request.headers().getOrDefault("Accept-Encoding", "").contains("gzip");
        if (isPacked && !takesPacked) {
            headers.put("X-GUploader-Response-Body-Transformations", "gunzipped");
            return new Answer(200, headers, unpacked(bytes), FakeServer.UNKNOWN);
        }
        if (isPacked) {
            headers.put("Content-Encoding", "gzip");
        }
        Matcher range = RANGE.matcher(request.headers().getOrDefault("Range", ""));
        if (!range.matches()) {
            return new Answer(200, headers, bytes, -1);
        }
        int from = Integer.parseInt(range.group(1));
        int to = range.group(2).isEmpty() ? bytes.length : Math.min(bytes.length, Integer.parseInt(range.group(2)) + 1);
        if (from >= bytes.length) {
            return error(416, "requestedRangeNotSatisfiable", "Request range not satisfiable");
        }
        headers.put("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, bytes.length));
        return new Answer(206, headers, Arrays.copyOfRange(bytes, from, to), -1);
    }

    private static byte[] unpacked(byte[] bytes) {
        try {
            return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer json(Map<String, Object> properties) {
        return Answer.of(200, JSON.writeValueAsString(properties), "Content-Type", "application/json; charset=UTF-8");
    }

    static String crc32c(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    static String md5(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
