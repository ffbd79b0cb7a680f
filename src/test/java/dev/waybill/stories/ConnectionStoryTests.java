package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.waybill.connectors.ScriptedSource;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.JsonNode;

/**
 * Connections to foreign storage over HTTP: created, tested, changed and archived, and their secrets are never shown.
 */
class ConnectionStoryTests {

    private static final String ALL = "/v1/organizations/connections";
    private static final String MASK = "*".repeat(40);

    /** What the oldest clients know; another value in one connection, and they cannot read the whole list. */
    private static final Set<String> OLDEST = Set.of(
            "google_drive", "s3", "snowflake", "sharepoint", "tigris", "postgresql", "instagram", "tiktok", "rss");

    private static final Set<String> STATUSES = Set.of("ACTIVE", "FAILED", "SUSPENDED", "ARCHIVED");

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final String admin = "a-%s@example.com".formatted(UUID.randomUUID());
    private final Answer founded = service.client()
            .post("/v1/organizations", Map.of("organization_name", "org-" + UUID.randomUUID(), "admin_email", admin));
    private final WaybillClient client = service.client().withKey(founded.at("/api_key/key"));

    @Test
    void aConnectionIsMadeSeenChangedAndArchived() {
        Answer made = create("Raw footage", Map.of("description", "Film", "metadata", Map.of("team", "film")));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        String id = made.at("/connection_id");
        assertThat(id).matches("conn_[0-9a-f]{15}");
        assertThat(made.at("/provider")).isEqualTo("scripted");
        assertThat(made.at("/provider_type")).isEqualTo("s3");
        assertThat(made.at("/created_by_user_id")).startsWith("usr_");
        assertThat(made.at("/status")).isEqualTo("ACTIVE");

        assertThat(client.get(ALL + "/" + id).text()).isEqualTo(made.text());
        assertThat(client.get(ALL + "/Raw%20footage").text()).isEqualTo(made.text());
        assertThat(create("Raw footage", Map.of()).at("/error/type")).isEqualTo("AlreadyExistsError");

        Answer changed =
                client.patch(ALL + "/" + id, Map.of("name", "Footage", "description", "", "metadata", Map.of("a", 1)));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().has("description")).isFalse();
        assertThat(changed.json().at("/metadata")).hasToString("{\"a\":1}");
        assertThat(client.get(ALL + "/Raw%20footage").status()).isEqualTo(404);

