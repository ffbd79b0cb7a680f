package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The namespace of a request: by its header or parameter, or else by its key's scopes. */
class NamespaceChoiceStoryTests {

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared();

    private final Workspace workspace = Workspace.create(SERVICE.client());
    private final WaybillClient inside = SERVICE.client().withNamespace(workspace.namespace());
    private final String bucket = "/v1/buckets/" + workspace.bucket();

    @Test
    void headerAndParameterMaySayTheSame() {
        assertThat(inside.get(bucket + "?namespace=" + workspace.namespace()).status())
                .isEqualTo(200);
        assertThat(inside.get(bucket + "?namespace=&namespace=" + workspace.namespace())
                        .status())
                .isEqualTo(200);
        assertThat(SERVICE.client()
                        .get(bucket + "?namespace=" + workspace.namespace())
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/buckets/x", "POST /v1/buckets/list", "POST /v1/tasks/list", "GET /v1/tasks"})
    void namespacesThatDifferAreRefused(String operation) {
        String method = operation.split(" ")[0];
        String path = operation.split(" ")[1];

        for (Answer answer : List.of(
                inside.send(method, path + "?namespace=another", null),
                inside.send(method, path + "?namespace=a&namespace=b", null))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.at("/error/message")).contains("X-Namespace").contains("'namespace'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET %s", "POST /v1/buckets/list", "GET /v1/tasks", "POST /v1/tasks/list"})
    void anIdAndANameOfOneNamespaceAreTheSame(String operation) {
        String method = operation.split(" ")[0];
        String path = operation.split(" ")[1].formatted(bucket);
        String name =
                SERVICE.client().get("/v1/namespaces/" + workspace.namespace()).at("/namespace_name");

        for (Answer answer : List.of(
                inside.send(method, path + "?namespace=" + name, null),
                SERVICE.client().withNamespace(name).send(method, path + "?namespace=" + workspace.namespace(), null),
                SERVICE.client()
                        .send(method, path + "?namespace=" + name + "&namespace=" + workspace.namespace(), null))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
    }

    @Test
    void aKeyWithTwoScopesForOneNamespaceNeedNotNameIt() {
        String name =
                SERVICE.client().get("/v1/namespaces/" + workspace.namespace()).at("/namespace_name");
        Map<String, Object> data =
                Map.of("resource_type", "namespace", "resource_id", name, "operations", List.of("read_data"));

        for (WaybillClient narrowed : List.of(
                key(scope("namespace", workspace.namespace()), scope("namespace", name)),
                key(scope("namespace", name), data),
                key(scope("namespace", name), scope("namespace", name)))) {
            Answer found = narrowed.get(bucket);
            assertThat(found.status()).as(found.text()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "get"})
    void aKeyOfOneNamespaceNeedNotNameIt(String by) {
        Answer made = SERVICE.client().get("/v1/namespaces/" + workspace.namespace());
        String scope = made.at(by.equals("get") ? "/namespace_id" : "/namespace_name");
        WaybillClient narrowed = key(scope("namespace", scope));

        Answer found = narrowed.get(bucket);
        Answer list = narrowed.post("/v1/buckets/list");

        assertThat(found.status()).as(found.text()).isEqualTo(200);
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        assertThat(list.at("/total_count")).isEqualTo("1");
        assertThat(narrowed.withNamespace("another").get(bucket).status()).isIn(403, 404);
    }

    @Test
    void aKeyThatMayMeanSeveralMustNameOne() {
        for (WaybillClient wide : List.of(
                key(),
                key(scope("namespace", "*")),
                key(scope("namespace", "ns*")),
                key(scope("bucket", workspace.bucket())),
                key(scope("namespace", workspace.namespace()), scope("namespace", "another")))) {
            Answer answer = wide.get(bucket);
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.at("/error/details/code")).isEqualTo("namespace_required");
        }
        assertThat(key(scope("namespace", "not-there")).get(bucket).status()).isEqualTo(404);
    }

    @Test
    void aNotFoundErrorNamesTheNamespace() {
        String name =
                SERVICE.client().get("/v1/namespaces/" + workspace.namespace()).at("/namespace_name");

        Answer answer = inside.get("/v1/buckets/nowhere");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.at("/error/message"))
                .isEqualTo("bucket 'nowhere' not found in namespace '%s'".formatted(name));
        assertThat(answer.at("/error/details/namespace")).isEqualTo(name);
    }

    @Test
    void listsAreAlsoReadByGet() {
        assertSame("/v1/namespaces", "/v1/namespaces/list", "?limit=1000");
        assertSame("/v1/tasks", "/v1/tasks/list", "?limit=1&offset=0&include_total=true");
        assertSame("/v1/organizations/webhooks", "/v1/organizations/webhooks/list", "");
        assertSame("/v1/organizations/webhooks/", "/v1/organizations/webhooks/list", "?limit=5");
        assertThat(SERVICE.client().get("/v1/namespaces?limit=0").status()).isEqualTo(422);
        assertThat(SERVICE.anonymous().get("/v1/namespaces").status()).isEqualTo(401);
        assertThat(SERVICE.anonymous().get("/v1/health/beat").text()).isEqualTo("{\"status\":\"OK\"}");
    }

    /** Others write at the same time: the shapes are the same, and what is one's own. */
    private static void assertSame(String get, String post, String query) {
        Answer read = SERVICE.client().get(get + query);
        Answer listed = SERVICE.client().post(post + query);

        assertThat(read.status()).as(read.text()).isEqualTo(200);
        assertThat(read.json().propertyNames()).isEqualTo(listed.json().propertyNames());
    }

    @SafeVarargs
    private WaybillClient key(Map<String, Object>... scopes) {
        String email = "choice-%s@example.com".formatted(UUID.randomUUID());
        Answer user = SERVICE.client().post("/v1/organizations/users", Map.of("email", email, "user_name", "choice"));
        assertThat(user.status()).as(user.text()).isEqualTo(200);
        Answer key = SERVICE.client()
                .post(
                        "/v1/organizations/users/%s/api-keys".formatted(email),
                        Map.of(
                                "name",
                                "k",
                                "permissions",
                                List.of("read"),
                                "scopes",
                                new ArrayList<>(List.of(scopes))));
        assertThat(key.status()).as(key.text()).isEqualTo(200);
        return SERVICE.anonymous().withKey(key.at("/key"));
    }

    private static Map<String, Object> scope(String type, String id) {
        return Map.of("resource_type", type, "resource_id", id);
    }
}
