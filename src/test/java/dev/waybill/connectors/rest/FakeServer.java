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

/** A server on the loopback interface that reads what is asked to the letter. What goes wrong is put in front of it. */
public final class FakeServer implements AutoCloseable {

    /** A body of which nobody says how long it is. */
    public static final long UNTOLD = -2;

    private final HttpServer server;
    private final Function<Seen, Answer> otherwise;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Function<Seen, @Nullable Answer>> rules = new CopyOnWriteArrayList<>();

    /**
     * A request.
     *
     * @param path as it came, encoded
     * @param query decoded
     * @param headers whatever the case of their names
     */
    public record Seen(
            String method, URI uri, String path, Map<String, String> query, Map<String, String> headers, String body) {

        /** One of its segments, decoded; empty behind the last. */
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

    /** @param length of the body as told; -1 for what it is. With status 0 nothing is answered */
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

    /** What answers before anything else does; null for nothing. The last one that is put comes first. */
    public void first(Function<Seen, @Nullable Answer> rule) {
        rules.addFirst(rule);
    }

    /** Nothing goes wrong any more. */
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
            Seen asked = new Seen(
                    exchange.getRequestMethod(), uri, uri.getRawPath(), Seen.fields(uri.getRawQuery()), headers, body);
            seen.add(asked);
            Answer answer = answer(asked);
            if (answer.status() == 0) {
                return;
            }
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            long length = answer.length() == -1 ? answer.body().length : answer.length();
            exchange.sendResponseHeaders(answer.status(), length == UNTOLD ? 0 : length == 0 ? -1 : length);
            exchange.getResponseBody().write(answer.body());
            exchange.getResponseBody().flush();
        } catch (IOException hungUp) {
            // The client had enough.
        }
    }

    private Answer answer(Seen asked) {
        for (Function<Seen, @Nullable Answer> rule : rules) {
            Answer answer = rule.apply(asked);
            if (answer != null) {
                return answer;
            }
        }
        return otherwise.apply(asked);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
