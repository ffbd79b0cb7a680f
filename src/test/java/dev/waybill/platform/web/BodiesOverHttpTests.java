package dev.waybill.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.web.bodies.AnyBodyJsonConverter;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@WebProbe
class BodiesOverHttpTests {

    private static final String THINGS = "/v1/probe/things";
    private static final String CONFIRM = "/v1/probe/things/thg_1/confirm";

    @LocalServerPort
    int port;

    Http http;

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @Test
    void aGoodBodyIsTakenAndUnknownFieldsAreIgnored() {
        Http.Answer answer = http.post(THINGS, """
                {"thing_name": "good", "kind": "fancy_one", "ratio": 3, "expires_at": "2026-01-31T13:00:00+01:00",
                 "size": 5000000000, "item_count": null, "unknown": {"x": 1}, "metadata": {"a.b": [1, 2.5, "x", null]}}""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo("{\"outcome\":\"made\",\"thing_name\":\"good\",\"kind\":\"fancy_one\",\"upload_parts\":[],"
                        + "\"expires_at\":\"2026-01-31T12:00:00Z\"}");
    }

    @Test
    void allThatIsOfAWrongTypeIsNamed() {
        Http.Answer answer = http.post(THINGS, """
                {"thing_name": 5, "item_count": "x", "upload_parts": [{"file_name": 1, "kind": "plain"}, 7],
                 "metadata": [], "kind": "no", "expires_at": 3, "picky": {"word": "bad"}, "tags": [1, "a", 2]}""");

        assertThat(answer.status()).isEqualTo(422);
        List<String> named = new ArrayList<>();
        answer.details()
                .path("validation_errors")
                .forEach(one -> named.add(one.path("location")
                        .valueStream()
                        .skip(1)
                        .map(JsonNode::asString)
                        .collect(Collectors.joining("."))));
        assertThat(named)
                .containsExactlyInAnyOrder(
                        "thing_name",
                        "item_count",
                        "upload_parts.0.file_name",
                        "upload_parts.1",
                        "metadata",
                        "kind",
                        "expires_at",
                        "picky.word",
                        "tags.0",
                        "tags.2");
        assertThat(http.post("/v1/probe/many", "[" + "1,".repeat(99) + "1]")
                        .details()
                        .path("validation_errors")
                        .size())
                .isEqualTo(AnyBodyJsonConverter.MAX_MISTAKES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", ", :", ", \"a\": [[", ", \"thing_name\": \"x\"}"})
    void whatIsNoJsonBehindAWrongTypeChangesNothing(String rest) {
        Http.Answer answer = http.post(THINGS, "{\"thing_name\": 5" + rest);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.location()).isEqualTo(List.of("body", "thing_name"));
        assertThat(http.post(THINGS, "{\"tags\": 5, \"metadata\": " + "[".repeat(70))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aNumberThatIsTooLongIsNamed() {
        for (String digits : List.of("9".repeat(1_001), "0." + "3".repeat(1_001), "1e" + "1".repeat(1_001))) {
            Http.Answer answer = http.post(THINGS, "{\"metadata\": {\"a\": [1, " + digits + "]}}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error().path("message").asString()).contains("'metadata.a", "100 digits");
            assertThat(answer.details().path("field").asString()).startsWith("metadata.a");
            assertThat(http.post(THINGS, "{\"item_count\": " + digits + "}")
                            .details()
                            .path("field")
                            .asString())
                    .isEqualTo("item_count");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"thing_name\": 5}                               | [body, thing_name]      | string_type",
                "{\"thing_name\": true}                            | [body, thing_name]      | string_type",
                "{\"thing_name\": 1.5}                             | [body, thing_name]      | string_type",
                "{\"thing_name\": {}}                              | [body, thing_name]      | string_type",
                "{\"thing_name\": [\"x\"]}                         | [body, thing_name]      | string_type",
                "{\"item_count\": 1.5}                             | [body, item_count]      | int_type",
                "{\"item_count\": 1.0}                             | [body, item_count]      | int_type",
                "{\"item_count\": \"1\"}                           | [body, item_count]      | int_type",
                "{\"item_count\": \"\"}                            | [body, item_count]      | int_type",
                "{\"item_count\": true}                            | [body, item_count]      | int_type",
                "{\"item_count\": 99999999999}                     | [body, item_count]      | int_type",
                "{\"size\": 99999999999999999999}                  | [body, size]            | int_type",
                "{\"size\": \"5\"}                                 | [body, size]            | int_type",
                "{\"ratio\": \"0.5\"}                              | [body, ratio]           | float_type",
                "{\"ratio\": \"NaN\"}                              | [body, ratio]           | float_type",
                "{\"ratio\": 1e999}                                | [body, ratio]           | float_type",
                "{\"ratio\": \"\"}                                 | [body, ratio]           | float_type",
                "{\"enabled\": \"true\"}                           | [body, enabled]         | bool_type",
                "{\"enabled\": 1}                                  | [body, enabled]         | bool_type",
                "{\"enabled\": \"\"}                               | [body, enabled]         | bool_type",
                "{\"kind\": \"strange\"}                           | [body, kind]            | enum",
                "{\"kind\": \"PLAIN\"}                             | [body, kind]            | enum",
                "{\"kind\": \"\"}                                  | [body, kind]            | enum",
                "{\"kind\": 0}                                     | [body, kind]            | enum",
                "{\"expires_at\": \"yesterday\"}                   | [body, expires_at]      | value_error",
                "{\"expires_at\": 1700000000}                      | [body, expires_at]      | value_error",
                "{\"expires_at\": \"2026-01-31T12:00:00\"}         | [body, expires_at]      | value_error",
                "{\"upload_parts\": {}}                            | [body, upload_parts]    | list_type",
                "{\"upload_parts\": \"\"}                          | [body, upload_parts]    | list_type",
                "{\"upload_parts\": [{\"file_name\": 7}]}          | [body, upload_parts, 0, file_name] | string_type",
                "{\"upload_parts\": [{}, {\"kind\": \"x\"}]}       | [body, upload_parts, 1, kind] | enum",
                "{\"upload_parts\": [5]}                           | [body, upload_parts, 0] | object_type",
                "{\"named_parts\": {\"Big Name\": {\"kind\": 1}}}  | [body, named_parts, Big Name, kind] | enum",
                "{\"named_parts\": \"\"}                           | [body, named_parts]     | object_type",
                "{\"picky\": \"\"}                                 | [body, picky]           | object_type",
                "{\"picky\": {\"word\": \"bad\"}}                  | [body, picky, word]     | value_error",
                "[]                                                | [body]                  | object_type",
                "\"text\"                                          | [body]                  | object_type",
                "5                                                 | [body]                  | object_type",
            })
    void whatIsOfAnotherTypeIsNeverTurned(String body, String location, String type) {
        Http.Answer answer = http.post(THINGS, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.location()).hasToString(location);
        assertThat(answer.violationType()).isEqualTo(type);
        assertThat(answer.text())
                .doesNotContain("dev.waybill")
                .doesNotContain("java.")
                .doesNotContain("jackson");
    }

    @Test
    void anUnknownConstantIsReportedWithTheKnownOnes() {
        Http.Answer answer = http.post(THINGS, "{\"kind\": \"strange\"}");

        assertThat(answer.error().path("message").asString()).isEqualTo("kind: must be one of: plain, fancy_one");
    }

    @Test
    void a422CarriesTheViolationsTwice() {
        Http.Answer answer = http.post(THINGS, "{\"thing_name\": \"UPPER\", \"item_count\": 11}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).isEqualTo("""
                {"success":false,"status":422,"error":{"message":"item_count: must be less than or equal to 10; \
                thing_name: must match \\"[a-z ]*\\"",\
                "type":"ValidationError","details":{"code":"validation","validation_errors":[\
                {"type":"less_than_equal","location":["body","item_count"],"message":"must be less than or equal to 10"},\
                {"type":"string_pattern_mismatch","location":["body","thing_name"],"message":"must match \\"[a-z ]*\\""}]}},\
                "detail":[{"loc":["body","item_count"],"msg":"must be less than or equal to 10","type":"less_than_equal"},\
                {"loc":["body","thing_name"],"msg":"must match \\"[a-z ]*\\"","type":"string_pattern_mismatch"}]}""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                                   | [body, thing_name] | missing",
                "{\"thing_name\": null}                                               | [body, thing_name] | missing",
                "{\"thing_name\": \"ab\"}                                             | [body, thing_name] | string_too_short",
                "{\"thing_name\": \"abcdefghijk\"}                                    | [body, thing_name] | string_too_long",
                "{\"thing_name\": \"abc\", \"item_count\": 0}                         | [body, item_count] | greater_than_equal",
                "{\"thing_name\": \"abc\", \"upload_parts\": []}                      | [body, upload_parts] | too_short",
                "{\"thing_name\": \"abc\", \"tags\": [\"a\", \"long\"]}               | [body, tags, 1] | string_too_long",
                "{\"thing_name\": \"abc\", \"upload_parts\": [{\"file_name\":\"a\"},{}]} | [body, upload_parts, 1, file_name] | missing",
                "{\"thing_name\": \"abc\", \"named_parts\": {\"aB\": {\"file_name\": \"\"}}} | [body, named_parts, aB, file_name] | string_too_short",
            })
    void aBrokenBoundIsReportedWithItsLocation(String body, String location, String type) {
        Http.Answer answer = http.post(THINGS, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.location()).hasToString(location);
        assertThat(answer.violationType()).isEqualTo(type);
    }

