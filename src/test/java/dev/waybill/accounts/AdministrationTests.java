package dev.waybill.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.accounts.AuthServer.Answer;
import dev.waybill.auth.KeySecrets;
import dev.waybill.auth.Secret;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Organizations, users and keys over HTTP, each test in an organization of its own. */
@ExtendWith(OutputCaptureExtension.class)
class AdministrationTests {

    private static final String USERS = "/v1/organizations/users";
    private static final String ADA = USERS + "/ada%40example.com";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static AuthServer server;

    @BeforeAll
    static void start() {
        server = new AuthServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theOperatorFoundsAnOrganizationWhoseKeyWorksAtOnce() {
        Answer founded = found();
        String key = founded.text("/api_key/key");

        Answer own = server.as(key, "GET", "/v1/organizations", null);

        assertThat(own.status()).isEqualTo(200);
        assertThat(own.text("/organization_id"))
                .isEqualTo(founded.text("/organization_id"))
                .startsWith("org_");
        assertThat(own.text("/plan")).isEqualTo("pro");
        assertThat(own.json().at("/storage_quota_bytes").asLong()).isEqualTo(1000);
        assertThat(own.json().at("/rate_limit/limit").asInt()).isEqualTo(6000);
        assertThat(own.json().has("created_at")).isTrue();
        assertThat(founded.text("/admin/user_id")).startsWith("usr_");
        assertThat(server.as(
                                key,
                                "POST",
                                "/v1/organizations",
                                "{\"organization_name\": \"x\", \"admin_email\": \"a@b.c\"}")
                        .status())
                .as("only the operator creates organizations")
                .isEqualTo(403);
    }

    @Test
    void aUserIsCreatedReadChangedListedAndDeleted() {
        String admin = admin();

        Answer created = server.as(
                admin,
                "POST",
                USERS,
                "{\"email\": \"Bob+x@example.com\", \"user_name\": \"Bob\", \"metadata\": {\"team\": 1}}");
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.text("/role")).isEqualTo("member");
        assertThat(created.text("/status")).isEqualTo("active");
        assertThat(created.json().has("avatar_url")).isFalse();

        String bob = USERS + "/bob%2Bx%40example.com";
        assertThat(server.as(admin, "GET", bob, null).text("/email")).isEqualTo("Bob+x@example.com");
        assertThat(server.as(admin, "GET", USERS + "/bob+x@example.com", null).text("/user_id"))
                .isEqualTo(created.text("/user_id"));
        Answer changed = server.as(admin, "PATCH", bob, "{\"role\": \"viewer\", \"user_name\": null}");
        assertThat(changed.text("/role")).isEqualTo("viewer");
        assertThat(changed.text("/user_name")).isEqualTo("Bob");
        Answer listed = server.as(admin, "GET", USERS + "?role=viewer&status=active", null);
        assertThat(listed.json().at("/results").size()).isEqualTo(1);
        assertThat(listed.json().at("/total").asInt()).isEqualTo(1);
        assertThat(server.as(admin, "GET", USERS + "?limit=1", null)
                        .json()
                        .at("/pagination/total_pages")
                        .asInt())
                .isEqualTo(2);

        assertThat(server.as(admin, "DELETE", bob, null).json().at("/success").asBoolean())
                .isTrue();
        assertThat(server.as(admin, "DELETE", bob, null).status()).isEqualTo(404);
        assertThat(server.as(admin, "GET", bob, null).text("/details/resource")).isEqualTo("user");
    }