        Answer deleted = client.delete(ALL + "/Footage");
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
        assertThat(deleted.at("/connection_id")).isEqualTo(id);
        deleted.json().forEach(value -> assertThat(value.isString()).isTrue());
        assertThat(client.get(ALL + "/Footage").status()).isEqualTo(404);
        Answer archived = client.get(ALL + "/" + id);
        assertThat(archived.at("/status")).isEqualTo("ARCHIVED");
        assertThat(archived.json().at("/is_active").asBoolean(true)).isFalse();
        assertThat(client.patch(ALL + "/" + id, Map.of("status", "ACTIVE")).status())
                .isEqualTo(409);
        assertThat(client.post(ALL + "/" + id + "/test").status()).isEqualTo(409);
        assertThat(client.get(ALL + "/" + id + "/files").status()).isEqualTo(409);
        assertThat(client.delete(ALL + "/" + id).status()).isEqualTo(200);
        assertThat(create("Footage", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void oneThatDoesNotWorkIsNotSavedUnlessOneInsists() {
        Map<String, Object> wrong = settings("another secret that is long enough", ScriptedSource.BUCKET);
        Answer refused = create("wrong", Map.of("provider_config", wrong));
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.at("/error/type")).isEqualTo("BadRequestError");
        assertThat(refused.at("/error/details/diagnosis")).isEqualTo("INVALID_CREDENTIALS");
        assertThat(client.get(ALL + "/wrong").status()).isEqualTo(404);
        Answer nowhere = create("wrong", Map.of("provider_config", settings(ScriptedSource.SECRET, "no-such-bucket")));
        assertThat(nowhere.at("/error/details/diagnosis")).isEqualTo("BUCKET_NOT_FOUND");

        Answer saved = create("wrong", Map.of("provider_config", wrong, "test_before_save", false));
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        assertThat(client.get(ALL + "/wrong/capabilities").status()).isEqualTo(404);
        for (int failures = 1; failures <= 5; failures++) {
            Answer tested = client.post(ALL + "/wrong/test");
            assertThat(tested.status()).isEqualTo(200);
            assertThat(tested.json().at("/success").asBoolean(true)).isFalse();
            assertThat(tested.at("/message")).isNotBlank();
            assertThat(tested.at("/details/diagnosis")).isEqualTo("INVALID_CREDENTIALS");
            Answer seen = client.get(ALL + "/wrong");
            assertThat(seen.json().at("/consecutive_failures").asInt()).isEqualTo(failures);
            assertThat(seen.at("/status")).isEqualTo(failures < 5 ? "FAILED" : "SUSPENDED");
            assertThat(seen.at("/last_error")).startsWith("INVALID_CREDENTIALS: ");
        }
        assertThat(client.get(ALL + "/wrong/folders").at("/error/details/code")).isEqualTo("connection_not_active");

        Answer unsaved = client.patch(
                ALL + "/wrong", Map.of("provider_config", settings("still not the right secret", "elsewhere")));
        assertThat(unsaved.at("/error/details/diagnosis")).isEqualTo("INVALID_CREDENTIALS");
        Answer mended =
                client.patch(ALL + "/wrong", Map.of("provider_config", ScriptedSource.settings(), "status", "ACTIVE"));
        assertThat(mended.status()).as(mended.text()).isEqualTo(200);
        assertThat(mended.at("/status")).isEqualTo("ACTIVE");
        assertThat(mended.json().at("/consecutive_failures").asInt()).isZero();
        assertThat(mended.json().has("last_error")).isFalse();
        assertThat(client.get(ALL + "/wrong/capabilities")
                        .json()
                        .at("/capabilities/list")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void settingsAreTestedWithoutBeingSaved() {
        Answer works = client.post(
                ALL + "/test",
                Map.of("provider_type", "scripted", "provider_config", ScriptedSource.settings(), "name", "any"));
        assertThat(works.json().at("/success").asBoolean()).as(works.text()).isTrue();
        assertThat(works.json().at("/details/checks").isArray()).isTrue();
        Answer fails = client.post(
                ALL + "/test",
                Map.of("provider_type", "scripted", "provider_config", settings("wrong", ScriptedSource.BUCKET)));
        assertThat(fails.status()).isEqualTo(200);
        assertThat(fails.json().at("/success").asBoolean(true)).isFalse();
        assertThat(client.post(ALL + "/list").json().at("/total").asInt()).isZero();
    }

    @Test
    void listsShowWhatIsRequested() {
        for (String name : List.of("a", "b", "c", "d")) {
            assertThat(create(name, Map.of()).status()).isEqualTo(200);
        }
        client.patch(ALL + "/b", Map.of("is_active", false));
        client.delete(ALL + "/d");

        assertThat(names("", Map.of())).containsExactly("c", "b", "a");
        assertThat(names("", Map.of("is_active", true))).containsExactly("c", "a");
        assertThat(names("", Map.of("is_active", false))).containsExactly("b");
        assertThat(names("", Map.of("status", "suspended"))).containsExactly("b");
        assertThat(names("", Map.of("status", "ARCHIVED"))).containsExactly("d");
        assertThat(names("", Map.of("status", "ACTIVE", "is_active", false))).isEmpty();
        assertThat(names("", Map.of("status", "PENDING"))).isEmpty();
        assertThat(names("", Map.of("provider_type", "scripted"))).hasSize(3);
        assertThat(names("", Map.of("provider_type", "s3"))).hasSize(3);
        assertThat(names("", Map.of("provider_type", "google_drive"))).isEmpty();
        Answer page = client.post(ALL + "/list?limit=2");
        assertThat(page.json().at("/total").asInt()).isEqualTo(3);
        assertThat(page.json().at("/results").size()).isEqualTo(2);
        assertThat(names("?limit=2&cursor=" + page.at("/pagination/next_cursor"), Map.of()))
                .containsExactly("a");
        assertThat(names("?limit=2&offset=1", Map.of())).containsExactly("b", "a");
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("status", "BROKEN"), Map.of("provider_type", "punch_cards"), Map.of("is_active", "yes"))) {
            assertThat(client.post(ALL + "/list", wrong).status())
                    .as("%s", wrong)
                    .isEqualTo(422);
        }
        Answer old = client.get(ALL);
        assertThat(old.json().at("/connections")).isEqualTo(old.json().at("/results"));
        assertThat(old.json().at("/total_count").asInt()).isEqualTo(3);
        assertThat(old.json().at("/total").asInt()).isEqualTo(3);
    }

    @Test
    void theShortPathsAreTheSame() {
        Answer made = client.post("/v1/connections", body("short", Map.of()));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        for (String path : List.of("", "/short", "/short/capabilities", "/short/folders", "/short/files")) {
            assertThat(client.get("/v1/connections" + path).status()).as(path).isEqualTo(200);
        }
        assertThat(client.post("/v1/connections/list").text()).contains(made.at("/connection_id"));
        assertThat(client.post("/v1/connections/short/test").at("/message")).isNotEmpty();
        assertThat(client.patch("/v1/connections/short", Map.of("description", "x"))
                        .at("/description"))
                .isEqualTo("x");
        assertThat(client.delete("/v1/connections/short").at("/status")).isEqualTo("ARCHIVED");
        assertThat(service.anonymous().get("/v1/connections").status()).isEqualTo(401);
        assertThat(service.anonymous().get("/openapi.json").text()).doesNotContain("\"/v1/connections");
    }

    @Test
    void providersThatAreNotToBeHadAreNamedWithThoseThatAre() {
        for (String name : List.of("google_drive", "snowflake", "rss", "http_api")) {
            Answer refused = create("x", Map.of("provider_type", name, "provider_config", Map.of()));
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.at("/error/details/code")).isEqualTo("unsupported");
            assertThat(refused.json().at("/error/details/supported").toString()).contains("scripted");
        }
        Answer unknown = create("x", Map.of("provider_type", "punch_cards"));
        assertThat(unknown.status()).isEqualTo(422);
    }

