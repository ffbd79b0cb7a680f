package dev.waybill.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * A read-only S3 server with a bucket of any number of files that are computed, names and bytes, so a million of them
 * cost nothing. It can fail as real ones do. Signatures are not verified. It serves AssumeRole too, for sessions that
 * end when a test says so.
 */
public final class SyntheticS3 implements AutoCloseable {

    /** A fault in place of the answer. */
    public enum Fault {
        /** 503 SlowDown, with Retry-After: 1. */
        SLOW_DOWN,
        /** 500 InternalError. */
        INTERNAL_ERROR,
        /** 400 ExpiredToken. */
        EXPIRED_TOKEN,
        /** The connection ends in the middle of the body. */
        CUT,
        /** A listing that is truncated and has no continuation token; other requests are answered as usual. */
        NO_TOKEN
    }

    /** Chooses the fault of each request. */
    @FunctionalInterface
    public interface Faults {

        /**
         * The fault of a request; null for none.
         *
         * @param key null for a listing
         * @param number counts the requests from 1
         */
        @Nullable
        Fault of(@Nullable String key, int number);
    }

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final Instant MODIFIED = Instant.parse("2026-11-01T12:00:00Z");

    private static final String TOKEN = "token-of-a-synthetic-session-";

    private final HttpServer server;
    private final int files;
    private final int sizeBytes;
    private final Map<Integer, Integer> revisions = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final LongAdder lists = new LongAdder();
    private final LongAdder gets = new LongAdder();
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile int endedSessions;
    private volatile Faults faults = (key, number) -> null;

    private SyntheticS3(HttpServer server, int files, int sizeBytes) {
        this.server = server;
        this.files = files;
        this.sizeBytes = sizeBytes;
    }

