package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.ApiOperation;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Soak;
import dev.waybill.testing.WaybillClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whatever is wrong with a request, the answer is the error envelope, on every endpoint, and shows no internals. */
@Order(7)
class ErrorStoryTests {

    private static final Pattern INTERNALS = Pattern.compile(
            "Exception|Throwable|stack ?trace|\\bat [a-z]+\\.[a-z]|java\\.|javax?\\.|jakarta|dev\\.waybill|springframework"
                    + "|jackson|mongo(?!db\\b)|MongoDB error|hibernate|tomcat|lettuce|\\$Proxy|@[0-9a-f]{6,8}\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Map<Integer, String> TYPES = Map.ofEntries(
            Map.entry(400, "BadRequestError"),
            Map.entry(401, "UnauthorizedError"),
            Map.entry(403, "ForbiddenError"),
            Map.entry(404, "NotFoundError"),
            Map.entry(405, "MethodNotAllowedError"),
            Map.entry(406, "NotAcceptableError"),
            Map.entry(409, "AlreadyExistsError|ConflictError"),
            Map.entry(413, "PayloadTooLargeError"),
            Map.entry(415, "UnsupportedMediaTypeError"),
            Map.entry(422, "ValidationError"));

    private static List<ApiOperation> operations;
    private static WaybillClient client;
    private static Tenant tenant;
    private static Map<String, String> real;
    private static Map<String, String> unknown;

    @BeforeAll
    static void foundAnOrganization() {
        ServiceUnderTest service = ServiceUnderTest.shared();
        operations = ApiOperation.all(service.anonymous());
        tenant = Tenant.found(service.client());
        client = tenant.client().withNamespace(tenant.namespace());
        real = new LinkedHashMap<>();
        unknown = new LinkedHashMap<>();
        tenant.identifiers().forEach((name, values) -> {
            real.put(name, values.getFirst());
            unknown.put(name, values.getFirst().contains("@") ? "nobody@example.com" : "unknown");
        });
    }

    @Test
    void malformedJsonIs400() {
        for (ApiOperation operation : withBody()) {
            for (String body : List.of(
                    "{\"a\":",
                    "{\"a\" 1}",
                    "{a: 1}",
                    "{} {}",
                    "\u0000",
                    "{\"a\": \"\u0001\"}",
                    "{\"a\": " + "[".repeat(2000))) {
                Answer answer = client.send(operation.method(), operation.path(unknown), body);
                assertError(operation + " " + body.substring(0, Math.min(20, body.length())), answer, 400);
                assertThat(answer.at("/error/details/code")).isEqualTo("malformed_json");
            }
        }
    }

    @Test
    void anotherMediaTypeIs415() {
        for (ApiOperation operation : withBody()) {
            for (String type : List.of(
                    "application/xml",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "what")) {
                WaybillClient other = client.with("Content-Type", type);
                assertError(
                        operation + " " + type, other.send(operation.method(), operation.path(unknown), "a=b"), 415);
            }
        }
    }

    @Test
    void somethingElseThanAnObjectIs422() {
        for (ApiOperation operation : withBody()) {
            for (String body : List.of("[]", "[{}]", "\"text\"", "5", "true")) {
                assertError(
                        operation + " " + body, client.send(operation.method(), operation.path(unknown), body), 422);
            }
            if (operation.bodyRequired()) {
                for (String body : List.of("", "null")) {
                    assertError(
                            operation + " without a body",
                            client.send(operation.method(), operation.path(unknown), body),
                            422);
                }
            }
        }
    }

    @Test
    void anOversizedBodyIs413() {
        String body = "{\"metadata\": {\"a\": \"" + "x".repeat(6 << 20) + "\"}}";
        for (ApiOperation operation : operations) {
            if (operation.needsKey() && !operation.method().equals("GET")) {
                assertError(operation.toString(), client.send(operation.method(), operation.path(unknown), body), 413);
            }
        }
    }

