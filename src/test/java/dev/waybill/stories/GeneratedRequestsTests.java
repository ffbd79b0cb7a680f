package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.ApiOperation;
import dev.waybill.testing.DocumentedAnswers;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Soak;
import dev.waybill.testing.WaybillClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that are half right, over the whole document: none is answered with a server error, nor in an
 * undocumented way. Some hundreds in every build, ten thousand with {@code -Psoak}.
 */
class GeneratedRequestsTests {

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final List<ApiOperation> operations = ApiOperation.all(service.anonymous());
    private final DocumentedAnswers documented = DocumentedAnswers.of(service.anonymous());
    private final Map<String, String> wrong = new LinkedHashMap<>();

    static List<Long> seeds() {
        return Soak.share(List.of(1L, 2L, 3L, 4L), 1);
    }

    /** The same seed sends the same requests, but for ids and times. */
    @ParameterizedTest
    @MethodSource("seeds")
    void eachIsAnsweredAsDocumentedAndNoneWithAServerError(long seed) {
        RequestGenerator generator = new RequestGenerator(seed);
        int requests = Soak.count(400, 2_500);
        Tenant tenant = Tenant.found(service.client());
        List<WaybillClient> clients = clients(tenant);
        int accepted = 0;
        for (int i = 0; i < requests; i++) {
            if (i % 250 == 249 && isGone(tenant)) {
                tenant = Tenant.found(service.client());
                clients = clients(tenant);
            }
            // In turn, so that each is met in a short run too.
            ApiOperation operation = operations.get(i % operations.size());
            String target = generator.target(operation, tenant);
            String body = generator.body(operation, tenant);
            WaybillClient client =
                    operation.isTheOperators() ? service.client() : placed(generator, generator.one(clients), tenant);
            if (body != null && generator.onceIn(25)) {
                client = client.with("Content-Type", generator.contentType());
            }
            Answer answer = client.send(operation.method(), target, body);
            check("seed %d, request %d".formatted(seed, i), operation, target, body, answer);
            accepted += answer.status() < 400 ? 1 : 0;
        }
        assertThat(wrong.values()).isEmpty();
        assertThat(accepted).as("some must get through to where faults may be").isGreaterThan(requests / 20);
    }

    /** One of a kind is enough to read. */
    private void check(String which, ApiOperation operation, String target, @Nullable String body, Answer answer) {
        List<String> complaints = new ArrayList<>(documented.complaints(operation, answer));
        if (answer.status() >= 500) {
            complaints.add("a fault of the service");
        }
        for (String complaint : complaints) {
            wrong.putIfAbsent(
                    operation + complaint,
                    "%s: %s: %s %s%n  %s%n  %d %s"
                            .formatted(
                                    which,
                                    complaint,
                                    operation.method(),
                                    cut(target),
                                    cut(String.valueOf(body)),
                                    answer.status(),
                                    cut(answer.text())));
        }
    }

    private static String cut(String text) {
        return text.length() <= 1_000 ? text : text.substring(0, 1_000) + "...";
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
        List<WaybillClient> clients = new ArrayList<>(Collections.nCopies(6, tenant.client()));
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

    private static WaybillClient placed(RequestGenerator generator, WaybillClient client, Tenant tenant) {
        if (generator.onceIn(20)) {
            return client;
        }
        return client.withNamespace(
                generator.onceIn(20)
                        ? generator.one(List.of("unknown", "*", "ns_", "a b", "x".repeat(300)))
                        : tenant.namespace());
    }
}