    /**
     * Starts one on a port of its own.
     *
     * @param files how many files its only bucket has
     * @param sizeBytes of each
     */
    public static SyntheticS3 start(int files, int sizeBytes) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            SyntheticS3 s3 = new SyntheticS3(server, files, sizeBytes);
            server.createContext("/", s3::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return s3;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The key of a file: they sort as they are numbered. */
    public static String key(int number) {
        return "files/%03d/file %08d.txt".formatted(number / 1000, number);
    }

    /** Gives a file other bytes of the same length. */
    public void change(int number) {
        revisions.merge(number, 1, Integer::sum);
    }

    public void failing(Faults wanted) {
        faults = wanted;
    }

    /** Ends all sessions until now. */
    public void endSessions() {
        endedSessions = sessions.get();
    }

    /** How often a role was assumed. */
    public int sessions() {
        return sessions.get();
    }

    /** How many listings and reads it served. */
    public Map<String, Long> requests() {
        return Map.of("list", lists.sum(), "get", gets.sum());
    }

    /** The current bytes of a file. */
    public byte[] bytes(int number) {
        String line = "%s, revision %d%n".formatted(key(number), revisions.getOrDefault(number, 0));
        byte[] bytes = new byte[sizeBytes];
        byte[] piece = line.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < sizeBytes; i++) {
            bytes[i] = piece[i % piece.length];
        }
        return bytes;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) {
                assumeRole(exchange);
                return;
            }
            URI uri = exchange.getRequestURI();
            String[] path = uri.getRawPath().substring(1).split("/", 2);
            String key = path.length < 2 || path[1].isEmpty() ? null : decoded(path[1]);
            (key == null ? lists : gets).increment();
            Fault fault = faults.of(key, requests.incrementAndGet());
            exchange.getResponseHeaders().set("Date", HTTP_DATE.format(Instant.now()));
            if (fault == Fault.SLOW_DOWN) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                error(exchange, 503, "SlowDown");
            } else if (fault == Fault.INTERNAL_ERROR) {
                error(exchange, 500, "InternalError");
            } else if (fault == Fault.EXPIRED_TOKEN || isOfEndedSession(exchange)) {
                error(exchange, 400, "ExpiredToken");
            } else if (key == null) {
                list(exchange, query(uri), fault);
            } else {
                get(exchange, key, fault);
            }
        }
    }

    private void assumeRole(HttpExchange exchange) throws IOException {
        int session = sessions.incrementAndGet();
        String xml = """
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>\
                <AccessKeyId>ASIASYNTHETIC%08d</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>\
                <SessionToken>%s</SessionToken><Expiration>%s</Expiration>\
                </Credentials></AssumeRoleResult></AssumeRoleResponse>""".formatted(
                        session,
                        Confidential.secret("secret-of-a-synthetic-session-" + session),
                        Confidential.secret(TOKEN + session),
                        Instant.now().plusSeconds(3_600));
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        send(exchange, 200, xml.getBytes(StandardCharsets.UTF_8), null);
    }

    private boolean isOfEndedSession(HttpExchange exchange) {
        String token = exchange.getRequestHeaders().getFirst("x-amz-security-token");
        return token != null && Integer.parseInt(token.substring(TOKEN.length())) <= endedSessions;
    }

    private void list(HttpExchange exchange, Map<String, String> query, @Nullable Fault fault) throws IOException {
        String prefix = query.getOrDefault("prefix", "");
        String after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
        int max = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
        StringBuilder contents = new StringBuilder();
        int found = 0;
        int number = after.isEmpty() ? 0 : firstAfter(after);
        String last = "";
        while (number < files && found < max) {
            String key = key(number);
            if (key.startsWith(prefix)) {
                contents.append("""
                        <Contents><Key>%s</Key><LastModified>%s</LastModified><ETag>&quot;%s&quot;</ETag>\
                        <Size>%d</Size><StorageClass>STANDARD</StorageClass></Contents>""".formatted(encoded(key), MODIFIED, etag(bytes(number)), sizeBytes));
                last = key;
                found++;
            }
            number++;
        }
        boolean more = number < files;
        String token = more && fault != Fault.NO_TOKEN
                ? "<NextContinuationToken>%s</NextContinuationToken>".formatted(last)
                : "";
        String xml = """
                <?xml version="1.0" encoding="UTF-8"?>
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>synthetic</Name>\
                <KeyCount>%d</KeyCount><MaxKeys>%d</MaxKeys><EncodingType>url</EncodingType>\
                <IsTruncated>%s</IsTruncated>%s%s</ListBucketResult>""".formatted(found, max, more || fault == Fault.NO_TOKEN, token, contents);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        send(exchange, 200, xml.getBytes(StandardCharsets.UTF_8), fault);
    }

    private void get(HttpExchange exchange, String key, @Nullable Fault fault) throws IOException {
        int number = number(key);
        if (number < 0 || number >= files || !key(number).equals(key)) {
            error(exchange, 404, "NoSuchKey");
            return;
        }
        String wanted = exchange.getRequestHeaders().getFirst("If-Match");
        byte[] bytes = bytes(number);
        String etag = "\"" + etag(bytes) + "\"";
        if (wanted != null && !wanted.equals(etag)) {
            error(exchange, 412, "PreconditionFailed");
            return;
        }
        exchange.getResponseHeaders().set("ETag", etag);
        exchange.getResponseHeaders().set("Last-Modified", HTTP_DATE.format(MODIFIED));
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            send(exchange, 200, bytes, fault);
            return;
        }
        String[] bounds = range.substring("bytes=".length()).split("-", -1);
        int from = Integer.parseInt(bounds[0]);
        int to = bounds[1].isEmpty() ? bytes.length - 1 : Math.min(bytes.length - 1, Integer.parseInt(bounds[1]));
        if (from > to) {
            error(exchange, 416, "InvalidRange");
            return;
        }
        exchange.getResponseHeaders().set("Content-Range", "bytes %d-%d/%d".formatted(from, to, bytes.length));
        send(exchange, 206, java.util.Arrays.copyOfRange(bytes, from, to + 1), fault);
    }

    private static String etag(byte[] bytes) {
        return DigestUtils.md5Hex(bytes);
    }

    private static void send(HttpExchange exchange, int status, byte[] body, @Nullable Fault fault) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length == 0) {
            return;
        }
        OutputStream out = exchange.getResponseBody();
        if (fault == Fault.CUT) {
            out.write(body, 0, body.length / 2);
            out.flush();
            throw new IOException("cut, as wanted");
        }
        out.write(body);
        out.close();
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        String xml =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>as wanted</Message></Error>"
                        .formatted(code);
        send(exchange, status, xml.getBytes(StandardCharsets.UTF_8), null);
    }

    /** The number in a key; -1 for a key of another form. */
    private static int number(String key) {
        int dot = key.lastIndexOf('.');
        int space = key.lastIndexOf(' ');
        return dot < 0 || space < 0 || dot < space ? -1 : Integer.parseInt(key.substring(space + 1, dot));
    }

    /** The first file whose key is beyond this one, whatever that is. */
    private int firstAfter(String after) {
        int low = 0;
        int high = files;
        while (low < high) {
            int middle = (low + high) / 2;
            if (key(middle).compareTo(after) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new LinkedHashMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** As S3 encodes keys in listings: a slash stays. */
    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    }
}
