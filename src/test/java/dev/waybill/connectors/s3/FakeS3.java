package dev.waybill.connectors.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A fake S3 server in memory that does not normalize keys, unlike the embedded one, which is a file system. Deviations
 * of stores are injected by rules. Signatures are not verified.
 */
final class FakeS3 implements AutoCloseable {

    static final String BUCKET = "elsewhere";

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Pattern SCOPE = Pattern.compile("Credential=([^/]+)/[0-9]{8}/([^/]+)/");

    private final HttpServer server;
    private final String scheme;
    private final Map<String, TreeMap<String, Stored>> buckets = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Function<Seen, @Nullable Answer>> rules = new CopyOnWriteArrayList<>();
    private boolean heedsConditions = true;
    private boolean knowsRanges = true;
    private int seconds;

    /**
     * A request.
     *
     * @param bucket empty for the account
     * @param key null for the bucket itself
     */
    record Seen(
            String method,
            String target,
            String bucket,
            @Nullable String key,
            Map<String, String> query,
            Map<String, String> headers,
            String body) {

        boolean isListing() {
            return key == null && query.containsKey("list-type");
        }

        /** From the signature; empty when it has none. */
        String region() {
            Matcher scope = SCOPE.matcher(headers.getOrDefault("authorization", ""));
            return scope.find() ? scope.group(2) : "";
        }

        String accessKey() {
            Matcher scope = SCOPE.matcher(headers.getOrDefault("authorization", ""));
            return scope.find() ? scope.group(1) : "";
        }
    }

    /** @param length the Content-Length; less than 0 for the body's */
    record Answer(int status, Map<String, String> headers, byte[] body, long length) {

        static Answer of(int status, String body, String... headers) {
            Map<String, String> all = new LinkedHashMap<>();
            for (int i = 0; i < headers.length; i += 2) {
                all.put(headers[i], headers[i + 1]);
            }
            return new Answer(status, all, body.getBytes(StandardCharsets.UTF_8), -1);
        }

        static Answer error(int status, String code, String message, String... headers) {
            return of(
                    status,
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
                            .formatted(code, message),
                    headers);
        }
    }

    /** A file; headers are sent with its bytes. */
    record Stored(
            byte[] bytes,
            String etag,
            Instant modifiedAt,
            Map<String, String> headers,
            Map<String, String> tags,
            String listed) {}

    FakeS3() {
        this(plain(), "http");
    }

