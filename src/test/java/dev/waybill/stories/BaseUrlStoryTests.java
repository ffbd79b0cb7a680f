package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.auth.Permission;
import dev.waybill.auth.access.AccessRow;
import dev.waybill.auth.access.AccessTable;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.bind.annotation.RequestMethod;

/** Clients whose base URL ends in a slash are served, and no spelling of a path gets past the checks. */
class BaseUrlStoryTests {

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared();

    /** The same operation with slashes too many, which are served. */
    private static final List<UnaryOperator<String>> SERVED = List.of(
            path -> "/" + path,
            path -> "//" + path,
            path -> path.replaceFirst("/v1/", "/v1//"),
            path -> "//" + path.replaceFirst("/v1/", "/v1///"),
            path -> path + "/");

    /** What a proxy or an attacker might make of it. */
    private static final List<UnaryOperator<String>> STRANGE = List.of(
            path -> "/." + path,
            path -> "/x/.." + path,
            path -> "//x/.." + path,
            path -> "/;a=b" + path,
            path -> "//;a=b" + path,
            path -> path.replaceFirst("/v1/", "/v1;a=b/"),
            path -> path.replaceFirst("/v1/", "/v1/;a=b/"),
            path -> path.replaceFirst("/v1/", "/v1/./"),
            path -> path.replaceFirst("/v1/", "/v1/x/../"),
            path -> path.replaceFirst("/v1/", "/v1%2f"),
            path -> path.replaceFirst("/v1/", "/%76%31/"),
            path -> path.replaceFirst("/v1/", "//%76%31//"),
            path -> "/%2f" + path.substring(1),
            path -> "/%2e" + path,
            path -> "/\\" + path.substring(1),
            path -> path.replaceFirst("/v1/", "/v1//health/../"),
            path -> "/v1/health/.." + path.substring(3),
            path -> "//v1/health/.." + path.substring(3),
            path -> "//v1/health;/.." + path.substring(3),
            path -> "/docs/.." + path,
            path -> path + ";a=b",
            path -> path + "/;a=b",
            path -> path.replace("/", "//;a=b/"));

    private final Workspace workspace = Workspace.create(SERVICE.client());

