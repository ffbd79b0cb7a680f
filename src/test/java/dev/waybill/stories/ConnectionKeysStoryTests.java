package dev.waybill.stories;

import static dev.waybill.stories.ConnectionStoryTests.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.ScriptedSource;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Keys for some connections reach no others. */
class ConnectionKeysStoryTests {

    private static final String ALL = "/v1/organizations/connections";

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final String admin = "a-%s@example.com".formatted(UUID.randomUUID());
    private final Answer founded = service.client()
            .post("/v1/organizations", Map.of("organization_name", "org-" + UUID.randomUUID(), "admin_email", admin));
    private final WaybillClient client = service.client().withKey(founded.at("/api_key/key"));

    @Test
    void keysForSomeConnectionsReachOnlyThose() {
        create("open-1", Map.of());
        create("hidden", Map.of());
        WaybillClient narrowed = key(
                List.of("read", "write", "delete"),
                List.of(Map.of("resource_type", "storage_connection", "resource_id", "open-*")));

        assertThat(narrowed.get(ALL + "/open-1").status()).isEqualTo(200);
        assertThat(narrowed.post(ALL + "/open-1/test").status()).isEqualTo(200);
        assertThat(narrowed.post(ALL + "/list").text()).contains("open-1").doesNotContain("hidden");
        assertThat(narrowed.get(ALL).json().at("/total").asInt()).isOne();
        for (String path : List.of("", "/capabilities", "/folders", "/files")) {
            assertThat(narrowed.get(ALL + "/hidden" + path).status()).as(path).isEqualTo(403);
        }
        assertThat(narrowed.post(ALL + "/hidden/test").status()).isEqualTo(403);
        assertThat(narrowed.delete(ALL + "/hidden").status()).isEqualTo(403);
        WaybillClient writer = key(List.of("read", "write", "delete"), List.of());
        assertThat(writer.post(ALL, body("x", Map.of())).status()).isEqualTo(403);
        assertThat(writer.post(ALL + "/test", body("x", Map.of())).status()).isEqualTo(403);
        assertThat(writer.patch(ALL + "/hidden", Map.of("name", "x")).status()).isEqualTo(403);
    }

    /** Also where the sync lies in a bucket that they reach, and somebody else made it. */
    @Test
    void keysForSomeConnectionsHaveNoSyncReadAnother() {
        create("open-1", Map.of());
        create("hidden", Map.of());
        Workspace shop = Workspace.create(client);
        Answer sync = shop.client()
                .post(
                        shop.path("/syncs"),
                        Map.of(
                                "connection_id",
                                "hidden",
                                "source_path",
                                ScriptedSource.BUCKET + "/pub",
                                "is_active",
                                false));
        assertThat(sync.status()).as(sync.text()).isEqualTo(200);
        String path = shop.path("/syncs/" + sync.at("/sync_config_id"));
        WaybillClient narrowed = key(
                        List.of("read", "write", "delete"),
                        List.of(
                                Map.of("resource_type", "storage_connection", "resource_id", "open-*"),
                                Map.of("resource_type", "bucket", "resource_id", shop.bucket())))
                .withNamespace(shop.namespace());

        assertThat(narrowed.get(path).status()).isEqualTo(200);
        assertThat(narrowed.patch(path, Map.of("source_path", ScriptedSource.BUCKET + "/secret"))
                        .status())
                .isEqualTo(403);
        assertThat(narrowed.get(path + "/explain?key=a").status()).isEqualTo(403);
        for (String act : List.of("/trigger", "/resume", "/replay", "/dlq/retry")) {
            Map<String, Object> body = act.equals("/replay") ? Map.of("keys", List.of("a")) : Map.of("all", true);
            Answer refused = narrowed.post(path + act, body);
            assertThat(refused.status()).as(act + refused.text()).isEqualTo(403);
        }
    }

    private Answer create(String name, Map<String, ?> more) {
        return client.post(ALL, body(name, more));
    }

    private WaybillClient key(List<String> permissions, List<Map<String, String>> scopes) {
        Answer key = client.post(
                "/v1/organizations/users/%s/api-keys".formatted(admin),
                Map.of("name", "key-" + UUID.randomUUID(), "permissions", permissions, "scopes", scopes));
        assertThat(key.status()).as(key.text()).isEqualTo(200);
        return service.anonymous().withKey(key.at("/key"));
    }
}
