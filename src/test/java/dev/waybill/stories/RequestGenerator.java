package dev.waybill.stories;

import dev.waybill.testing.ApiOperation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests that are half right: types swapped, values huge, negative, null or nested, bodies cut, content types of
 * other worlds. The same seed makes the same ones, but for ids.
 */
final class RequestGenerator {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String DEEP = "[".repeat(3_000) + "]".repeat(3_000);
    private static final String LONG = "\"" + "x".repeat(1_000_000) + "\"";

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

    /** JSON that no parser of ours would write. */
    private static final List<String> RAW = List.of(
            "1e400", "-0", "123456789012345678901234567890", "0.1e-400", "\"\\ud83d\"", "\"\\u0000\"", DEEP, LONG);

    private static final List<String> CONTENT_TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "application/json;charset=utf-16",
            "application/merge-patch+json",
            "multipart/form-data; boundary=x",
            "application/json;charset=nonsense",
            "nonsense",
            "*/*");

    private final Random random;

    RequestGenerator(long seed) {
        random = new Random(seed);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** True once in so many times. */
    boolean onceIn(int times) {
        return random.nextInt(times) == 0;
    }

    String contentType() {
        return one(CONTENT_TYPES);
    }

    String target(ApiOperation operation, Tenant tenant) {
        Map<String, String> path = new LinkedHashMap<>();
        List<List<String>> known = List.copyOf(tenant.identifiers().values());
        for (String name : operation.pathParameters()) {
            List<String> right = tenant.identifiers().get(name);
            path.put(
                    name,
                    switch (random.nextInt(12)) {
                        case 0 -> one(STRANGE.subList(2, STRANGE.size()));
                        case 1 -> one(one(known));
                        // The last administrator's keys authenticate all requests.
                        default -> name.equals("user_email") ? right.getFirst() : one(right);
                    });
        }
        // What is deleted is not there for all that follow.
        if (operation.method().equals("DELETE") && !onceIn(10)) {
            path.put(operation.pathParameters().getLast(), "unknown");
        }
        if (!onceIn(3)) {
            return operation.target(path);
        }
        String query = operation.query().keySet().stream()
                .filter(name -> operation.requiredQuery().contains(name) || onceIn(3))
                .map(name -> name + "=" + URLEncoder.encode(one(STRANGE), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return operation.path(path) + (query.isEmpty() ? "" : "?" + query);
    }

    /** As text; null for an operation that takes none. */
    @Nullable
    String body(ApiOperation operation, Tenant tenant) {
        if (operation.bodySchema() == null) {
            return null;
        }
        ObjectNode body = sample(operation, tenant, random.nextBoolean());
        return switch (random.nextInt(12)) {
            case 0 -> cut(body.toString());
            case 1 -> JSON.writeValueAsString(value(3));
            case 2, 3 -> body.toString();
            case 4 -> {
                String name = one(operation.bodyFields().isEmpty() ? List.of("x") : operation.bodyFields());
                yield body.put(name, "HERE").toString().replace("\"HERE\"", one(RAW));
            }
            case 5, 6, 7 -> swapped(body).toString();
            default -> {
                List<String> fields = operation.bodyFields();
                for (int i = 0; i < 1 + random.nextInt(2) && !fields.isEmpty(); i++) {
                    body.set(one(fields), JSON.valueToTree(value(3)));
                }
                yield body.toString();
            }
        };
    }

    private String cut(String text) {
        return random.nextBoolean() ? text.substring(1) : text.substring(0, random.nextInt(text.length()));
    }

    /** With another value at a random position, however deep. */
    private JsonNode swapped(JsonNode node) {
        if (node.isEmpty() || onceIn(4)) {
            return JSON.valueToTree(value(2));
        }
        if (node instanceof ObjectNode object) {
            String name = one(List.copyOf(object.propertyNames()));
            object.set(name, swapped(object.path(name)));
        } else if (node instanceof ArrayNode array) {
            int index = random.nextInt(array.size());
            array.set(index, swapped(array.get(index)));
        }
        return node;
    }

    private static ObjectNode sample(ApiOperation operation, Tenant tenant, boolean asDocumented) {
        Map<String, String> ids = Map.of(
                "bucket_id", tenant.bucket(),
                "object_id", tenant.object(),
                "upload_id", tenant.pending(),
                "connection_id", tenant.connection());
        JsonNode sample = JSON.valueToTree(operation.body(asDocumented ? Map.of() : ids));
        ObjectNode body = sample instanceof ObjectNode object ? object.deepCopy() : JSON.createObjectNode();
        if (body.has("object_ids")) {
            body.putArray("object_ids").add(tenant.object());
        }
        return body;
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt(-2, 200);
            case 3 -> random.nextDouble() * Math.pow(10, random.nextInt(-3, 300));
            case 4, 5 -> one(STRANGE);
            case 6 ->
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(each -> JSON.valueToTree(value(depth - 1)))
                        .toList();
            default -> {
                Map<String, Object> object = new LinkedHashMap<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    object.put(one(STRANGE), value(depth - 1));
                }
                yield object;
            }
        };
    }
}
