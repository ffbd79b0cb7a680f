package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.StoreLinks;
import dev.waybill.testing.Stores;
import dev.waybill.testing.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * MongoDB is slow, or does not answer: every request ends within its deadline, and can be retried. Waits for others
 * than MongoDB have limits of their own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
class SlowDatabaseStoryTests {

    private static final Duration DEADLINE = Duration.ofSeconds(3);
    /** Tolerance for a busy machine. */
    private static final Duration END = DEADLINE.plusSeconds(5);

    private final StoreLinks links = Stores.create().links();
    private ServiceUnderTest service;
    private Workspace shop;

    @BeforeAll
    void start() {
        service = ServiceUnderTest.start(
                links, Map.of("waybill.web.request-deadline", "3s", "waybill.fetch.allow", "127.0.0.1"));
    }

    @BeforeEach
    void open() {
        shop = Workspace.create(service.client());
    }

    @AfterEach
    void beQuickAgain() {
        links.mongo().delayAnswers(Duration.ZERO);
        links.s3().delayAnswers(Duration.ZERO);
        links.mongo().thaw();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> shop.client().post(shop.path("/objects/list")).status() == 200);
    }

    @AfterAll
    void stop() {
        service.close();
        links.close();
    }

    @Test
    void whileItIsSlowEveryRequestEndsInTimeAndNothingIsHalfDone() {
        List<String> uploads = shop.putJpegs(2);
        String old = shop.confirm(shop.putJpeg()).at("/object_id");
        links.mongo().delayAnswers(Duration.ofSeconds(1));

        inTime(() -> shop.object(old));
        inTime(() -> shop.client().post(shop.path("/objects/list?include_total=true")));
        Answer upload = inTime(() -> shop.ask(Map.of("filename", "photo.jpg", "content_type", "image/jpeg")));
        Answer first = inTime(() -> shop.confirm(uploads.getFirst()));
        inTime(() -> shop.confirm(uploads.getFirst()));
        inTime(this::createOnce);
        inTime(() -> shop.client().delete(shop.path("/objects/" + old)));
        beQuickAgain();

        assertThat(first.status()).as("a confirm takes more than three answers").isEqualTo(503);
        Answer confirmed = shop.confirm(uploads.getFirst());
        assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
        assertThat(shop.confirm(uploads.getLast()).at("/status")).isEqualTo("COMPLETED");
        // Its reservation may still be that of the first try, until a lease ends.
        await().atMost(Duration.ofSeconds(30)).until(() -> createOnce().status() == 200);
        shop.client().delete(shop.path("/objects/" + old));
        assertThat(shop.object(old).status()).isEqualTo(404);
        assertThat(shop.object(confirmed.at("/object_id")).status()).isEqualTo(200);
        assertThat(shop.objects()).isEqualTo(3);
        if (upload.status() == 200) {
            assertThat(shop.upload(upload.at("/upload_id")).at("/status")).isEqualTo("PENDING");
        }
    }

    @Test
    void whenItDoesNotAnswerEveryRequestEndsInTime() {
        String upload = shop.putJpeg();
        String object = shop.confirm(shop.putJpeg()).at("/object_id");
        links.mongo().freeze();

        List<Supplier<Answer>> requests = List.of(
                () -> shop.object(object),
                () -> shop.client().post(shop.path("/objects/list")),
                () -> shop.ask(Map.of("filename", "photo.jpg", "content_type", "image/jpeg")),
                () -> shop.confirm(upload),
                () -> shop.client().delete(shop.path("/objects/" + object)));
        for (Supplier<Answer> request : requests) {
            assertThat(inTime(request).status()).isEqualTo(503);
        }
        beQuickAgain();

        assertThat(shop.confirm(upload).at("/status")).isEqualTo("COMPLETED");
        assertThat(shop.object(object).status()).isEqualTo(200);
        assertThat(shop.objects()).isEqualTo(2);
    }

    @Test
    void whatStorageTakesIsNoneOfARequestsTime() {
        String upload = shop.putJpeg();
        links.s3().delayAnswers(DEADLINE.dividedBy(2).plusMillis(200));

        assertTakesLonger(() -> shop.confirm(upload));
    }

    @Test
    void whatAForeignServerTakesIsNoneOfARequestsTime() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            passes(DEADLINE);
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(SampleFiles.jpeg());
            }
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/photo.jpg";
            assertTakesLonger(() -> shop.client()
                    .post(
                            shop.path("/objects"),
                            Map.of("blobs", List.of(Map.of("property", "hero_image", "type", "image", "url", url)))));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatAClientTakesToSendItsBodyIsNoneOfItsRequestsTime() throws IOException {
        byte[] body = "{\"filename\": \"photo.jpg\", \"content_type\": \"image/jpeg\"}".getBytes(UTF_8);
        URI base = service.base();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST %s HTTP/1.1\r\nHost: waybill\r\nConnection: close\r\nAuthorization: Bearer %s\r\n"
                            + "X-Namespace: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n")
                    .formatted(shop.path("/uploads"), ServiceUnderTest.API_KEY, shop.namespace(), body.length)
                    .getBytes(UTF_8));
            out.write(body, 0, 10);
            passes(DEADLINE.plusMillis(200));
            out.write(body, 10, body.length - 10);

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"upload_id\"");
        }
    }

    private static void assertTakesLonger(Supplier<Answer> request) {
        long begun = System.nanoTime();
        Answer answer = request.get();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(DEADLINE);
    }

    private static void passes(Duration time) {
        long begun = System.nanoTime();
        await().until(() -> System.nanoTime() - begun > time.toNanos());
    }

    private Answer createOnce() {
        return shop.client()
                .with("Idempotency-Key", "slow-" + shop.bucket())
                .post(
                        shop.path("/objects"),
                        Map.of("blobs", List.of(Map.of("property", "product_text", "type", "text", "data", "slow"))));
    }

    private static Answer inTime(Supplier<Answer> request) {
        long begun = System.nanoTime();
        Answer answer = request.get();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(took).as(answer.text()).isLessThan(END);
        assertThat(answer.status()).as(answer.text()).isIn(200, 503);
        if (answer.status() == 503) {
            assertThat(answer.header("Retry-After")).as(answer.text()).isNotEmpty();
        }
        return answer;
    }
}
