package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.ApiOperation;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key can see nothing of another organization: tried on every endpoint with every id. */
class TenancyStoryTests {

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared();
    private static final WaybillClient ANONYMOUS = SERVICE.anonymous();

    private static List<ApiOperation> operations;
    private static Tenant victim;
    private static Tenant stranger;
    private static String before;

    /** How a request names its namespace; header or query parameter, or not at all. */
    private record Place(String header, String query) {

        static final Place NOWHERE = new Place("", "");

        Place ghost() {
            return new Place(TenancyStoryTests.ghost(header), TenancyStoryTests.ghost(query));
        }
    }

    @BeforeAll
    static void foundTwoOrganizations() {
        operations = ApiOperation.all(ANONYMOUS);
        victim = Tenant.found(SERVICE.client());
        stranger = Tenant.found(SERVICE.client());
        victim.settle();
        before = victim.everything();
    }

    @AfterEach
    void nothingOfTheVictimHasChanged() {
        assertThat(victim.everything()).isEqualTo(before);
    }

    @Test
    void noEndpointShowsOrChangesAnythingOfAnotherOrganization() {
        int attacks = 0;
        for (ApiOperation operation : operations) {
            for (Map<String, String> path : fillings(operation)) {
                for (Place place : places(operation)) {
                    if (isAttack(operation, path, place)) {
                        attack(operation, path, place);
                        attacks++;
                    }
                }
            }
        }
        assertThat(attacks).isGreaterThan(200);
    }

    /** The stranger's own paths, but bodies that name what is the victim's. */
    @Test
    void idsInBodiesReachNothingEither() {
        Map<String, String> ids = new LinkedHashMap<>(first(victim));
        ids.put("namespace_id", victim.namespace());
        ids.put("bucket_id", victim.bucket());
        ids.put("object_id", victim.object());
        ids.put("organization_id", victim.organization());
        ids.put("connection_id", victim.connection());
        int tried = 0;
        for (ApiOperation operation : operations) {
            Object body = operation.body(ids);
            if (body == null || !operation.inNamespace() || !names(body.toString())) {
                continue;
            }
            Answer answer = stranger.client()
                    .withNamespace(stranger.namespace())
                    .send(operation.method(), operation.path(first(stranger)), body);
            assertNothingLeaked(operation + " " + body, answer, body.toString());
            String task = answer.at("/task_id");
            if (!task.isEmpty()) {
                await().until(() -> stranger.client().get("/v1/tasks/" + task).at("/status"), "FAILED"::equals);
                assertNothingLeaked("its task", stranger.client().get("/v1/tasks/" + task), body.toString());
            }
            tried++;
        }
        assertThat(tried).isPositive();
    }

    @Test
    void listsShowNothingOfOthersWhateverTheFilter() {
        List<String> bodies = List.of(
                "{}",
                "{\"search\": \"%s\"}".formatted(victim.mark()),
                "{\"filters\": {\"organization_id\": \"%s\"}}".formatted(victim.organization()),
                "{\"filters\": {\"namespace_id\": \"%s\"}}".formatted(victim.namespace()),
                "{\"filters\": {\"_id\": {\"$ne\": null}}}",
                """
                {"filters": {"OR": [{"field": "namespace_id", "operator": "ne", "value": "x"},
                                    {"field": "bucket_id", "operator": "ne", "value": "x"},
                                    {"field": "created_at", "operator": "gt", "value": "2000-01-01T00:00:00Z"}]}}""",
                """
                {"filters": {"NOT": [{"field": "namespace_id", "operator": "eq", "value": "%s"}]}}""".formatted(stranger.namespace()));
        int lists = 0;
        for (ApiOperation operation : operations) {
            if (!operation.template().endsWith("/list")) {
                continue;
            }
            lists++;
            WaybillClient own = stranger.client().withNamespace(stranger.namespace());
            String path = operation.path(first(stranger));
            for (String body : bodies) {
                assertNothingLeaked(operation + body, own.send(operation.method(), path + "?limit=100", body), body);
            }
            Answer page = victim.client()
                    .withNamespace(victim.namespace())
                    .send(operation.method(), operation.path(first(victim)) + "?limit=1", "{}");
            String cursor = page.at("/pagination/next_cursor");
            if (!cursor.isEmpty()) {
                assertNothingLeaked(
                        operation + " with the victim's cursor",
                        own.send(operation.method(), path + "?limit=100&cursor=" + cursor, "{}"),
                        "");
            }
        }
        assertThat(lists).isGreaterThanOrEqualTo(5);
    }

