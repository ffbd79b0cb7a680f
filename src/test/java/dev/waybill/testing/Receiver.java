package dev.waybill.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A webhook endpoint: an HTTP server on the loopback interface that records the requests it receives. */
public final class Receiver implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final Map<String, List<Call>> calls = new ConcurrentHashMap<>();
    private final Map<String, IntUnaryOperator> statuses = new ConcurrentHashMap<>();
    private final Map<String, String> pauses = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();

    private Receiver(HttpServer server) {
        this.server = server;
    }

    /** A request as received; names of headers in lower case. */
    public record Call(Map<String, String> headers, String body) {

        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    public static Receiver start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 200);
            Receiver receiver = new Receiver(server);
            server.createContext("/", receiver::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url(String path) {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
    }

    /** @param status answered to the first, second ... request there, counted from 0 */
    public void answering(String path, IntUnaryOperator status) {
        statuses.put(path, status);
    }

    /** @param retryAfter the Retry-After header of responses there, whatever their status */
    public void askingForPause(String path, String retryAfter) {
        pauses.put(path, retryAfter);
    }

    /** Requests there get no answer until the latch opens. */
    public void hanging(String path, CountDownLatch until) {
        hanging.put(path, until);
    }

    public List<Call> calls(String path) {
        return List.copyOf(calls.getOrDefault(path, List.of()));
    }

    /** Those of one type of events. */
    public List<Call> calls(String path, String eventType) {
        return calls(path).stream()
                .filter(call -> call.json().path("event_type").asString("").equals(eventType))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        Call call = new Call(headers, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        Confidential.scan("what was sent to " + path, headers + call.body());
        List<Call> before = calls.computeIfAbsent(path, any -> new CopyOnWriteArrayList<>());
        int number;
        synchronized (before) {
            number = before.size();
            before.add(call);
        }
        CountDownLatch until = hanging.get(path);
        if (until != null) {
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        String pause = pauses.get(path);
        if (pause != null) {
            exchange.getResponseHeaders().set("Retry-After", pause);
        }
        byte[] said = ("call " + number).getBytes(UTF_8);
        exchange.sendResponseHeaders(statuses.getOrDefault(path, any -> 200).applyAsInt(number), said.length);
        exchange.getResponseBody().write(said);
        exchange.close();
    }

    @Override
    public void close() {
        hanging.values().forEach(CountDownLatch::countDown);
        server.stop(0);
    }
}