    @Test
    void messagesAreEnglishWhateverTheClientPrefers() {
        Http.Answer answer = http.send(
                "POST",
                THINGS,
                BodyPublishers.ofString("{\"thing_name\": \"ab\"}"),
                "Content-Type",
                "application/json",
                "Accept-Language",
                "de");

        assertThat(answer.error().path("message").asString()).isEqualTo("thing_name: size must be between 3 and 10");
    }

    @Test
    void aListAsBodyIsValidatedWithItsIndexes() {
        Http.Answer answer = http.post("/v1/probe/many", "[{\"file_name\": \"a\"}, {\"file_name\": \"abcdef\"}]");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.location()).hasToString("[body, 1, file_name]");
        assertThat(answer.violationType()).isEqualTo("string_too_long");
    }

    @Test
    void anIdOfAnotherFormIsNotFoundWhereverItStands() {
        assertThat(http.post(THINGS, "{\"owner_id\": \"strange\"}").status()).isEqualTo(404);
        assertThat(http.post("/v1/probe/things/strange/confirm", "{}").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"thing_name\": \"a\",}           | 20 | unexpected",
                "{\"thing_name\"                    | 14 | ends too early",
                "{'thing_name': 1}                  | 2  | unexpected",
                "{\"thing_name\": NaN}              | 0  | unexpected",
                "{\"a\": 1, \"a\": 2}               | 0  | twice",
                "{\"metadata\": {\"a\": 1, \"a\": 2}} | 0 | twice",
                "{\"thing_name\": \"abc\"} x        | 0  | unexpected",
                "{\"thing_name\": \"abc\"} {}       | 0  | something follows",
                "nonsense                           | 0  | unexpected",
            })
    void invalidJsonIsReportedWithItsLocation(String body, int column, String why) {
        Http.Answer answer = http.post(THINGS, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.details().path("code").asString()).isEqualTo("malformed_json");
        assertThat(answer.details().path("line").asInt()).isEqualTo(1);
        if (column > 0) {
            assertThat(answer.details().path("column").asInt()).isEqualTo(column);
        }
        assertThat(answer.error().path("message").asString()).contains(why).doesNotContain("Object property");
    }

    @Test
    void depthAndLengthAreBounded() {
        String deep = "{\"metadata\": {\"a\": %s1%s}}".formatted("[".repeat(70), "]".repeat(70));
        String number = "{\"metadata\": {\"a\": %s}}".formatted("9".repeat(200));
        String fine =
                "{\"thing_name\": \"abc\", \"metadata\": {\"a\": %s1%s}}".formatted("[".repeat(50), "]".repeat(50));

        assertThat(http.post(THINGS, deep).details().path("code").asString()).isEqualTo("malformed_json");
        assertThat(http.post(THINGS, number).details().path("code").asString()).isEqualTo("malformed_json");
        assertThat(http.post(THINGS, fine).status()).isEqualTo(200);
    }

    @Test
    void aRequiredBodyIsMissed() {
        List<Http.Answer> answers = List.of(
                http.send("POST", THINGS, BodyPublishers.noBody()),
                http.send("POST", THINGS, BodyPublishers.noBody(), "Content-Type", "application/json"),
                http.send("POST", THINGS, BodyPublishers.noBody(), "Content-Type", "text/plain"));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.location()).hasToString("[body]");
            assertThat(answer.violationType()).isEqualTo("missing");
        });
        assertThat(http.post(THINGS, "null").location()).hasToString("[body]");
    }

    @Test
    void anOptionalBodyMayBeMissingUnderEveryContentType() {
        assertThat(List.of(
                        http.send("POST", CONFIRM, BodyPublishers.noBody()),
                        http.post(CONFIRM, ""),
                        http.post(CONFIRM, "null"),
                        http.send("POST", CONFIRM, BodyPublishers.noBody(), "Content-Type", "text/plain"),
                        http.send("POST", CONFIRM, Http.chunked(""), "Content-Type", "application/json"),
                        http.send(
                                "POST",
                                CONFIRM,
                                BodyPublishers.noBody(),
                                "Content-Type",
                                "application/x-www-form-urlencoded")))
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(200);
                    assertThat(answer.json().path("outcome").asString()).isEqualTo("no body");
                });
        String bare = http.raw("POST " + CONFIRM + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(bare).startsWith("HTTP/1.1 200").contains("no body");
    }

    @Test
    void aBodyThatDoesNotSayWhatItIsIsTakenForJson() {
        String json = "{\"file_name\": \"x\"}";

        assertThat(http.send("POST", CONFIRM, BodyPublishers.ofString(json)).text())
                .contains("body x");
        assertThat(http.send("POST", CONFIRM, Http.chunked(json)).text()).contains("body x");
        assertThat(http.send("POST", CONFIRM, BodyPublishers.ofString(json), "Content-Type", "text/plain;charset=UTF-8")
                        .text())
                .contains("body x");
        assertThat(http.send(
                                "POST",
                                THINGS,
                                BodyPublishers.ofString("{\"thing_name\": \"abc\"}"),
                                "Content-Type",
                                "application/merge-patch+json; charset=utf-8")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data; boundary=x", "nonsense"})
    void otherMediaTypesAreRefused(String type) {
        Http.Answer answer =
                http.send("POST", THINGS, BodyPublishers.ofString("{\"thing_name\": \"abc\"}"), "Content-Type", type);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.error().path("type").asString()).isEqualTo("UnsupportedMediaTypeError");
        assertThat(answer.header("Accept")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "application/*+json"})
    void aMediaTypeWithAWildcardIsRefusedWithAndWithoutABody(String type) {
        for (String body : List.of("", "{\"file_name\": \"x\"}")) {
            assertThat(http.send("POST", CONFIRM, BodyPublishers.ofString(body), "Content-Type", type)
                            .status())
                    .isEqualTo(415);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {THINGS, CONFIRM})
    void curlsDefaultMediaTypeIsRefusedWithTheFix(String path) {
        Http.Answer answer = http.send(
                "POST",
                path,
                BodyPublishers.ofString("{\"thing_name\": \"100%zz\"}"),
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.error().path("message").asString()).contains("-H 'Content-Type: application/json'");
    }

    @Test
    void aBodyOverTheLimitIsRefusedHoweverItIsSent() {
        String big = "{\"thing_name\": \"%s\"}".formatted("x".repeat(20_000));
        Http.Answer sized = http.post(THINGS, big);
        Http.Answer chunked = http.send("POST", THINGS, Http.chunked(big), "Content-Type", "application/json");
        Http.Answer nested = http.send(
                "POST",
                THINGS,
                Http.chunked("{\"named_parts\": {\"a\": {\"file_name\": \"%s\"}}}".formatted("x".repeat(20_000))),
                "Content-Type",
                "application/json");
        Http.Answer huge = http.post(THINGS, "{\"thing_name\": \"%s\"}".formatted("x".repeat(6_000_000)));

        assertThat(List.of(sized, chunked, nested, huge)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.error().path("type").asString()).isEqualTo("PayloadTooLargeError");
            assertThat(answer.details().path("limit").asLong()).isEqualTo(10_240);
        });
    }
}