    @Test
    void withoutAValidKeyEveryAnswerIsTheSame() {
        String expiring = key("expiring", Map.of("expires_at", Instant.now().plus(Duration.ofSeconds(1))));
        String revoked = key("revoked", Map.of());
        assertThat(victim.client().delete(keys() + "/revoked").status()).isEqualTo(200);
        WaybillClient late = ANONYMOUS.withKey(expiring);
        await().until(() -> late.get("/v1/organizations").status() == 401);
        String expected = ANONYMOUS.get("/v1/organizations").text();
        assertThat(expected).contains("\"status\":401").contains("\"UnauthorizedError\"");
        List<WaybillClient> without = List.of(
                ANONYMOUS,
                late,
                ANONYMOUS.withKey(revoked),
                ANONYMOUS.withKey("sk_" + "x".repeat(43)),
                ANONYMOUS.withKey("sk_"),
                ANONYMOUS.withKey("nonsense"),
                ANONYMOUS.withKey("sk_" + "x".repeat(4000)),
                ANONYMOUS.with("Authorization", "Basic c2s6c2s="),
                ANONYMOUS.with("Authorization", "Bearer"),
                ANONYMOUS.with("Authorization", ServiceUnderTest.API_KEY),
                ANONYMOUS.with("X-API-Key", ServiceUnderTest.API_KEY));
        for (WaybillClient client : without) {
            for (ApiOperation operation : operations) {
                if (operation.needsKey()) {
                    String path = operation.path(first(victim));
                    assertUnauthorized(expected, client.send(operation.method(), path, operation.body(Map.of())));
                }
            }
        }
        for (ApiOperation operation : operations) {
            String path = operation.path(first(victim));
            if (operation.needsKey()) {
                assertUnauthorized(expected, ANONYMOUS.send(operation.method(), path, "{\"broken"));
                assertUnauthorized(
                        expected,
                        ANONYMOUS.with("Content-Type", "text/csv").send(operation.method(), path + "?limit=x", "a,b"));
                assertUnauthorized(expected, ANONYMOUS.send("PURGE", path, null));
            }
            assertUnauthorized(expected, ANONYMOUS.send(operation.method(), path + "/no/such/path", null));
        }
        victim.client().delete(keys() + "/expiring");
        before = victim.everything();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"//v1/organizations", "/v1/./organizations", "/%76%31/organizations", "/v1;x=1/organizations"})
    void otherSpellingsOfAPathOpenNothing(String path) {
        Answer answer = ANONYMOUS.send("GET", SERVICE.base() + path, null);
        assertThat(answer.status()).as(answer.text()).isBetween(400, 404);
    }

    private void attack(ApiOperation operation, Map<String, String> path, Place place) {
        Object body = operation.body(Map.of());
        String sent = path.values() + place.toString() + body;
        Answer answer = send(operation, path, place, body);
        String what = "%s %s %s: %s".formatted(operation, path, place, answer.text());
        assertThat(answer.status()).as(what).isNotIn(500, 503);
        if (answer.status() < 300) {
            assertThat(operation.method() + operation.pathParameters())
                    .as("only canceling a task, or deleting a webhook, is silent about what is not there; " + what)
                    .isIn("DELETE[task_id]", "DELETE[webhook_identifier]");
        }
        assertNothingLeaked(what, answer, sent);
        assertThat(answer.status())
                .as("another tenant's is not there, rather than forbidden: " + what)
                .isNotEqualTo(403);

        Map<String, String> ghosts = new LinkedHashMap<>();
        path.forEach((name, value) -> ghosts.put(name, names(value) ? ghost(value) : value));
        Place ghostPlace = names(place.toString()) ? place.ghost() : place;
        Answer ofNothing = send(operation, ghosts, ghostPlace, body);
        assertThat(redacted(answer.text()))
                .as("what is the victim's is distinguishable from what does not exist: " + what)
                .isEqualTo(redacted(ofNothing.text()));
        assertThat(answer.status()).as(what).isEqualTo(ofNothing.status());
    }

    private static Answer send(ApiOperation operation, Map<String, String> path, Place place, Object body) {
        WaybillClient client =
                place.header().isEmpty() ? stranger.client() : stranger.client().withNamespace(place.header());
        String target = operation.target(path);
        String joint = target.contains("?") ? "&" : "?";
        String query = place.query().isEmpty() ? "" : joint + "namespace=" + place.query();
        return client.send(operation.method(), target + query, body);
    }

    /** Answers may repeat what the request named, and nothing else that is the victim's. */
    private static void assertNothingLeaked(String what, Answer answer, String sent) {
        for (String secret : victim.secrets()) {
            if (answer.status() < 300 || !sent.contains(secret)) {
                if (!(answer.status() < 300
                        && sent.contains(secret)
                        && !answer.at("/task_id").isEmpty())) {
                    assertThat(answer.text()).as(what).doesNotContain(secret);
                }
            }
        }
    }

    private static void assertUnauthorized(String expected, Answer answer) {
        assertThat(answer.text()).isEqualTo(expected);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    /** Every way to fill in the path, with the victim's ids and names and with the stranger's own. */
    private static List<Map<String, String>> fillings(ApiOperation operation) {
        List<Map<String, String>> fillings = List.of(Map.of());
        for (String parameter : operation.pathParameters()) {
            assertThat(victim.identifiers().keySet())
                    .as("%s: teach Tenant what its %s are", operation, parameter)
                    .contains(parameter);
            List<String> values = new ArrayList<>(victim.identifiers().get(parameter));
            values.add(stranger.identifiers().get(parameter).getFirst());
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> filling : fillings) {
                for (String value : values) {
                    Map<String, String> more = new LinkedHashMap<>(filling);
                    more.put(parameter, value);
                    longer.add(more);
                }
            }
            fillings = longer;
        }
        return fillings;
    }

    private static List<Place> places(ApiOperation operation) {
        String name = "space-" + victim.mark();
        return operation.inNamespace()
                ? List.of(
                        new Place(victim.namespace(), ""),
                        new Place(name, ""),
                        new Place("", victim.namespace()),
                        new Place("", name),
                        new Place(stranger.namespace(), ""))
                : List.of(Place.NOWHERE);
    }

    private static boolean isAttack(ApiOperation operation, Map<String, String> path, Place place) {
        return names(path.toString()) || (operation.inNamespace() && names(place.toString()));
    }

    private static boolean names(String text) {
        return victim.secrets().stream().anyMatch(text::contains);
    }

    /** An identifier of the same form that nobody has. */
    private static String ghost(String value) {
        if (value.isEmpty()) {
            return value;
        }
        return value.contains("@")
                ? value.replace(victim.mark(), "0123456789abcdef")
                : value.substring(0, value.length() - 6) + "abcdef";
    }

    private static String redacted(String text) {
        String redacted = text;
        for (List<String> values : victim.identifiers().values()) {
            for (String value : values) {
                redacted = redacted.replace(value, "?").replace(ghost(value), "?");
            }
        }
        return redacted;
    }

    private static Map<String, String> first(Tenant tenant) {
        Map<String, String> first = new LinkedHashMap<>();
        tenant.identifiers().forEach((name, values) -> first.put(name, values.getFirst()));
        return first;
    }

    private static String keys() {
        return "/v1/organizations/users/admin-%s@example.com/api-keys".formatted(victim.mark());
    }

    private static String key(String name, Map<String, ?> more) {
        Map<String, Object> request = new LinkedHashMap<>(Map.of("name", name));
        more.forEach((field, value) -> request.put(field, value.toString()));
        Answer key = victim.client().post(keys(), request);
        assertThat(key.status()).as(key.text()).isEqualTo(200);
        return key.at("/key");
    }
}
