package dev.waybill.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.platform.fetch.GuardedEndpoints;
import dev.waybill.platform.fetch.OpenEndpoints;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections, time-outs and limits of the client. */
class RestClientTests {

    private final FakeServer server = new FakeServer(request -> Answer.of(200, "hello"));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void refusalsAreValuesAndRedirectsAreRefusals() {
        server.first(request -> Answer.of(302, "elsewhere", "Location", server.endpoint() + "/elsewhere"));
        RestAnswer answer = client().send(call());
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.text()).isEqualTo("elsewhere");
        assertThat(answer.isGood()).isFalse();
        RestStream stream = client().open(call());
        assertThat(stream.answer().text()).isEqualTo("elsewhere");
        assertThat(server.seen()).hasSize(2);
    }

    @Test
    void whatIsPackedStaysPacked() throws IOException {
        server.first(request -> Answer.of(200, "not even gzip", "Content-Encoding", "gzip"));
        assertThat(client().send(call()).text()).isEqualTo("not even gzip");
        try (InputStream bytes = client().open(call()).bytes()) {
            assertThat(bytes.readAllBytes()).asString().isEqualTo("not even gzip");
        }
        assertThat(server.seen().getLast().headers()).doesNotContainKeys("Accept-Encoding", "Cookie");
    }

    @Test
    void anAnswerWithoutEndEndsAtSomePoint() {
        byte[] endless = new byte[20 * 1024 * 1024];
        Arrays.fill(endless, (byte) ' ');
        server.first(request -> new Answer(200, Map.of(), endless, -1));
        assertThat(refusal(() -> client().send(call())).diagnosis()).isEqualTo(Diagnosis.NETWORK);
        server.first(request -> new Answer(404, Map.of(), endless, -1));
        assertThat(client().send(call()).body()).hasSizeLessThan(100_000);
    }

    @Test
    void anEndlessAnswerIsCutAndNotRetried() throws IOException {
        try (ServerSocket slow = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            List<Socket> accepted = new CopyOnWriteArrayList<>();
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        Socket connection = slow.accept();
                        accepted.add(connection);
                        connection
                                .getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"
                                        .getBytes(StandardCharsets.ISO_8859_1));
                    }
                } catch (IOException closed) {
                    // The test is over.
                }
            });
            URI uri = URI.create("http://127.0.0.1:" + slow.getLocalPort());
            RestPool pool = new RestPools(
                            Pools.properties(Duration.ofMillis(300)), Pools.LOOPBACK, InstantSource.system())
                    .open();
            SourceException refused = refusal(() -> pool.to(uri, true).send(RestCall.get(uri)));
            assertThat(refused.diagnosis()).isEqualTo(Diagnosis.NETWORK);
            assertThat(refused.passes()).isTrue();
            assertThat(accepted).hasSize(1);
        }
    }

    @Test
    void withoutTlsOnlyAllowedHostsAreConnectedTo() {
        GuardedEndpoints guard = OpenEndpoints.leading(
                Map.of("public.example.com", "203.0.114.9", "mine.example.com", "127.0.0.1"), "mine.example.com");
        RestPool pool = Pools.with(guard, InstantSource.system()).open();
        URI plain = URI.create("http://public.example.com/");
        SourceException refused = refusal(() -> pool.to(plain, true).send(RestCall.get(plain)));
        assertThat(refused.getMessage()).contains("may not be dialled");
        URI mine = URI.create("http://mine.example.com:" + server.port());
        assertThat(pool.to(mine, true).send(RestCall.get(mine)).isGood()).isTrue();
    }

    @Test
    void pastTheGuardIsOneServerAndNoOther() {
        RestPool pool =
                Pools.with(OpenEndpoints.allowing(), InstantSource.system()).open();
        URI own = URI.create(server.endpoint());
        assertThat(pool.past(own).send(RestCall.get(own)).isGood()).isTrue();
        URI other = URI.create("http://localhost:" + server.port());
        assertThat(refusal(() -> pool.past(own).send(RestCall.get(other))).diagnosis())
                .isEqualTo(Diagnosis.NETWORK);
        assertThat(refusal(() -> pool.to(own, true).send(RestCall.get(own))).getMessage())
                .contains("may not be dialled");
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void theServersTimeIsRemembered() {
        Instant now = Instant.now().minus(Duration.ofHours(1));
        RestClient client = Pools.with(Pools.LOOPBACK, () -> now).open().to(URI.create(server.endpoint()), true);
        assertThat(client.clockOffset()).isNull();
        assertThat(client.serverTime()).isEqualTo(now);
        client.send(call());
        assertThat(client.clockOffset()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
        assertThat(client.serverTime()).isAfter(now.plus(Duration.ofMinutes(59)));
        assertThat(client.latency()).isPositive();
    }

    @Test
    void nothingOfARequestIsShown() {
        RestCall call =
                call().with("Authorization", "Bearer secret").at(URI.create("https://host.example.com/?sig=secret"));
        assertThat(call.toString()).contains("host.example.com").doesNotContain("secret");
        assertThat(new RestAnswer(200, Map.of(), "secret".getBytes()).toString())
                .doesNotContain("secret");
        assertThat(new AccessTokens.Issued("secret", Duration.ofHours(1)).toString())
                .doesNotContain("secret");
    }

    @Test
    void aSlowServerBlocksNoOtherSource() throws IOException {
        RestPools pools = new RestPools(
                new RestProperties(Duration.ofMillis(300), Duration.ofSeconds(10), Duration.ofSeconds(10), 1),
                Pools.LOOPBACK,
                InstantSource.system());
        URI uri = URI.create(server.endpoint());
        try (RestPool held = pools.open();
                RestPool other = pools.open()) {
            server.first(request -> new Answer(200, Map.of(), "hello".getBytes(), 1_000));
            RestStream waiting = held.to(uri, true).open(call());
            server.mend();
            assertThat(refusal(() -> held.to(uri, true).send(call())).diagnosis())
                    .isEqualTo(Diagnosis.NETWORK);
            assertThat(other.to(uri, true).send(call()).text()).isEqualTo("hello");
            waiting.bytes().close();
        }
    }

    @Test
    void aSourceThatIsClosedHangsUp() {
        RestPool pool = Pools.loopback().open();
        URI uri = URI.create(server.endpoint());
        server.first(request -> new Answer(200, Map.of(), "hello".getBytes(), 1_000));
        RestClient client = pool.to(uri, true);
        RestStream waiting = client.open(call());
        pool.close();
        assertThatThrownBy(() -> waiting.bytes().readAllBytes()).isInstanceOf(IOException.class);
        for (ThrowingCallable late : List.<ThrowingCallable>of(() -> client.send(call()), () -> pool.to(uri, true))) {
            assertThat(refusal(late))
                    .returns(Diagnosis.NETWORK, SourceException::diagnosis)
                    .returns(true, SourceException::passes);
        }
    }

    private RestClient client() {
        return Pools.loopback().open().to(URI.create(server.endpoint()), true);
    }

    private RestCall call() {
        return RestCall.get(URI.create(server.endpoint() + "/a%2Fb?c=d"));
    }

    private static SourceException refusal(ThrowingCallable call) {
        List<SourceException> thrown = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(SourceException.class, thrown::add);
        return thrown.getFirst();
    }
}