    @ParameterizedTest
    @ValueSource(strings = {"//v1/buckets/", "///v1/buckets/", "/v1//buckets/", "//v1//buckets/"})
    void aBucketIsFoundUnderABaseUrlThatEndsInASlash(String start) {
        Answer answer = workspace.client().get(absolute(start + workspace.bucket()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.at("/bucket_id")).isNotEmpty();
    }

    @Test
    void theOpenPathsAreOpenUnderItToo() {
        assertThat(SERVICE.anonymous().get(absolute("//v1/health")).status()).isEqualTo(200);
        assertThat(SERVICE.anonymous().get(absolute("//v1/health/beat")).status())
                .isEqualTo(200);
    }

    @Test
    void slashesTooManyAreNoStepsAnywhere() {
        String one = workspace.bucket();
        String twice = "//v1//buckets/" + one + "/";
        assertThat(workspace.client().get(absolute(twice)).at("/bucket_id")).isEqualTo(one);
        for (String path : List.of("//openapi.json", "/openapi.json/", "//openapi/submissions.json", "//docs/")) {
            assertThat(SERVICE.anonymous().get(absolute(path)).status())
                    .as(path)
                    .isIn(200, 302);
        }
    }

    /** A name is missing, or half of it would be dropped: neither is another path. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/buckets//objects/",
                "/v1/buckets//objects",
                "/v1/buckets/objects;old",
                "/v1/buckets/;/objects"
            })
    void aNameThatIsMissingOrCutOffIsNoOther(String path) {
        Answer made = workspace
                .client()
                .post(
                        "/v1/buckets",
                        Map.of(
                                "bucket_name",
                                "objects",
                                "bucket_schema",
                                Map.of("properties", Map.of("a", Map.of("type", "text")))));
        assertThat(made.status()).as(made.text()).isIn(200, 409);

        assertThat(workspace.client().delete(absolute(path)).status()).isIn(400, 404);
        assertThat(workspace.client().get("/v1/buckets/objects").status()).isEqualTo(200);
    }

    /** A path that lacks one of its names is another path, where a request changes nothing. */
    @Test
    void aNameThatIsMissingChangesNothingElse() {
        for (AccessRow row : rows()) {
            for (String name : row.path().split("/")) {
                String shorter = row.path().replace("/" + name, "");
                boolean isTest = shorter.endsWith("/connections/test"); // which stores nothing
                assertThat(name.startsWith("{")
                                && !isTest
                                && rows().stream()
                                        .anyMatch(other -> other.method() == row.method()
                                                && row.method() != RequestMethod.GET
                                                && other.permission() != Permission.READ
                                                && matches(other.path(), shorter)))
                        .as("%s without %s", row, name)
                        .isFalse();
            }
        }
    }

    private static boolean matches(String template, String path) {
        return path.matches(template.replaceAll("\\{[a-z_]+}", "[^/]+"));
    }

    @Test
    void noSpellingOfAnyOperationIsAnsweredWithoutAKey() {
        for (AccessRow row : rows()) {
            for (UnaryOperator<String> spelling : SERVED) {
                assertThat(status(row, spelling, ""))
                        .as("%s as %s", row, spelling.apply(path(row)))
                        .isEqualTo(401);
            }
            for (UnaryOperator<String> spelling : STRANGE) {
                assertThat(status(row, spelling, ""))
                        .as("%s as %s", row, spelling.apply(path(row)))
                        .isIn(400, 401, 404);
            }
        }
    }

    @Test
    void noSpellingLetsAKeyDoWhatItMayNot() {
        String reader = narrowKey();
        for (AccessRow row : rows()) {
            int plain = status(row, UnaryOperator.identity(), reader);
            for (UnaryOperator<String> spelling : SERVED) {
                assertThat(status(row, spelling, reader))
                        .as("%s as %s", row, spelling.apply(path(row)))
                        .isEqualTo(plain);
            }
            if (plain == 403) {
                for (UnaryOperator<String> spelling : STRANGE) {
                    assertThat(status(row, spelling, reader))
                            .as("%s as %s", row, spelling.apply(path(row)))
                            .isIn(400, 403, 404, 405);
                }
            }
        }
    }

    private static List<AccessRow> rows() {
        return List.copyOf(new AccessTable(AccessTable.waybill()).rows());
    }

    /** May read, and reaches no bucket that is there. */
    private String narrowKey() {
        WaybillClient admin = SERVICE.client();
        String email = "base-%s@example.com".formatted(UUID.randomUUID());
        Answer user = admin.post("/v1/organizations/users", Map.of("email", email, "user_name", "base"));
        assertThat(user.status()).as(user.text()).isEqualTo(200);
        Answer key = admin.post(
                "/v1/organizations/users/%s/api-keys".formatted(email),
                Map.of(
                        "name",
                        "narrow",
                        "permissions",
                        List.of("read"),
                        "scopes",
                        List.of(Map.of("resource_type", "bucket", "resource_id", "bkt_nowhere"))));
        assertThat(key.status()).as(key.text()).isEqualTo(200);
        return key.at("/key");
    }

    private String path(AccessRow row) {
        return row.path()
                .replace("{namespace_identifier}", workspace.namespace())
                .replace("{bucket_identifier}", workspace.bucket())
                .replaceAll("\\{[a-z_]+}", "x");
    }

    /** Sent as it is: a client would tidy it up. */
    private int status(AccessRow row, UnaryOperator<String> spelling, String key) {
        String request =
                row.method() + " " + spelling.apply(path(row)) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "X-Namespace: " + workspace.namespace() + "\r\nContent-Length: 0\r\n"
                        + (key.isEmpty() ? "" : "Authorization: Bearer " + key + "\r\n") + "\r\n";
        URI base = SERVICE.base();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ")[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String absolute(String path) {
        URI base = SERVICE.base();
        return "http://%s:%d%s".formatted(base.getHost(), base.getPort(), path);
    }
}
