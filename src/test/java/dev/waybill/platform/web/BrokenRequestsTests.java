package dev.waybill.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What no client should send, and some do. It is answered as their fault, and not logged as a failure of ours. */
@WebProbe
class BrokenRequestsTests {

    private static final String REQUEST_ID = "broken-request";
    private static final String MAKE = "POST /v1/probe/things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "X-Request-Id: " + REQUEST_ID + "\r\n";
    private static final String JSON = MAKE + "Content-Type: application/json\r\n";
    private static final String CHUNKED = JSON + "Transfer-Encoding: chunked\r\n\r\n";

    private final Complaints complaints = new Complaints();

    @LocalServerPort
    int port;

    Http http;

    @BeforeEach
    void listen() {
        http = new Http(port);
        complaints.start();
        root().addAppender(complaints);
    }

    @AfterEach
    void nothingWasLoggedAsOurs() {
        root().detachAppender(complaints);
        assertThat(complaints.heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nabc\r\n0\r\n\r\n", "3\r\n{\"a\r\nzz\r\n", "-1\r\n", "3\r\n{\"abcdef\r\n0\r\n\r\n"})
    void brokenChunksAreTheClients(String chunks) {
        assertThat(http.raw(CHUNKED + chunks))
                .startsWith("HTTP/1.1 400")
                .contains("\"type\":\"BadRequestError\"")
                .contains("chunks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "deflate", "foo"})
    void otherTransferCodingsAreTheClients(String coding) {
        assertThat(http.raw(JSON + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("\"status\":400,")
                .contains("Content-Encoding: gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/9.9", "HTTP/2.0"})
    void anotherVersionIsReportedAsOne(String version) {
        assertThat(http.raw("GET /v1/probe/named/x " + version + "\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 505")
                .contains("\"code\":\"http_version_not_supported\"")
                .doesNotContain("our side");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 50\r\n\r\n{\"a", "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n"})
    void aBodyThatStandsStillIsWaitedForAWhile(String rest) {
        assertThat(http.raw(JSON + rest))
                .startsWith("HTTP/1.1 408")
                .contains("\"type\":\"RequestTimeoutError\"")
                .contains("\"code\":\"request_timeout\"");
    }

    /** The probe waits for 2 seconds. */
    @Test
    void aConnectionWhoseBodyStandsStillIsClosedWithTheAnswer() {
        long start = System.nanoTime();
        http.raw(JSON.replace("close", "keep-alive") + "Content-Length: 50\r\n\r\n{\"a");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(3_500));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/probe/named/%C0%80",
                "/v1/probe/named/%ED%A0%80",
                "/v1/probe/named/%E5%86",
                "/v1/probe/named/%F5%80%80%80",
                "/v1/probe/named/x?a=%C0%80",
                "/v1/probe/named/x?a=%E0%80%AF",
                "/v1/probe/named/x?%ED%A0%80=1",
                "/v1/probe/named/x?a=%ED%A0%BD%ED%B8%80",
                "/docs?a=%FF",
            })
    void whatIsPercentEncodedIsUtf8(String path) {
        assertThat(http.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("\"type\":\"BadRequestError\"");
        assertThat(http.get("/v1/probe/named/%E5%86%99?a=%F0%9F%98%80").text()).contains("写");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00e0\u0080\u00af", "\u00ff", "\u00e5\u0086"})
    void theBytesOfABodyAreUtf8(String bytes) {
        for (String body : List.of("{\"metadata\": {\"a\": \"%s\"}}", "{\"metadata\": {\"%s\": 1}}", "{\"%s\": 1}")) {
            String sent = body.formatted(bytes);
            assertThat(http.raw(JSON + "Content-Length: " + sent.length() + "\r\n\r\n" + sent))
                    .startsWith("HTTP/1.1 400")
                    .contains("its bytes are not UTF-8");
        }
    }

    @Test
    void theParametersOfAQueryAreCounted() {
        assertThat(http.get("/v1/probe/query?count=1" + "&a=".repeat(999)).status())
                .isEqualTo(200);
        Http.Answer refused = http.get("/v1/probe/query?count=1" + "&a=".repeat(1000));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error().path("message").asString()).contains("more than 1000 parameters");
        assertThat(http.raw("GET /v1/probe/query?count=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("percent-encoded");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CONNECT example.com:443      | Host: x           | 405 | CONNECT is not possible
            CONNECT /v1/probe/named/x    | Host: x           | 405 | CONNECT is not possible
            TRACE /v1/probe/named/x      | Host: x           | 405 | not possible here
            BREW /v1/probe/named/x       | Host: x           | 405 | possible: DELETE, GET
            BREW /v1/nothing             | Host: x           | 404 | nothing at BREW
            GET /v1/probe/named/x        | Host: my_host     | 400 | The header Host holds '_'
            GET /v1/probe/named/x        | Host: my_host:80  | 400 | The header Host holds '_'
            GET /v1/probe/named/x        | Expect: a         | 417 | '100-continue'
            POST /v1/probe/things        | Expect: 200-maybe | 417 | '100-continue'
            """)
    void aBrokenRequestIsAnsweredWithASentence(String start, String header, int status, String words) {
        String host = header.startsWith("Host") ? "" : "Host: x\r\n";
        assertThat(http.raw(start + " HTTP/1.1\r\n" + host + header + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status)
                .contains("Content-Type: application/json")
                .contains("\"status\":" + status)
                .contains(words);
    }

    @Test
    void whoWaitsToGoOnMay() {
        String body = "{\"thing_name\": \"good\"}";
        assertThat(http.raw(JSON + "Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n" + body))
                .startsWith("HTTP/1.1 100")
                .contains("\"outcome\":\"made\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 50\r\n\r\n{\"a", "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n"})
    void aBodyThatEndsTooEarlyIsReportedToAClientThatStillListens(String rest) throws IOException {
        assertThat(sendAndStop(JSON + rest)).startsWith("HTTP/1.1 400").contains("did not come to its end");
    }

    @Test
    void whoIsGoneInMidBodyIsNotComplainedOf() throws IOException {
        for (int i = 0; i < 5; i++) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write((JSON + "Content-Length: 50\r\n\r\n{").getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(http.get("/v1/probe/named/x").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/probe/things", "/v1/nothing", "/nothing", "/docs", "/openapi.json"})
    void aFormIsAnsweredWithWhereFilesGo(String path) {
        String part = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\nabc";
        for (String type :
                List.of("multipart/form-data", "Multipart/Form-Data; boundary=x", "multipart/mixed; boundary=y")) {
            String request = MAKE.replace("/v1/probe/things", path) + "Content-Type: " + type + "\r\n";
            assertThat(http.raw(request + "Content-Length: " + part.length() + "\r\n\r\n" + part))
                    .as(type)
                    .startsWith("HTTP/1.1 415")
                    .contains("Files go to the presigned URL")
                    .contains("presigned_url");
        }
    }

    @Test
    void aFormForAnotherApiIsAnsweredInItsEnvelope() {
        assertThat(http.raw("POST /api/probe/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "Content-Type: multipart/form-data\r\nContent-Length: 2\r\n\r\nab"))
                .startsWith("HTTP/1.1 415")
                .contains("{\"other\": true}");
    }

    @ParameterizedTest
    @CsvSource({
        "20000, 1, 431, headers_too_large",
        "10, 200, 431, headers_too_large",
        "70000, 1, 431, headers_too_large",
        "5000, 3, 200, ''",
    })
    void headersAreBounded(int length, int count, int status, String code) {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            headers.append("X-")
                    .append(i)
                    .append(": ")
                    .append("x".repeat(length))
                    .append("\r\n");
        }
        assertThat(http.raw("GET /v1/probe/named/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n"))
                .startsWith("HTTP/1.1 " + status)
                .contains("Content-Type: application/json")
                .contains(code);
    }

    @ParameterizedTest
    @CsvSource({"/v1/probe/named/x?a=, 70000, 414", "/v1/probe/named/, 70000, 414", "/v1/probe/named/x?a=, 9000, 200"})
    void pathAndQueryAreBounded(String start, int length, int status) {
        String answer =
                http.raw("GET " + start + "x".repeat(length) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("Content-Type: application/json");
        assertThat(answer.contains("\"code\":\"uri_too_long\"")).isEqualTo(status == 414);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/api-docs/unknown", "/v3/api-docs.yaml/x", "/v3/api-docs/openapi"})
    void anUnknownDocumentIsReportedAsOne(String path) {
        Http.Answer answer = http.get(path, "X-Request-Id", REQUEST_ID);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.details().path("code").asString()).isEqualTo("no_such_path");
    }

    private String sendAndStop(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /** What is logged of requests of ours, loud enough to wake somebody. */
    private static final class Complaints extends AppenderBase<ILoggingEvent> {

        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            boolean isOurs = REQUEST_ID.equals(event.getMDCPropertyMap().get(LogKeys.REQUEST_ID))
                    || event.getFormattedMessage().contains(REQUEST_ID);
            if (isOurs && event.getLevel().isGreaterOrEqual(Level.WARN)) {
                heard.add(event.getFormattedMessage());
            }
        }
    }
}
