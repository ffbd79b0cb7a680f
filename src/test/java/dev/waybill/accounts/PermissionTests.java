package dev.waybill.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.accounts.AuthServer.Answer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PermissionTests {

    private static final String KEYS = "/v1/organizations/users/admin@waybill.local/api-keys";
    private static final AtomicInteger NAMES = new AtomicInteger();

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
    void namesThePermissionThatIsMissing() {
        Answer answer = server.as(key("[\"read\"]", "[]"), "POST", "/v1/probe/write", "{not json");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("/code")).isEqualTo("forbidden");
        assertThat(answer.text("/details/permission")).isEqualTo("write");
    }

    @Test
    void theNamespaceComesFromTheHeaderOrElseTheQuery() {
        assertThat(scope("/v1/probe/scope", "X-Namespace", "production").text("/namespace"))
                .isEqualTo("ns_prod");
        assertThat(scope("/v1/probe/scope", "X-Namespace", "ns_stage").text("/namespace"))
                .isEqualTo("ns_stage");
        assertThat(scope("/v1/probe/scope?namespace=staging").text("/namespace"))
                .isEqualTo("ns_stage");
        assertThat(scope("/v1/probe/scope?namespace=staging", "X-Namespace", "staging")
                        .text("/namespace"))
                .isEqualTo("ns_stage");
        assertThat(scope("/v1/probe/scope?namespace=staging", "X-Namespace", "production")
                        .text("/message"))
                .contains("X-Namespace")
                .contains("'namespace'");
    }

    @Test
    void aMissingNamespaceIs400AndAnUnknownOne404() {
        Answer missing = scope("/v1/probe/scope");
        Answer unknown = scope("/v1/probe/scope", "X-Namespace", "nowhere");

        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.text("/code")).isEqualTo("namespace_required");
        assertThat(missing.text("/message")).contains("X-Namespace").contains("'namespace'");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text("/details/resource")).isEqualTo("namespace");
        assertThat(unknown.text("/details/id")).isEqualTo("nowhere");
    }

    @Test
    void aKeyReachesOnlyTheNamespacesOfItsScopes() {
        String key = key("[\"read\", \"delete\"]", "[%s]".formatted(scopeOf("namespace", "prod*", "read_data")));

        assertThat(get(key, "/v1/probe/scope?namespace=ns_prod").status()).isEqualTo(200);
        assertThat(get(key, "/v1/probe/scope?namespace=staging").status()).isEqualTo(403);
        assertThat(server.as(key, "DELETE", "/v1/probe/scope?namespace=production", null)
                        .status())
                .as("the scope allows reading only")
                .isEqualTo(403);
        assertThat(get(key, "/v1/probe/namespaces/ns_prod").status()).isEqualTo(200);
        assertThat(get(key, "/v1/probe/namespaces/staging").status()).isEqualTo(403);
        assertThat(get(key, "/v1/probe/namespaces/nowhere").status()).isEqualTo(404);
    }

    @Test
    void aKeyReachesOnlyTheBucketsOfItsScopes() {
        String key = key("[\"read\"]", "[%s]".formatted(scopeOf("bucket", "images", null)));

        assertThat(get(key, "/v1/probe/buckets/images?namespace=production").status())
                .isEqualTo(200);
        assertThat(get(key, "/v1/probe/buckets/bkt_images?namespace=production").status())
                .isEqualTo(200);
        assertThat(get(key, "/v1/probe/buckets/texts?namespace=production").status())
                .isEqualTo(403);
        assertThat(get(key, "/v1/probe/buckets/nowhere?namespace=production").status())
                .isEqualTo(404);
        assertThat(get(key, "/v1/probe/buckets/images").status()).isEqualTo(400);
    }

    @Test
    void aNarrowedKeyCannotMakeItselfAWiderOne() {
        String key = key("[\"admin\"]", "[%s]".formatted(scopeOf("namespace", "*", null)));

        assertThat(server.as(key, "POST", KEYS, "{\"name\": \"wide\"}").status())
                .isEqualTo(403);
        assertThat(get(key, "/v1/organizations").status()).isEqualTo(200);
    }

    private static Answer scope(String path, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = "Bearer " + AuthServer.OPERATOR;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return server.call("GET", path, null, all);
    }

    private static Answer get(String key, String path) {
        return server.as(key, "GET", path, null);
    }

    private static String key(String permissions, String scopes) {
        String body = "{\"name\": \"k%d\", \"permissions\": %s, \"scopes\": %s}"
                .formatted(NAMES.incrementAndGet(), permissions, scopes);
        return server.as(AuthServer.OPERATOR, "POST", KEYS, body).text("/key");
    }

    private static String scopeOf(String type, String id, @org.jspecify.annotations.Nullable String operation) {
        return "{\"resource_type\": \"%s\", \"resource_id\": \"%s\", \"operations\": %s}"
                .formatted(type, id, operation == null ? "null" : "[\"" + operation + "\"]");
    }
}
