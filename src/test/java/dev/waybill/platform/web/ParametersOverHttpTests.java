package dev.waybill.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebProbe
class ParametersOverHttpTests {

    private static final String LIST = "/v1/probe/buckets/b1/things/list";

    @LocalServerPort
    int port;

    Http http;

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @ParameterizedTest
    @CsvSource({
        "'', b1 10 0 null false",
        "?limit=1000&offset=10000&include_total=true, b1 1000 10000 null true",
        "?limit=1&cursor=abc&offset=0&include_total=False, b1 1 0 abc false",
        "?page_size=7&page=3, b1 7 14 null false",
        "?page=3, b1 10 20 null false",
        "?cursor=, b1 10 0 null false",
    })
    void aListsParametersAreRead(String query, String expected) {
        assertThat(http.post(LIST + query, "").json().path("outcome").asString())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit, greater_than_equal",
        "limit=1001, limit, less_than_equal",
        "limit=ten, limit, int_type",
        "limit=1.5, limit, int_type",
        "limit=, limit, int_type",
        "limit=99999999999, limit, int_type",
        "limit=1&page_size=2, page_size, conflict",
        "limit=1&limit=2, limit, conflict",
        "cursor=abc&offset=5, offset, conflict",
        "cursor=abc&page=2, page, conflict",
        "page=3&offset=5, page, conflict",
        "page=0, page, greater_than_equal",
        "page=1002, page, less_than_equal",
        "page_size=0, page_size, greater_than_equal",
        "offset=-1, offset, greater_than_equal",
        "offset=10001, offset, less_than_equal",
        "include_total=yes, include_total, bool_type",
        "include_total=1, include_total, bool_type",
    })
    void aListsParametersAreBounded(String query, String name, String type) {
        Http.Answer answer = http.post(LIST + "?" + query, "");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.location()).hasToString("[query, %s]".formatted(name));
        assertThat(answer.violationType()).isEqualTo(type);
    }

    @Test
    void allThatIsWrongWithAListsParametersIsReportedAtOnce() {
        Http.Answer answer = http.post(LIST + "?limit=0&offset=x&include_total=2", "");

        assertThat(answer.details().path("validation_errors").size()).isEqualTo(3);
        assertThat(answer.json().path("detail").size()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/probe/query, '[query, count]', missing",
        "/v1/probe/query?count=x, '[query, count]', int_type",
        "/v1/probe/query?count=1.5, '[query, count]', int_type",
        "/v1/probe/query?count=0, '[query, count]', greater_than_equal",
        "/v1/probe/query?count=101, '[query, count]', less_than_equal",
        "/v1/probe/query?count=1&kind=strange, '[query, kind]', enum",
        "/v1/probe/kinds/nothing, '[path, kind]', enum",
    })
    void aParameterThatDoesNotFitIsReported(String path, String location, String type) {
        Http.Answer answer = http.get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.location()).hasToString(location);
        assertThat(answer.violationType()).isEqualTo(type);
    }

    @Test
    void constantsStandInTheirWireFormInPathsAndQueries() {
        assertThat(http.get("/v1/probe/kinds/fancy_one").json().path("kind").asString())
                .isEqualTo("fancy_one");
        assertThat(http.get("/v1/probe/query?count=7&kind=fancy_one")
                        .json()
                        .path("kind")
                        .asString())
                .isEqualTo("fancy_one");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/probe/named/a%20b, a b",
        "/v1/probe/named/a%20b/, a b",
        "/v1/probe/named/%C3%BC%2B+, ü++",
        "/v1/probe/named/50%25, 50%",
        "/v1/probe/named/a%3Fb, a?b",
        "/v1/probe/named/x.json, x.json",
    })
    void namesInPathsAreDecodedAndASlashAtTheEndDoesNoHarm(String path, String name) {
        Http.Answer answer = http.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("thing_name").asString()).isEqualTo(name);
    }

    @Test
    void aSlashAtTheEndWorksForEveryMethod() {
        assertThat(http.post(LIST + "/", "{}").status()).isEqualTo(200);
        assertThat(http.post("/v1/probe/things/?x=1", "{\"thing_name\": \"abc\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPreflightNeedsNoKey() {
        Http.Answer answer = http.send(
                "OPTIONS",
                "/v1/probe/filter/refuses",
                BodyPublishers.noBody(),
                "Origin",
                "https://dashboard.example",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization, content-type, x-namespace");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.header("Access-Control-Allow-Methods")).contains("POST", "DELETE");
        assertThat(answer.header("Access-Control-Allow-Headers")).contains("authorization", "x-namespace");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void aPageMayReadTheHeadersOfAnErrorToo() {
        Http.Answer answer = http.get("/v1/probe/filter/refuses", "Origin", "https://dashboard.example");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.header("Access-Control-Expose-Headers"))
                .contains("X-Request-Id", "X-RateLimit-Limit", "X-RateLimit-Reset", "Retry-After");
    }
}
