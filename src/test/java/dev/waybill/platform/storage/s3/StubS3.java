package dev.waybill.platform.storage.s3;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.services.s3.S3Client;

/** An HTTP server that gives prepared answers, for what no embedded server does by itself. */
final class StubS3 implements AutoCloseable {

    /** A request as it arrived. */
    record Seen(String method, String target, Headers headers, String body) {}

    /** An answer to be given. */
    record Answer(int status, Map<String, String> headers, String body) {

        static Answer error(int status, String code) {
            return new Answer(
                    status,
                    Map.of("Content-Type", "application/xml"),
                    "<Error><Code>" + code + "</Code><Message>no</Message></Error>");
        }

        /** None: the connection is closed after the request was read. */
        static Answer none() {
            return new Answer(0, Map.of(), "");
        }

        /** None, and the connection stays open until the client gives up. */
        static Answer silence() {
            return new Answer(-1, Map.of(), "");
        }

        static Answer head(String etag, String... headers) {
            Map<String, String> all = new LinkedHashMap<>(Map.of("ETag", etag, "Content-Length", "5"));
            for (int i = 0; i < headers.length; i += 2) {
                all.put(headers[i], headers[i + 1]);
            }
            return new Answer(200, all, "");
        }
    }

    private final HttpServer server;
    private final S3Client client;
    private final StorageProperties properties;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile List<Answer> answers = List.of();

    StubS3() {
        this(Duration.ofSeconds(60));
    }

    /** @param patience how long its clients wait for a sign */
    StubS3(Duration patience) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Thread::startVirtualThread);
        server.start();
        properties = StorageSettings.of(
                        "http://127.0.0.1:" + server.getAddress().getPort())
                .requestTimeout(patience)
                .build();
        client = S3Clients.open(properties);
    }

    /** The next requests get these answers, and all after them the last one. */
    void answers(Answer... next) {
        seen.clear();
        answers = List.of(next);
    }

    /** From now on nobody listens. */
    void refuse() {
        server.stop(0);
    }

    List<Seen> seen() {
        return seen;
    }

    S3ObjectStorage objects() {
        return new S3ObjectStorage(client, properties);
    }

    /** @param maxBytesAtOnce larger objects are written and copied in parts */
    S3ObjectStorage objects(long maxBytesAtOnce) {
        return new S3ObjectStorage(client, properties, maxBytesAtOnce);
    }

    S3MultipartStorage multiparts() {
        return new S3MultipartStorage(client, properties, objects());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer = answers.get(Math.min(seen.size(), answers.size() - 1));
            seen.add(new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body));
            if (answer.status() < 0) {
                closed.await();
            }
            if (answer.status() <= 0) {
                return;
            }
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), head || bytes.length == 0 ? -1 : bytes.length);
            if (!head) {
                exchange.getResponseBody().write(bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        client.close();
        server.stop(0);
    }
}