    @Test
    void anAddressIsUnique() {
        Answer taken =
                server.as(admin(), "POST", USERS, "{\"email\": \"ADA@example.com\", \"user_name\": \"Ada again\"}");

        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.text("/code")).isEqualTo("already_exists");
    }

    @Test
    void metadataThatTheDatabaseCannotHoldIsRefused() {
        Answer refused = server.as(
                admin(),
                "POST",
                USERS,
                "{\"email\": \"b@example.com\", \"user_name\": \"Bob\", \"metadata\": {\"a\": [{\"$set\": 1}]}}");

        assertThat(refused.status()).isEqualTo(422);
    }

    @Test
    void aKeyLivesFromCreationToRevocation(CapturedOutput output) {
        String admin = admin();
        String keys = ADA + "/api-keys";

        Answer created = server.as(
                admin,
                "POST",
                keys,
                "{\"name\": \"in gest\", \"scopes\": [{\"resource_type\": \"namespace\", \"resource_id\": \"*\"}]}");
        String secret = created.text("/key");
        assertThat(created.status()).isEqualTo(200);
        assertThat(secret).matches("sk_[0-9A-Za-z]{43}");
        assertThat(created.text("/key_prefix")).isEqualTo(secret.substring(0, 12));
        assertThat(created.json().at("/permissions").toString()).isEqualTo("[\"read\",\"write\",\"delete\"]");
        assertThat(created.text("/key_hash")).isNotEqualTo(KeySecrets.hash(new Secret(secret)));
        assertThat(works(secret)).isTrue();
        assertThat(server.as(admin, "POST", keys, "{\"name\": \"in gest\"}").status())
                .isEqualTo(409);

        Answer renamed =
                server.as(admin, "PATCH", keys + "/in%20gest", "{\"name\": \"ingest\", \"description\": \"d\"}");
        assertThat(renamed.text("/name")).isEqualTo("ingest");
        assertThat(renamed.text("/key_id")).isEqualTo(created.text("/key_id"));
        assertThat(renamed.json().has("key")).isFalse();

        Answer rotated = server.as(admin, "POST", keys + "/ingest/rotate", null);
        assertThat(rotated.text("/key_id")).isEqualTo(created.text("/key_id"));
        assertThat(rotated.text("/key_hash")).isNotEqualTo(created.text("/key_hash"));
        assertThat(works(secret)).isFalse();
        assertThat(works(rotated.text("/key"))).isTrue();

        assertThat(server.as(admin, "DELETE", keys + "/" + created.text("/key_id"), null)
                        .status())
                .isEqualTo(200);
        assertThat(works(rotated.text("/key"))).isFalse();
        assertThat(server.as(admin, "DELETE", keys + "/ingest", null).status()).isEqualTo(404);
        assertThat(server.as(admin, "GET", keys, null).body()).doesNotContain("\"ingest\"");
        Answer all = server.as(admin, "GET", keys + "?include_revoked=true", null);
        assertThat(all.body()).contains("\"revoked\"").contains("\"total\":2");
        assertThat(all.body()).doesNotContain(secret.substring(13));
        assertThat(output).doesNotContain(secret).doesNotContain(rotated.text("/key"));
    }

    @Test
    void revokingByStatusIsForGood() {
        String admin = admin();
        Answer created = server.as(admin, "POST", ADA + "/api-keys", "{\"name\": \"k\"}");
        String path = ADA + "/api-keys/" + created.text("/key_id");

        assertThat(server.as(admin, "PATCH", path, "{\"status\": \"revoked\"}").text("/status"))
                .isEqualTo("revoked");
        assertThat(works(created.text("/key"))).isFalse();
        assertThat(server.as(admin, "PATCH", path, "{\"status\": \"active\"}").status())
                .isEqualTo(409);
    }

    @Test
    void aKeyMustExpireInTheFuture() {
        assertThat(server.as(
                                admin(),
                                "POST",
                                ADA + "/api-keys",
                                "{\"name\": \"k\", \"expires_at\": \"2029-12-31T23:59:59Z\"}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aSuspendedUsersKeysAreRefusedUntilTheUserIsActiveAgain() {
        String admin = admin();
        server.as(admin, "POST", USERS, "{\"email\": \"bob@example.com\", \"user_name\": \"Bob\"}");
        String bob = USERS + "/bob@example.com";
        String key =
                server.as(admin, "POST", bob + "/api-keys", "{\"name\": \"k\"}").text("/key");
        assertThat(works(key)).isTrue();

        server.as(admin, "PATCH", bob, "{\"status\": \"suspended\"}");
        assertThat(works(key)).isFalse();
        server.as(admin, "PATCH", bob, "{\"status\": \"active\"}");
        assertThat(works(key)).isTrue();
        server.as(admin, "DELETE", bob, null);
        assertThat(works(key)).isFalse();
    }

    @Test
    void nobodyLocksTheOrganizationOut() {
        Answer founded = found();
        String admin = founded.text("/api_key/key");
        String own = ADA + "/api-keys/default";

        assertThat(server.as(admin, "DELETE", ADA, null).status()).isEqualTo(409);
        assertThat(server.as(admin, "PATCH", ADA, "{\"status\": \"suspended\"}").status())
                .isEqualTo(409);
        assertThat(server.as(admin, "PATCH", ADA, "{\"role\": \"member\"}").status())
                .isEqualTo(409);
        assertThat(server.as(admin, "DELETE", own, null).status()).isEqualTo(409);
        assertThat(server.as(admin, "PATCH", own, "{\"permissions\": [\"read\"]}")
                        .status())
                .isEqualTo(409);

        server.as(
                admin, "POST", USERS, "{\"email\": \"bob@example.com\", \"user_name\": \"Bob\", \"role\": \"admin\"}");
        assertThat(server.as(admin, "DELETE", ADA, null).status())
                .as("Bob has no key yet")
                .isEqualTo(409);
        String bob = server.as(
                        admin,
                        "POST",
                        USERS + "/bob@example.com/api-keys",
                        "{\"name\": \"k\", \"permissions\": [\"admin\"]}")
                .text("/key");
        assertThat(server.as(admin, "DELETE", ADA, null).status()).isEqualTo(200);
        assertThat(works(admin)).isFalse();
        assertThat(works(bob)).isTrue();
    }

    @Test
    void theOperatorsKeyAndUserCannotBeChangedByTheApi() {
        String operator = USERS + "/admin@waybill.local";
        String key = operator + "/api-keys/bootstrap";

        assertThat(server.as(AuthServer.OPERATOR, "POST", key + "/rotate", null).status())
                .isEqualTo(409);
        assertThat(server.as(AuthServer.OPERATOR, "DELETE", key, null).status()).isEqualTo(409);
        assertThat(server.as(AuthServer.OPERATOR, "DELETE", operator, null).status())
                .isEqualTo(409);
    }

    @Test
    void anotherOrganizationsUsersAndKeysAreNotFound() {
        admin();
        String other = server.as(
                        AuthServer.OPERATOR,
                        "POST",
                        "/v1/organizations",
                        "{\"organization_name\": \"Other\", \"admin_email\": \"eve@example.com\"}")
                .text("/api_key/key");

        assertThat(server.as(other, "GET", ADA, null).status()).isEqualTo(404);
        assertThat(server.as(other, "DELETE", ADA, null).status()).isEqualTo(404);
        assertThat(server.as(other, "GET", ADA + "/api-keys", null).status()).isEqualTo(404);
        assertThat(server.as(other, "POST", ADA + "/api-keys/default/rotate", null)
                        .status())
                .isEqualTo(404);
        assertThat(server.as(other, "GET", USERS, null).body()).doesNotContain("ada@example.com");
    }

    private static boolean works(String key) {
        return server.as(key, "GET", "/v1/probe/caller", null).status() == 200;
    }

    private static Answer found() {
        return server.as(
                AuthServer.OPERATOR,
                "POST",
                "/v1/organizations",
                "{\"organization_name\": \"Acme %d\", \"plan\": \"pro\", \"storage_quota_bytes\": 1000, \"admin_email\": \"ada@example.com\"}"
                        .formatted(NUMBER.incrementAndGet()));
    }

    /** The key of an admin, Ada, of a new organization. */
    private static String admin() {
        return found().text("/api_key/key");
    }
}