    @Test
    void whatIsWrongWithARequestIsSaid() {
        Map<String, Object> masked = settings(MASK, ScriptedSource.BUCKET);
        assertThat(violation(create("x", Map.of("provider_config", masked))))
                .isEqualTo("[\"body\",\"provider_config\",\"credentials\",\"secret_access_key\"]");
        assertThat(violation(create("conn_1", Map.of()))).isEqualTo("[\"body\",\"name\"]");
        assertThat(violation(create("x".repeat(101), Map.of()))).isEqualTo("[\"body\",\"name\"]");
        assertThat(violation(create("x", Map.of("description", "x".repeat(501)))))
                .isEqualTo("[\"body\",\"description\"]");
        assertThat(violation(client.post(ALL, Map.of("name", "x", "provider_type", "scripted"))))
                .isEqualTo("[\"body\",\"provider_config\"]");
        assertThat(create("x", Map.of()).status()).isEqualTo(200);
        assertThat(violation(client.patch(ALL + "/x", Map.of("status", "ARCHIVED"))))
                .isEqualTo("[\"body\",\"status\"]");
        assertThat(violation(client.patch(ALL + "/x", Map.of("status", "ACTIVE", "is_active", false))))
                .isEqualTo("[\"body\",\"is_active\"]");
        assertThat(violation(client.get(ALL + "/x/files?path=ftp://a/b"))).isEqualTo("[\"query\",\"path\"]");
        assertThat(violation(client.get(ALL + "/x/files?max_results=101"))).isEqualTo("[\"query\",\"max_results\"]");
    }

    /** Each of these makes some client in the field fail to parse a response, or lose what is in it. */
    @Test
    void generatedClientsCanReadTheAnswers() {
        create("plain", Map.of());
        Map<String, Object> named = new LinkedHashMap<>(ScriptedSource.settings());
        named.put("provider_type", "scripted");
        create("told", Map.of("provider_type", "s3", "provider_config", named, "description", "é".repeat(500)));
        create("wrong", Map.of("provider_config", settings("wrong", "elsewhere"), "test_before_save", false));
        client.post(ALL + "/wrong/test");

        Answer list = client.post(ALL + "/list");
        assertThat(list.json().propertyNames()).contains("results", "pagination", "total");
        assertThat(list.json().at("/results").size()).isEqualTo(3);
        for (JsonNode one : list.json().at("/results")) {
            assertThat(one.propertyNames())
                    .contains("internal_id", "provider_type", "provider_config", "name", "created_by_user_id");
            assertThat(one.path("provider_type").asString()).isIn(OLDEST);
            assertThat(one.at("/provider_config/provider_type").asString()).isEqualTo("scripted");
            assertThat(one.at("/provider_config/credentials/secret_access_key").asString())
                    .isEqualTo(MASK);
            assertThat(one.path("status").asString()).isIn(STATUSES);
            assertThat(one.path("is_active").asBoolean())
                    .isEqualTo(one.path("status").asString().equals("ACTIVE"));
            assertThat(one.path("consecutive_failures").isIntegralNumber()).isTrue();
            assertThat(one.path("metadata").isObject()).isTrue();
            assertThat(one.path("description").asString("").length()).isLessThanOrEqualTo(500);
            assertThat(one.path("last_error").asString("").length()).isLessThanOrEqualTo(1000);
            assertThat(one.toString()).doesNotContain("null").doesNotContain("\"\"");
        }
        Answer seen = client.get(ALL + "/plain");
        Answer sentBack = client.patch(
                ALL + "/plain", Map.of("provider_config", seen.json().path("provider_config")));
        assertThat(sentBack.status()).as(sentBack.text()).isEqualTo(200);
        assertThat(client.post(ALL + "/plain/test").json().at("/success").asBoolean())
                .as("the secret that was masked has stayed")
                .isTrue();
        Map<String, Object> elsewhere = settings(MASK, "elsewhere");
        elsewhere.put(
                "credentials", Map.of("type", "access_key", "access_key_id", "another", "secret_access_key", MASK));
        assertThat(violation(client.patch(ALL + "/plain", Map.of("provider_config", elsewhere))))
                .contains("secret_access_key");
    }