    @Test
    void anotherMethodIs405AndAnotherPath404() {
        for (ApiOperation operation : operations) {
            String path = operation.path(unknown);
            List<String> possible = operations.stream()
                    .filter(other -> other.covers(path))
                    .map(ApiOperation::method)
                    .toList();
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "PURGE")) {
                if (!possible.contains(method)) {
                    Answer answer = client.send(method, path, null);
                    assertError(method + " " + path, answer, 405);
                    assertThat(List.of(answer.header("Allow").split(", "))).containsAll(possible);
                }
            }
            for (String garbage :
                    List.of("/no/such/path", "/no/such/path/", ".json/no/such/path", "/%F0%9F%98%80/a/b/c")) {
                Answer answer = client.send(operation.method(), path + garbage, null);
                assertError(operation + garbage, answer, 404);
                assertThat(answer.at("/error/details/code")).isEqualTo("no_such_path");
            }
        }
    }

    @Test
    void aStrangeAcceptHeaderChangesNoError() {
        for (ApiOperation operation : operations) {
            for (String accept :
                    List.of("text/csv", "application/xml", "nonsense", "*/*;q=x", "image/*", "text/html")) {
                WaybillClient picky = client.with("Accept", accept);
                if (isSilentDeletion(operation)) {
                    continue;
                }
                if (!operation.pathParameters().isEmpty()) {
                    Answer answer = picky.send(operation.method(), operation.target(unknown), "{\"");
                    assertError(operation + " " + accept, answer, answer.status());
                    assertThat(answer.status()).isBetween(400, 406);
                } else if (operation.reads()) {
                    Answer answer = picky.send(operation.method(), operation.template(), null);
                    if (answer.status() != 200) {
                        assertError(operation + " " + accept, answer, 406);
                    }
                    assertThat(answer.header("Content-Type")).startsWith("application/json");
                }
            }
        }
    }

    @Test
    void valuesOfTheQueryThatDoNotFitAre422() {
        for (ApiOperation operation : operations) {
            operation.query().forEach((name, schema) -> {
                JsonNode one = schema.path("type").asString().equals("array") ? schema.path("items") : schema;
                boolean isText = one.path("type").asString().equals("string") && !one.has("enum");
                for (String value : List.of("zzz", "-1", "1.5", "99999999999999999999", "%F0%9F%98%80", "NaN")) {
                    Answer answer = client.send(
                            operation.method(),
                            operation.path(unknown) + "?" + name + "=" + value,
                            operation.body(Map.of()));
                    String what = "%s?%s=%s".formatted(operation, name, value);
                    if (isText || (answer.status() < 300)) {
                        assertThat(answer.status()).as(what).isLessThan(500);
                        assertThat(isText).as(what + " was taken").isTrue();
                    } else {
                        assertError(what, answer, 422);
                        assertThat(answer.json().at("/error/details/validation_errors/0/location"))
                                .as(what)
                                .hasToString("[\"query\",\"%s\"]".formatted(name));
                    }
                }
            });
            Answer ignored =
                    client.send(operation.method(), operation.path(unknown) + "?nonsense=1&nonsense=2&=&%20", "{\"");
            assertThat(ignored.status()).as(operation.toString()).isLessThan(500);
        }
    }

    /** Each field with values of every kind, on existing resources, so that they get past the first checks. */
    @Test
    void noValueInABodyBreaksAnything() {
        List<String> values = List.of(
                "null",
                "5",
                "-1",
                "1.5",
                "1e400",
                "true",
                "\"\"",
                "\"\\u0000\"",
                "\"\\ud83d\"",
                "\"$where\"",
                "\"../..\"",
                "[]",
                "[null]",
                "[[]]",
                "{}",
                "{\"$ne\": 1}",
                "{\"a\": {\"$gt\": \"\"}}",
                "{\"\": 1}",
                "{\".\": null}",
                "\"" + "x".repeat(70_000) + "\"");
        for (ApiOperation operation : withBody()) {
            if (operation.administers()) {
                continue; // these change who may do what; of them only the making of keys is tried, below
            }
            for (String field : operation.bodyFields()) {
                for (String value : Soak.share(values, 2)) {
                    Object sample = operation.body(Map.of());
                    String body = withField(sample, field, value);
                    assertNoServerError(operation, body, client.send(operation.method(), operation.path(real), body));
                }
            }
        }
        String keys = "/v1/organizations/users/" + real.get("user_email") + "/api-keys";
        for (String field : List.of("name", "permissions", "scopes", "expires_at", "rate_limit_override", "metadata")) {
            for (String value : values) {
                String body = "{\"name\": \"n\", \"%s\": %s}"
                        .formatted(field, value)
                        .replace("\"name\": \"n\", \"name\"", "\"name\"");
                assertNoServerError(null, body, client.post(keys, body));
            }
        }
    }

    @Test
    void noIdentifierBreaksAnything() {
        List<String> strange = List.of(
                " ",
                "$ne",
                "{}",
                "ns_",
                "bkt_",
                "upl_",
                "a b",
                "ü",
                "😀",
                "'",
                "\"",
                "*",
                "..a",
                "-",
                "null",
                "%",
                "x".repeat(3000),
                "{\"$gt\":\"\"}",
                "a;b=c",
                "a,b",
                "00000000-0000-0000-0000-000000000000",
                "\t",
                "~bkt_1");
        for (ApiOperation operation : operations) {
            for (String parameter : operation.pathParameters()) {
                for (String value : Soak.share(strange, 2)) {
                    Map<String, String> path = new LinkedHashMap<>(real);
                    path.put(parameter, value);
                    Answer answer = client.send(operation.method(), operation.path(path), operation.body(Map.of()));
                    assertNoServerError(operation, parameter + "=" + value, answer);
                    assertThat(answer.status())
                            .as("%s with %s '%s'", operation, parameter, value)
                            .matches(status -> status >= 400
                                    || operation.template().startsWith("/v1/tasks")
                                    || isSilentDeletion(operation));
                }
            }
        }
        for (String value : List.of("$ne", "{}", "a b", "*", "x".repeat(3000), "~ns_1", "null", ",")) {
            Answer answer = tenant.client().withNamespace(value).post("/v1/buckets/list");
            assertError("X-Namespace: " + value, answer, 404);
        }
    }

    /** A webhook that does not exist is deleted already: 204 without a body. */
    private static boolean isSilentDeletion(ApiOperation operation) {
        return operation.method().equals("DELETE") && operation.pathParameters().equals(List.of("webhook_identifier"));
    }

    private static String withField(Object sample, String field, String value) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (sample instanceof Map<?, ?> map) {
            map.forEach((name, one) -> body.put(String.valueOf(name), one));
        } else if (sample instanceof JsonNode node) {
            node.forEachEntry(body::put);
        }
        body.remove(field);
        List<String> entries = new ArrayList<>();
        body.forEach((name, one) -> entries.add(
                "\"%s\": %s".formatted(name, new tools.jackson.databind.json.JsonMapper().writeValueAsString(one))));
        entries.add("\"%s\": %s".formatted(field, value));
        return "{" + String.join(", ", entries) + "}";
    }

    private static List<ApiOperation> withBody() {
        return operations.stream()
                .filter(operation -> operation.bodySchema() != null)
                .toList();
    }

    private static void assertNoServerError(ApiOperation operation, String sent, Answer answer) {
        String what = "%s %s".formatted(operation, sent.substring(0, Math.min(200, sent.length())));
        assertThat(answer.status()).as(what + answer.text()).isLessThan(500);
        if (answer.status() >= 400) {
            assertError(what, answer, answer.status());
        }
    }

    private static void assertError(String what, Answer answer, int status) {
        String described = what + ": " + answer.text();
        assertThat(answer.status()).as(described).isEqualTo(status);
        assertThat(answer.header("Content-Type")).as(described).startsWith("application/json");
        assertThat(answer.header("X-Request-Id")).as(described).isNotEmpty();
        JsonNode json = answer.json();
        assertThat(json.path("success").asBoolean(true)).as(described).isFalse();
        assertThat(json.path("status").asInt()).as(described).isEqualTo(status);
        assertThat(json.at("/error/message").asString()).as(described).isNotBlank();
        assertThat(json.at("/error/type").asString()).as(described).matches(TYPES.getOrDefault(status, "none"));
        assertThat(json.at("/error/details").isObject()).as(described).isTrue();
        assertThat(INTERNALS.matcher(answer.text()).find()).as(described).isFalse();
        assertThat(json.has("detail")).as(described).isEqualTo(status == 422);
        if (status == 422) {
            JsonNode errors = json.at("/error/details/validation_errors");
            assertThat(errors.size())
                    .as(described)
                    .isPositive()
                    .isEqualTo(json.path("detail").size());
            for (int i = 0; i < errors.size(); i++) {
                assertThat(json.path("detail").get(i).path("loc"))
                        .as(described)
                        .isEqualTo(errors.get(i).path("location"));
                assertThat(json.path("detail").get(i).path("msg").asString())
                        .as(described)
                        .isNotBlank();
                assertThat(json.path("detail").get(i).path("type").asString())
                        .as(described)
                        .isNotBlank();
            }
        }
    }
}
