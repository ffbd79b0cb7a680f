package dev.waybill.connectors.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on the loopback interface that records requests without normalizing them. Faults are injected by
 * rules.
 */
public final class FakeServer implements AutoCloseable {

    /** The length of a body without a Content-Length. */
    public static final long UNKNOWN = -2;

    private final HttpServer server;
    private final Function<Seen, Answer> otherwise;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Function<Seen, @Nullable Answer>> rules = new CopyOnWriteArrayList<>();

    /**
     * A request.
     *
     * @param path as received, encoded
     * @param query decoded
     * @param headers whatever the case of their names
     */
    public record Seen(
            String method, URI uri, String path, Map<String, String> query, Map<String, String> headers, String body) {

        /** One of its segments, decoded; empty after the last. */
        public String segment(int index) {
            String[] segments = path.substring(1).split("/", -1);
            return index < segments.length ? decode(segments[index].replace("+", "%2B")) : "";
        }

        /** A form, or a query as one. */
        public static Map<String, String> fields(@Nullable String text) {
            Map<String, String> fields = new LinkedHashMap<>();
            for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
                int equals = pair.indexOf('=');
                fields.put(
                        decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
            return fields;
        }

        private static String decode(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }

    /** @param length the Content-Length; -1 for the body's. With status 0 nothing is answered */
    public record Answer(int status, Map<String, String> headers, byte[] body, long length) {

        public static Answer of(int status, String body, String... headers) {
            Map<String, String> all = new LinkedHashMap<>();
            for (int i = 0; i < headers.length; i += 2) {
                all.put(headers[i], headers[i + 1]);
            }
            return new Answer(status, all, body.getBytes(StandardCharsets.UTF_8), -1);
        }
    }

    /** @param otherwise what answers when no rule does */
    public FakeServer(Function<Seen, Answer> otherwise) {
        this.otherwise = otherwise;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Thread::startVirtualThread);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Adds a rule that may answer first; null to pass. The last one that is added comes first. */
    public void first(Function<Seen, @Nullable Answer> rule) {
        rules.addFirst(rule);
    }

    /** Removes all rules. */
    public void mend() {
        rules.clear();
    }

    public List<Seen> seen() {
        return seen;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            URI uri = exchange.getRequestURI();
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            Seen request = new Seen(
                    exchange.getRequestMethod(), uri, uri.getRawPath(), Seen.fields(uri.getRawQuery()), headers, body);
            seen.add(request);
            Answer answer = answer(request);
            if (answer.status() == 0) {
                return;
            }
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            long length = answer.length() == -1 ? answer.body().length : answer.length();
            exchange.sendResponseHeaders(answer.status(), length == UNKNOWN ? 0 : length == 0 ? -1 : length);
            exchange.getResponseBody().write(answer.body());
            exchange.getResponseBody().flush();
        } catch (IOException hungUp) {
            // The client closed the connection.
        }
    }

    private Answer answer(Seen request) {
        for (Function<Seen, @Nullable Answer> rule : rules) {
            Answer answer = rule.apply(request);
            if (answer != null) {
                return answer;
            }
        }
        return otherwise.apply(request);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
