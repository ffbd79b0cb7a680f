package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.ApiOperation;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ten thousand requests that are half right: none of them is answered as a fault of the service. */
@Tag("soak")
class GeneratedRequestsTests {

    private static final int REQUESTS = 2_500;
    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> STRANGE = List.of(
            "",
            " ",
            "*",
            "-1",
            "0",
            "1e9",
            "99999999999999999999",
            "null",
            "true",
            "ü😀",
            "$ne",
            "{}",
            "[]",
            "a,b",
            "a;b=c",
            "../..",
            "%00",
            "2024-06-01T00:00:00Z",
            "not-a-time",
            "x".repeat(2_000),
            "'\"\\",
            "ns_",
            "~a");

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final List<ApiOperation> operations = ApiOperation.all(service.anonymous());

    /** The same seed sends the same requests, but for ids and times. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noneIsAnsweredAsAFaultOfTheService(long seed) {
        Random random = new Random(seed);
        Tenant tenant = Tenant.found(service.client());
        List<WaybillClient> clients = clients(tenant);
        int accepted = 0;
        for (int i = 0; i < REQUESTS; i++) {
            if (i % 250 == 249 && isGone(tenant)) {
                tenant = Tenant.found(service.client());
                clients = clients(tenant);
            }
            ApiOperation operation = one(random, operations);
            String target = target(random, operation, tenant);
            Object body = body(random, operation, tenant);
            Answer answer = placed(random, one(random, clients), tenant).send(operation.method(), target, body);
            assertThat(answer.status())
                    .as("seed %d, request %d: %s %s %s: %s", seed, i, operation, target, body, answer.text())
                    .isLessThan(500);
            accepted += answer.status() < 400 ? 1 : 0;
        }
        assertThat(accepted).as("some must get through to where faults may be").isGreaterThan(REQUESTS / 20);
    }

    private static boolean isGone(Tenant tenant) {
        return tenant.client()
                        .withNamespace(tenant.namespace())
                        .get("/v1/buckets/" + tenant.bucket())
                        .status()
                != 200;
    }

    /** Most may everything; one reads, one is narrowed. */
    private static List<WaybillClient> clients(Tenant tenant) {
        List<WaybillClient> clients = new ArrayList<>(List.of(tenant.client(), tenant.client(), tenant.client()));
        List<Map<String, Object>> keys = List.of(
                Map.of("name", "reads", "permissions", List.of("read")),
                Map.of(
                        "name",
                        "narrow",
                        "permissions",
                        List.of("read", "write", "delete"),
                        "scopes",
                        List.of(Map.of("resource_type", "bucket", "resource_id", tenant.bucket()))));
        for (Map<String, Object> key : keys) {
            Answer made = tenant.client()
                    .post("/v1/organizations/users/admin-%s@example.com/api-keys".formatted(tenant.mark()), key);
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            clients.add(tenant.client().withKey(made.at("/key")));
        }
        return clients;
    }

    private static WaybillClient placed(Random random, WaybillClient client, Tenant tenant) {
        return switch (random.nextInt(20)) {
            case 0 -> client;
            case 1 -> client.withNamespace(one(random, List.of("unknown", "*", "ns_", "a b", "x".repeat(300))));
            default -> client.withNamespace(tenant.namespace());
        };
    }

    private static String target(Random random, ApiOperation operation, Tenant tenant) {
        Map<String, String> path = new LinkedHashMap<>();
        List<List<String>> known = List.copyOf(tenant.identifiers().values());
        for (String name : operation.pathParameters()) {
            List<String> right = tenant.identifiers().get(name);
            path.put(
                    name,
                    switch (random.nextInt(12)) {
                        case 0 -> one(random, STRANGE.subList(2, STRANGE.size()));
                        case 1 -> one(random, one(random, known));
                        // The last administrator's keys are those that ask.
                        default -> name.equals("user_email") ? right.getFirst() : one(random, right);
                    });
        }
        if (isThePlace(operation) && random.nextInt(10) > 0) {
            path.replaceAll((name, value) -> "unknown");
        }
        List<String> query = new ArrayList<>();
        operation.query().keySet().forEach(name -> {
            if (operation.requiredQuery().contains(name) || random.nextInt(4) == 0) {
                query.add(name + "=" + URLEncoder.encode(one(random, STRANGE), StandardCharsets.UTF_8));
            }
        });
        return operation.path(path) + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    /** Deleting what everything lies in ends the play for all that follow. */
    private static boolean isThePlace(ApiOperation operation) {
        return operation.method().equals("DELETE")
                && List.of("namespace_identifier", "bucket_identifier")
                        .contains(operation.pathParameters().getLast());
    }

    private static @Nullable Object body(Random random, ApiOperation operation, Tenant tenant) {
        if (operation.bodySchema() == null) {
            return null;
        }
        Map<String, Object> body = sample(operation, tenant, random.nextBoolean());
        switch (random.nextInt(10)) {
            case 0 -> {
                return JSON.writeValueAsString(body).substring(1);
            }
            case 1 -> {
                return JSON.writeValueAsString(random(random, 3));
            }
            case 2 -> {
                return body;
            }
            default -> {
                List<String> fields = operation.bodyFields();
                for (int i = 0; i < 1 + random.nextInt(2) && !fields.isEmpty(); i++) {
                    body.put(one(random, fields), random(random, 3));
                }
                return body;
            }
        }
    }

    private static Map<String, Object> sample(ApiOperation operation, Tenant tenant, boolean asDocumented) {
        Map<String, String> ids = Map.of(
                "bucket_id", tenant.bucket(),
                "object_id", tenant.object(),
                "upload_id", tenant.pending(),
                "connection_id", tenant.connection());
        Map<String, Object> body = new LinkedHashMap<>();
        Object sample = operation.body(asDocumented ? Map.of() : ids);
        if (sample instanceof Map<?, ?> map) {
            map.forEach((name, value) -> body.put(String.valueOf(name), value));
        } else if (sample instanceof JsonNode node && node.isObject()) {
            node.forEachEntry(body::put);
        }
        return body;
    }

    private static @Nullable Object random(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt(-2, 200);
            case 3 -> random.nextDouble() * Math.pow(10, random.nextInt(-3, 300));
            case 4, 5 -> one(random, STRANGE);
            case 6 ->
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(each -> JSON.valueToTree(random(random, depth - 1)))
                        .toList();
            default -> {
                Map<String, Object> object = new LinkedHashMap<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    object.put(one(random, STRANGE), random(random, depth - 1));
                }
                yield object;
            }
        };
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
