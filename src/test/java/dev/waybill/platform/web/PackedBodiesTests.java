package dev.waybill.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Bodies as gzip, in both directions. */
@WebProbe
class PackedBodiesTests {

    private static final String THINGS = "/v1/probe/things";
    private static final String CONFIRM = "/v1/probe/things/thg_1/confirm";

    @LocalServerPort
    int port;

    Http http;

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "gzip, identity"})
    void aPackedBodyIsUnpacked(String packing) {
        byte[] packed = gzip("{\"thing_name\": \"packed\"}");

        assertThat(post(THINGS, packed, packing).json().path("thing_name").asString())
                .isEqualTo("packed");
        assertThat(http.send(
                                "POST",
                                THINGS,
                                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(packed)),
                                "Content-Encoding",
                                packing)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void severalPacksInARowAreOneBody() {
        byte[] first = gzip("{\"thing_name\":");
        byte[] second = gzip(" \"packed\"}");
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);

        assertThat(post(THINGS, both, "gzip").status()).isEqualTo(200);
    }

    @Test
    void aSmallBodyThatHoldsALargeOneIsRefused() {
        byte[] bomb = gzip("{\"thing_name\": \"%s\"}".formatted(" ".repeat(5_000_000)));
        assertThat(bomb.length).isLessThan(10_240);

        Http.Answer answer = post(THINGS, bomb, "gzip");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.details().path("limit").asLong()).isEqualTo(10_240);
    }

    @Test
    void whatIsNotPackedAsItSaysIsRefused() {
        byte[] whole = gzip("{\"thing_name\": \"packed\"}");
        byte[] corrupt = whole.clone();
        corrupt[whole.length - 6] ^= 1;

        for (byte[] body : new byte[][] {
            Arrays.copyOf(whole, whole.length - 9),
            Arrays.copyOf(whole, 5),
            corrupt,
            "{\"thing_name\": \"plain\"}".getBytes(StandardCharsets.UTF_8)
        }) {
            Http.Answer answer = post(THINGS, body, "gzip");
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.error().path("message").asString()).contains("gzip");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "zstd", "compress", "gzip, gzip", "nonsense"})
    void otherPackingsAreRefusedWithTheOneThatIsTaken(String packing) {
        Http.Answer answer = post(THINGS, new byte[] {1, 2, 3}, packing);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.header("Accept-Encoding")).isEqualTo("gzip, identity");
        assertThat(answer.error().path("message").asString()).contains("gzip").contains(packing);
    }

    @Test
    void noBodyIsNoPackedOne() {
        assertThat(post(CONFIRM, new byte[0], "gzip").text()).contains("no body");
        assertThat(post(CONFIRM, gzip(""), "gzip").text()).contains("no body");
        assertThat(post(CONFIRM, gzip("{\"file_name\": \"x\"}"), "identity").status())
                .isEqualTo(400);
        assertThat(post(CONFIRM, gzip("{\"file_name\": \"x\"}"), "gzip").text()).contains("body x");
    }

    @Test
    void aPackedBodyOfAnotherTypeIsRefusedAsItWouldBeUnpacked() {
        Http.Answer answer = http.send(
                "POST",
                THINGS,
                BodyPublishers.ofByteArray(gzip("a=b")),
                "Content-Encoding",
                "gzip",
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(answer.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openapi.json",
                "/v3/api-docs.yaml",
                "/swagger-ui/swagger-ui.css",
                "/swagger-ui/swagger-ui-bundle.js"
            })
    void documentsAreTaggedAndPacked(String path) {
        Http.Answer plain = http.get(path);
        Http.Answer packed = http.get(path, "Accept-Encoding", "gzip");

        assertThat(plain.text()).isNotEmpty();
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.headers().allValues("Vary")).anyMatch(value -> value.contains("accept-encoding"));
        assertThat(plain.header("ETag")).startsWith("W/").isEqualTo(packed.header("ETag"));
        for (String encoding : new String[] {"gzip", "identity"}) {
            Http.Answer again = http.get(path, "If-None-Match", plain.header("ETag"), "Accept-Encoding", encoding);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.text()).isEmpty();
        }
        assertThat(http.get(path, "If-None-Match", "W/\"another\"").status()).isEqualTo(200);
    }

    @Test
    void largeAnswersArePackedAndSmallOnesAreNot() {
        String part = "{\"file_name\": \"abc\"}";
        String body = "[%s%s]".formatted((part + ",").repeat(200), part);

        Http.Answer large = http.send(
                "POST", "/v1/probe/many", BodyPublishers.ofString(body), "Accept-Encoding", "gzip, deflate, br");
        Http.Answer small = http.send(
                "POST", "/v1/probe/many", BodyPublishers.ofString("[" + part + "]"), "Accept-Encoding", "gzip");
        Http.Answer refused =
                http.send("POST", "/v1/probe/many", BodyPublishers.ofString(body), "Accept-Encoding", "br");

        assertThat(large.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(small.status()).isEqualTo(200);
        assertThat(small.header("Content-Encoding")).isEmpty();
        assertThat(refused.header("Content-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/docs/", "/swagger-ui", "/swagger-ui/", "/swagger-ui.html"})
    void whatPeopleTryLeadsToTheDocumentation(String path) {
        Http.Answer answer = http.get(path);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("/docs");
    }

    private Http.Answer post(String path, byte[] body, String packing) {
        return http.send(
                "POST",
                path,
                BodyPublishers.ofByteArray(body),
                "Content-Encoding",
                packing,
                "Content-Type",
                "application/json");
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }
}
