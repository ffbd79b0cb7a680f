package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.ApiOperation;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One rule for every PATCH: null clears what can be empty and is refused elsewhere; what is left out stays. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartialUpdateStoryTests {

    /** What null clears, by the end of the path. */
    private static final Map<String, Set<String>> CLEARED = Map.of(
            "{bucket_identifier}", Set.of("description", "metadata"),
            "{batch_id}", Set.of("metadata"),
            "{object_identifier}", Set.of("key_prefix"),
            "{sync_config_id}", Set.of("description", "metadata", "schema_mapping", "file_filters"),
            "{namespace_identifier}", Set.of("description", "payload_indexes", "infrastructure"),
            "{agent_id}", Set.of("description"),
            "{connection_identifier}", Set.of("description", "metadata"),
            "{project_id}", Set.of("deadline"),
            "{user_email}", Set.of("avatar_url", "metadata"),
            "{key_name}", Set.of("description", "rate_limit_override", "expires_at"));

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final Map<String, String> ids = new HashMap<>();
    private WaybillClient client;

    @BeforeAll
    void found() {
        Tenant tenant = Tenant.found(service.client());
        client = tenant.client().withNamespace(tenant.namespace());
        tenant.identifiers().forEach((name, values) -> ids.put(name, values.getFirst()));
    }

    @Test
    void nullClearsWhatCanBeEmptyAndIsRefusedElsewhere() {
        List<ApiOperation> patches = ApiOperation.all(service.anonymous()).stream()
                .filter(operation -> operation.method().equals("PATCH"))
                .toList();
        assertThat(patches).hasSize(CLEARED.size());
        for (ApiOperation patch : patches) {
            Set<String> cleared =
                    CLEARED.get(Arrays.asList(patch.template().split("/")).getLast());
            for (String field : new TreeSet<>(patch.bodyFields())) {
                Answer answer = client.patch(patch.path(ids), "{\"%s\": null}".formatted(field));
                String what = patch + " " + field + ": " + answer.text();
                if (cleared.contains(field)) {
                    assertThat(answer.status()).as(what).isEqualTo(200);
                    JsonNode left = answer.json().path(field);
                    assertThat(left.isMissingNode()
                                    || left.isEmpty() && left.asString("").isEmpty())
                            .as(what)
                            .isTrue();
                } else if (!field.equals("skip_duplicates") || !patch.template().contains("/objects/")) {
                    assertThat(answer.status()).as(what).isEqualTo(422);
                    assertThat(answer.text()).contains("\"" + field + "\"", "null_not_allowed");
                }
            }
        }
    }

    @Test
    void aKeysLimitAndEndAreSetKeptAndCleared() {
        String path = "/v1/organizations/users/%s/api-keys/%s".formatted(ids.get("user_email"), ids.get("key_name"));
        Answer set = client.patch(
                path,
                Map.of("rate_limit_override", 7, "expires_at", "2090-01-01T00:00:00Z", "description", "for a while"));
        assertThat(set.at("/rate_limit_override")).as(set.text()).isEqualTo("7");

        Answer kept = client.patch(path, Map.of("description", "still"));
        assertThat(kept.at("/rate_limit_override")).isEqualTo("7");
        assertThat(kept.at("/expires_at")).isEqualTo("2090-01-01T00:00:00Z");

        Answer cleared = client.patch(path, "{\"rate_limit_override\": null, \"expires_at\": null}");
        assertThat(cleared.status()).as(cleared.text()).isEqualTo(200);
        assertThat(cleared.json().has("rate_limit_override")).isFalse();
        assertThat(cleared.json().has("expires_at")).isFalse();
        assertThat(cleared.at("/description")).isEqualTo("still");

        Answer refused = client.patch(path, Map.of("rate_limit_override", 0, "description", "x".repeat(501)));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("\"rate_limit_override\"", "\"description\"");
    }

    @Test
    void aFlagThatChangesNothingMayStandAlone() {
        String path = "/v1/buckets/%s/objects/%s".formatted(ids.get("bucket_identifier"), ids.get("object_identifier"));
        String before = client.get(path).text();

        for (String body : List.of("{\"skip_duplicates\": true}", "{\"skip_duplicates\": null}")) {
            Answer answer = client.patch(path, body);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
        assertThat(client.patch(path, "{\"colour\": \"red\"}").status()).isEqualTo(422);
        assertThat(client.get(path).json().path("blobs"))
                .isEqualTo(new JsonMapper().readTree(before).path("blobs"));
    }
}