    @Test
    void noSecretIsReturnedOrLoggedOrStored() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        lines.start();
        root.addAppender(lines);
        String wrong = "wrong-" + UUID.randomUUID();
        List<Answer> answers = new ArrayList<>();
        try {
            answers.add(create("good", Map.of()));
            answers.add(create("good", Map.of()));
            answers.add(create("bad", Map.of("provider_config", settings(wrong, "elsewhere"))));
            answers.add(
                    create("bad", Map.of("provider_config", settings(wrong, "elsewhere"), "test_before_save", false)));
            answers.add(create("", Map.of("provider_config", settings(wrong, "elsewhere"))));
            answers.add(create("rss", Map.of("provider_type", "rss", "provider_config", settings(wrong, "x"))));
            answers.add(client.post(ALL, "{\"provider_config\": {\"secret_access_key\": \"" + wrong + "\""));
            for (String name : List.of("good", "bad")) {
                String path = ALL + "/" + name;
                answers.add(client.get(path));
                answers.add(client.post(path + "/test"));
                answers.add(client.get(path + "/capabilities"));
                answers.add(client.get(path + "/folders"));
                answers.add(client.get(path + "/files"));
                answers.add(client.patch(path, Map.of("provider_config", settings(wrong, "nowhere"))));
            }
            answers.add(client.post(ALL + "/list"));
            answers.add(client.get(ALL));
            answers.add(client.delete(ALL + "/bad"));
        } finally {
            root.detachAppender(lines);
        }
        for (String secret : List.of(ScriptedSource.SECRET, wrong)) {
            assertThat(answers).noneMatch(answer -> answer.text().contains(secret));
            assertThat(new ArrayList<>(lines.list))
                    .noneMatch(line -> line.getFormattedMessage().contains(secret)
                            || (line.getThrowableProxy() != null
                                    && String.valueOf(line.getThrowableProxy().getMessage())
                                            .contains(secret)));
            for (Document stored : service.bean(MongoOperations.class)
                    .getCollection("connections")
                    .find()) {
                assertThat(stored.toJson()).doesNotContain(secret);
            }
        }
        assertThat(lines.list)
                .as("what people do to connections is logged")
                .anyMatch(line -> line.getFormattedMessage().contains("was made by usr_"))
                .anyMatch(line -> line.getFormattedMessage().contains("was archived by usr_"));
    }

    private Answer create(String name, Map<String, ?> more) {
        return client.post(ALL, body(name, more));
    }

    static Map<String, Object> body(String name, Map<String, ?> more) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("provider_type", ScriptedSource.PROVIDER);
        body.put("provider_config", ScriptedSource.settings());
        body.putAll(more);
        return body;
    }

    private static Map<String, Object> settings(String secret, String bucket) {
        return new LinkedHashMap<>(Map.of(
                "bucket_name",
                bucket,
                "credentials",
                Map.of("type", "access_key", "access_key_id", "scripted-key-id", "secret_access_key", secret)));
    }

    private List<String> names(String query, Map<String, ?> body) {
        Answer list = client.post(ALL + "/list" + query, body);
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        List<String> names = new ArrayList<>();
        list.json().at("/results").forEach(one -> names.add(one.path("name").asString()));
        return names;
    }

    private static String violation(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        return answer.json().at("/error/details/validation_errors/0/location").toString();
    }
}