    private FakeS3(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::handle);
        server.setExecutor(Thread::startVirtualThread);
        server.start();
        buckets.put(BUCKET, files());
    }

    /**
     * One with TLS, whose certificate is self-signed and of another host.
     *
     * @param folder where its key is stored
     */
    static FakeS3 overTls(Path folder) {
        try {
            Path keys = folder.resolve("keys.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keystore",
                            keys.toString(),
                            "-storepass",
                            "password",
                            "-alias",
                            "store",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=another.example.com")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            KeyStore store = KeyStore.getInstance(keys.toFile(), "password".toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, "password".toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return new FakeS3(server, "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpServer plain() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TreeMap<String, Stored> files() {
        return new TreeMap<>(
                Comparator.comparing((String key) -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
    }

    String endpoint() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Adds a rule that may answer first; null to pass. The last one that is added comes first. */
    void first(Function<Seen, @Nullable Answer> rule) {
        rules.addFirst(rule);
    }

    void ignoresConditions() {
        heedsConditions = false;
    }

    void ignoresRanges() {
        knowsRanges = false;
    }

    List<Seen> seen() {
        return seen;
    }

    void put(String key, String text) {
        put(key, text.getBytes(StandardCharsets.UTF_8), Map.of(), Map.of());
    }

    void put(String key, byte[] bytes, Map<String, String> metadata, Map<String, String> tags) {
        Map<String, String> headers = new LinkedHashMap<>();
        metadata.forEach((name, value) -> headers.put("x-amz-meta-" + name, value));
        put(key, bytes, "\"" + md5(bytes) + "\"", headers, tags, "<StorageClass>STANDARD</StorageClass>");
    }

    /** @param listed more elements of its entry in listings */
    synchronized void put(
            String key,
            byte[] bytes,
            String etag,
            Map<String, String> headers,
            Map<String, String> tags,
            String listed) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(++seconds);
        buckets.get(BUCKET).put(key, new Stored(bytes, etag, at, headers, tags, listed));
    }

    synchronized void remove(String key) {
        buckets.get(BUCKET).remove(key);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Seen request = read(exchange, body);
            seen.add(request);
            Answer answer = answer(request);
            if (answer.status() == 0) {
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            long length = answer.length() < 0 ? answer.body().length : answer.length();
            exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
            exchange.getResponseBody().write(answer.body());
            exchange.getResponseBody().flush();
        } catch (IOException hungUp) {
            // The client closed the connection.
        }
    }

    private static Seen read(HttpExchange exchange, String body) {
        URI uri = exchange.getRequestURI();
        String path = uri.getRawPath();
        int slash = path.indexOf('/', 1);
        String bucket = path.substring(1, slash < 0 ? path.length() : slash);
        String key = slash < 0 || slash == path.length() - 1 ? null : decode(path.substring(slash + 1), false);
        Map<String, String> query = new LinkedHashMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&")) {
                int equals = pair.indexOf('=');
                query.put(
                        decode(equals < 0 ? pair : pair.substring(0, equals), true),
                        equals < 0 ? "" : decode(pair.substring(equals + 1), true));
            }
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        return new Seen(exchange.getRequestMethod(), uri.toString(), bucket, key, query, headers, body);
    }

    private static String decode(String text, boolean isQuery) {
        return URLDecoder.decode(isQuery ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private Answer answer(Seen request) {
        for (Function<Seen, @Nullable Answer> rule : rules) {
            Answer answer = rule.apply(request);
            if (answer != null) {
                return answer;
            }
        }
        return serve(request);
    }

    /** Answers as S3 does. */
    synchronized Answer serve(Seen request) {
        if (request.bucket().isEmpty()) {
            return Answer.of(200, "<ListAllMyBucketsResult><Buckets></Buckets></ListAllMyBucketsResult>");
        }
        TreeMap<String, Stored> files = buckets.get(request.bucket());
        if (files == null) {
            return Answer.error(404, "NoSuchBucket", "The specified bucket does not exist");
        }
        if (request.key() == null) {
            return list(request, files);
        }
        Stored stored = files.get(request.key());
        if (stored == null) {
            return Answer.error(404, "NoSuchKey", "The specified key does not exist.");
        }
        return request.query().containsKey("tagging") ? tags(stored) : get(request, stored);
    }

    private static Answer list(Seen request, TreeMap<String, Stored> files) {
        String token = request.query().get("continuation-token");
        String after = token == null ? request.query().get("start-after") : decode(token.substring(2), true);
        int max = Integer.parseInt(request.query().getOrDefault("max-keys", "1000"));
        List<String> keys = new ArrayList<>((after == null ? files : files.tailMap(after, false)).keySet());
        keys.removeIf(key -> !key.startsWith(request.query().getOrDefault("prefix", "")));
        boolean isTruncated = keys.size() > max;
        List<String> page = isTruncated ? keys.subList(0, max) : keys;
        StringBuilder body = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult>")
                .append("<Name>" + request.bucket() + "</Name><EncodingType>url</EncodingType>")
                .append("<IsTruncated>" + isTruncated + "</IsTruncated><KeyCount>" + page.size() + "</KeyCount>");
        if (isTruncated) {
            body.append("<NextContinuationToken>t-" + encode(page.getLast()) + "</NextContinuationToken>");
        }
        page.forEach(key -> body.append(entry(key, files.get(key))));
        return Answer.of(200, body.append("</ListBucketResult>").toString());
    }

    /** One file of a listing, as XML. */
    static String entry(String key, Stored stored) {
        return "<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag>%s</ETag><Size>%d</Size>%s</Contents>"
                .formatted(
                        encode(key),
                        stored.modifiedAt(),
                        stored.etag().replace("\"", "&quot;"),
                        stored.bytes().length,
                        stored.listed());
    }

    private static Answer tags(Stored stored) {
        StringBuilder body = new StringBuilder("<Tagging><TagSet>");
        stored.tags()
                .forEach((key, value) -> body.append("<Tag><Key>" + key + "</Key><Value>" + value + "</Value></Tag>"));
        return Answer.of(200, body.append("</TagSet></Tagging>").toString());
    }

    private Answer get(Seen request, Stored stored) {
        String condition = request.headers().get("if-match");
        if (heedsConditions && condition != null && !condition.equals(stored.etag())) {
            return Answer.error(412, "PreconditionFailed", "At least one of the preconditions did not hold");
        }
        Map<String, String> headers = new LinkedHashMap<>(stored.headers());
        headers.put("ETag", stored.etag());
        headers.put("Last-Modified", HTTP_DATE.format(stored.modifiedAt()));
        headers.putIfAbsent("Content-Type", "text/plain");
        byte[] bytes = stored.bytes();
        String range = request.headers().get("range");
        if (range == null || !knowsRanges) {
            return new Answer(200, headers, bytes, -1);
        }
        String[] ends = range.substring("bytes=".length()).split("-", 2);
        int from = Integer.parseInt(ends[0]);
        int to = ends[1].isEmpty() ? bytes.length - 1 : Math.min(bytes.length - 1, Integer.parseInt(ends[1]));
        if (from >= bytes.length) {
            return Answer.error(416, "InvalidRange", "The requested range is not satisfiable");
        }
        headers.put("Content-Range", "bytes %d-%d/%d".formatted(from, to, bytes.length));
        return new Answer(206, headers, Arrays.copyOfRange(bytes, from, to + 1), -1);
    }

    private static String encode(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
