package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.auth.access.AccessRow;
import dev.waybill.auth.access.AccessTable;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ApiOperation;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import tools.jackson.databind.JsonNode;

/** Every operation with every kind of key, over HTTP: what the API's document says of it is what happens. */
class AccessStoryTests {

    private static final List<String> ALL = List.of("read", "write", "delete");
    private static final List<List<String>> SINGLE =
            List.of(List.of("read"), List.of("write"), List.of("delete"), List.of("admin"));
    private static final String EXTENSION = "x-waybill-access";

    /** Resources that a key is narrowed to or not, by their whole ids, with nothing in them. */
    private record Place(String mark, String namespace, String bucket, String collection, String connection) {

        static Place make() {
            String mark = UUID.randomUUID().toString().substring(0, 8);
            String namespace = Tenant.namespace(admin, mark);
            WaybillClient within = admin.withNamespace(namespace);
            String bucket = Tenant.bucket(within, mark);
            Answer collection = within.post("/v1/collections", collection(mark, bucket));
            assertThat(collection.status()).as(collection.text()).isEqualTo(200);
            return new Place(mark, namespace, bucket, collection.at("/collection_id"), Tenant.connected(admin, mark));
        }

        private static Map<String, Object> collection(String name, String bucket) {
            return Map.of(
                    "collection_name",
                    name,
                    "source",
                    Map.of("type", "bucket", "bucket_id", bucket),
                    "feature_extractor",
                    Map.of("feature_extractor_name", "multimodal_extractor", "version", "v1"));
        }

        /** Whatever else a path names does not exist, so a request that passes authorization changes nothing. */
        Map<String, String> path(ApiOperation operation) {
            Map<String, String> values = new LinkedHashMap<>();
            operation.pathParameters().forEach(name -> values.put(name, "unknown-" + mark));
            values.put("namespace_identifier", namespace);
            values.put("bucket_identifier", bucket);
            values.put("collection_identifier", collection);
            values.put("connection_identifier", connection);
            return values;
        }

        Map<String, Object> scope(String kind) {
            return switch (kind) {
                case "organization" -> AccessStoryTests.scope("organization", organization);
                case "namespace" -> AccessStoryTests.scope("namespace", namespace);
                case "bucket" -> AccessStoryTests.scope("bucket", bucket);
                case "prefix" -> AccessStoryTests.scope("bucket", mark.substring(0, 7) + "*");
                case "collection" -> AccessStoryTests.scope("collection", collection);
                case "storage_connection" -> AccessStoryTests.scope("storage_connection", connection);
                default -> AccessStoryTests.scope("retriever", mark);
            };
        }
    }

    private static final List<String> KINDS =
            List.of("organization", "namespace", "bucket", "prefix", "collection", "storage_connection", "other");

    private static List<ApiOperation> operations;
    private static JsonNode document;
    private static WaybillClient anonymous;
    private static WaybillClient admin;
    private static String organization;
    private static String keys;
    private static Place inside;
    private static Place outside;

    @BeforeAll
    static void foundAnOrganization() {
        ServiceUnderTest service = ServiceUnderTest.shared();
        anonymous = service.anonymous();
        operations = ApiOperation.all(anonymous);
        document = anonymous.get("/openapi.json").json();
        String mark = UUID.randomUUID().toString().substring(0, 8);
        Answer founded = Tenant.founded(service.client(), mark);
        organization = founded.at("/organization_id");
        keys = "/v1/organizations/users/admin-%s@example.com/api-keys".formatted(mark);
        admin = service.client().withKey(founded.at("/api_key/key"));
        inside = Place.make();
        outside = Place.make();
    }

    @Test
    void theDocumentSaysWhatTheTableSays() {
        AccessTable table = new AccessTable(AccessTable.waybill());
        for (ApiOperation operation : operations) {
            var row = table.find(RequestMethod.valueOf(operation.method()), operation.template());
            assertThat(row.isPresent()).as(operation.toString()).isEqualTo(operation.needsKey());
            row.ifPresent(found -> assertDocumented(operation, found));
        }
    }

    private static void assertDocumented(ApiOperation operation, AccessRow row) {
        JsonNode documented = described(operation);
        String needs = "Needs `%s`.".formatted(row.permission().wire());
        assertThat(documented.path("description").asString())
                .as(operation.toString())
                .contains(needs);
        assertThat(documented.at("/" + EXTENSION + "/permission").asString())
                .as(operation.toString())
                .isEqualTo(row.permission().wire());
    }

    @Test
    void everyOperationWithoutAKeyAndWithEveryPermission() {
        for (ApiOperation operation : operations) {
            int status = ask(anonymous, operation, inside).status();
            assertThat(status == 401).as(operation.toString()).isEqualTo(operation.needsKey());
        }
        for (List<String> permissions : SINGLE) {
            tryAll(key(permissions), permissions, "", inside);
        }
    }

    @Test
    void everyOperationWithEveryKindOfNarrowedKey() {
        for (String kind : KINDS) {
            WaybillClient key = key(ALL, inside.scope(kind));
            tryAll(key, ALL, kind, inside);
            operations.stream()
                    .filter(ApiOperation::needsKey)
                    .filter(operation ->
                            isAllowed(operation, ALL, kind, true) && !isAllowed(operation, ALL, kind, false))
                    .forEach(operation ->
                            assertAnswered(operation, ask(key, operation, outside), false, kind + " outside"));
        }
    }

    @Test
    @Tag("soak")
    void everyOperationWithEveryKindOfKeyAndEveryPermission() {
        int tried = 0;
        for (List<String> permissions : SINGLE) {
            for (String kind : KINDS) {
                WaybillClient key = key(permissions, inside.scope(kind));
                tried += tryAll(key, permissions, kind, inside) + tryAll(key, permissions, kind, outside);
                tried += destroyAll(permissions, kind);
            }
            tried += destroyAll(permissions, "");
        }
        assertThat(tried).isGreaterThan(6_000);
    }

    @Test
    void aKeyForABucketChangesNothingBesideIt() {
        WaybillClient narrowed = key(ALL, inside.scope("bucket"));
        String namespace = "/v1/namespaces/" + inside.namespace();

        for (Answer refused : List.of(
                narrowed.put(namespace, Map.of("namespace_name", "renamed")),
                narrowed.patch(namespace, Map.of("namespace_name", "renamed")),
                narrowed.delete(namespace),
                narrowed.put("/v1/namespaces/ns_unknown", Map.of("namespace_name", "renamed")),
                narrowed.post("/v1/organizations/webhooks", Map.of()),
                narrowed.delete("/v1/organizations/connections/" + inside.connection()))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        }
        assertThat(admin.get(namespace).at("/namespace_name")).isEqualTo(inside.mark());
        assertThat(narrowed.withNamespace(inside.namespace())
                        .patch("/v1/buckets/" + inside.bucket(), Map.of("description", "Its own"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aKeyForACollectionDeletesNeitherItsBucketNorItsNamespace() {
        Place place = Place.make();
        for (Map<String, Object> scope : List.of(place.scope("collection"), scope("collection", "*"))) {
            WaybillClient narrowed = key(ALL, scope).withNamespace(place.namespace());
            assertThat(narrowed.delete("/v1/namespaces/" + place.namespace()).status())
                    .isEqualTo(403);
            assertThat(narrowed.delete("/v1/buckets/" + place.bucket()).status())
                    .isEqualTo(403);
        }
        WaybillClient own = key(ALL, place.scope("collection")).withNamespace(place.namespace());
        assertThat(own.get("/v1/buckets/" + place.bucket()).status()).isEqualTo(200);
        assertThat(own.delete("/v1/collections/" + place.collection()).status()).isEqualTo(200);
    }

    @Test
    void onlyKeysThatMayWriteAreGivenUrlsThatWrite() {
        String uploads = "/v1/buckets/" + inside.bucket() + "/uploads";
        Answer upload = admin.withNamespace(inside.namespace())
                .post(uploads, Map.of("filename", "a.jpg", "content_type", "image/jpeg"));
        assertThat(upload.status()).as(upload.text()).isEqualTo(200);
        String one = uploads + "/" + upload.at("/upload_id") + "?return_presigned_urls=true";
        Map<String, Object> reading = new LinkedHashMap<>(inside.scope("bucket"));
        reading.put("operations", List.of("read_data"));
        Map<String, Object> inNamespace = new LinkedHashMap<>(inside.scope("namespace"));
        inNamespace.put("operations", List.of("read_data", "delete_data"));

        for (WaybillClient reader : List.of(
                key(List.of("read")),
                key(List.of("read", "delete")),
                key(List.of("read"), inside.scope("bucket")),
                key(ALL, reading),
                key(ALL, inNamespace),
                key(ALL, inside.scope("collection")))) {
            assertNoUrl(reader.withNamespace(inside.namespace()), uploads, one);
        }
        for (WaybillClient writer :
                List.of(key(List.of("read", "write")), key(ALL, inside.scope("prefix")), key(List.of("admin")))) {
            WaybillClient within = writer.withNamespace(inside.namespace());
            assertThat(within.get(one).at("/presigned_url")).startsWith("http");
            assertThat(within.post(uploads + "/list", Map.of("return_presigned_urls", true))
                            .text())
                    .contains("X-Amz-Signature");
        }
    }

    private static void assertNoUrl(WaybillClient reader, String uploads, String one) {
        Answer shown = reader.get(one);
        Answer listed = reader.post(uploads + "/list", Map.of("return_presigned_urls", true));
        for (Answer answer : List.of(shown, listed)) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text()).contains("a.jpg").doesNotContain("X-Amz-Signature");
        }
    }

    @Test
    void scopesOfTwoKindsNarrowOneAnother() {
        WaybillClient both = key(ALL, inside.scope("namespace"), inside.scope("bucket"));
        WaybillClient crossed = key(ALL, inside.scope("namespace"), outside.scope("bucket"));
        WaybillClient sum = key(ALL, inside.scope("bucket"), outside.scope("bucket"));
        String bucket = "/v1/buckets/" + inside.bucket();
        Map<String, Object> change = Map.of("description", "Another one");

        assertThat(both.withNamespace(inside.namespace()).patch(bucket, change).status())
                .isEqualTo(200);
        assertThat(both.patch("/v1/namespaces/" + inside.namespace(), change).status())
                .isEqualTo(403);
        assertThat(crossed.withNamespace(inside.namespace())
                        .patch(bucket, change)
                        .status())
                .isEqualTo(403);
        assertThat(crossed.withNamespace(outside.namespace())
                        .patch("/v1/buckets/" + outside.bucket(), change)
                        .status())
                .isEqualTo(403);
        assertThat(sum.withNamespace(inside.namespace()).patch(bucket, change).status())
                .isEqualTo(200);
        assertThat(sum.withNamespace(outside.namespace())
                        .patch("/v1/buckets/" + outside.bucket(), change)
                        .status())
                .isEqualTo(200);
    }

    /** All operations but those that would really delete resources that the key may delete. */
    private static int tryAll(WaybillClient key, List<String> permissions, String kind, Place place) {
        int tried = 0;
        for (ApiOperation operation : operations) {
            if (!operation.needsKey()) {
                continue;
            }
            boolean isAllowed = isAllowed(operation, permissions, kind, place == inside);
            if (!(isAllowed && destroys(operation))) {
                assertAnswered(operation, ask(key, operation, place), isAllowed, permissions + " " + kind);
                tried++;
            }
        }
        return tried;
    }

    /** Each with resources of its own. */
    private static int destroyAll(List<String> permissions, String kind) {
        int tried = 0;
        for (ApiOperation operation : operations) {
            if (destroys(operation) && isAllowed(operation, permissions, kind, true)) {
                Place place = Place.make();
                WaybillClient key = kind.isEmpty() ? key(permissions) : key(permissions, place.scope(kind));
                assertAnswered(operation, ask(key, operation, place), true, permissions + " " + kind);
                tried++;
            }
        }
        return tried;
    }

    private static boolean destroys(ApiOperation operation) {
        return operation.method().equals("DELETE")
                && Set.of("namespace_identifier", "bucket_identifier", "collection_identifier", "connection_identifier")
                        .contains(operation.pathParameters().getLast());
    }

    private static Answer ask(WaybillClient client, ApiOperation operation, Place place) {
        return client.withNamespace(place.namespace())
                .send(
                        operation.method(),
                        operation.target(place.path(operation)),
                        operation.bodySchema() == null ? null : Map.of());
    }

    private static boolean isAllowed(ApiOperation operation, List<String> permissions, String kind, boolean isInside) {
        JsonNode documented = described(operation).path(EXTENSION);
        if (!permissions.contains(documented.path("permission").asString()) && !permissions.contains("admin")) {
            return false;
        }
        if (kind.isEmpty()) {
            return true;
        }
        return switch (documented
                .path("narrowed")
                .path(kind.equals("prefix") ? "bucket" : kind)
                .asString("")) {
            case "always" -> true;
            case "inside" -> isInside || !names(operation, kind);
            case "never" -> false;
            default -> throw new AssertionError(operation + " does not tell of " + kind);
        };
    }

    /** Whether its request names a resource of that kind, or one within it. */
    private static boolean names(ApiOperation operation, String kind) {
        List<String> named = operation.pathParameters();
        return switch (kind) {
            case "namespace" ->
                operation.inNamespace() && !operation.template().startsWith("/v1/tasks")
                        || named.contains("namespace_identifier");
            case "bucket", "prefix" -> named.contains("bucket_identifier") || named.contains("collection_identifier");
            case "collection" -> named.contains("collection_identifier");
            case "storage_connection" -> named.contains("connection_identifier");
            default -> false;
        };
    }

    private static void assertAnswered(ApiOperation operation, Answer answer, boolean isAllowed, String key) {
        String what = "%s with %s: %s".formatted(operation, key, answer.text());
        if (isAllowed) {
            assertThat(answer.status()).as(what).isNotIn(401, 403).isLessThan(500);
        } else {
            assertThat(answer.status()).as(what).isEqualTo(403);
        }
    }

    private static JsonNode described(ApiOperation operation) {
        return document.path("paths")
                .path(operation.template())
                .path(operation.method().toLowerCase(java.util.Locale.ROOT));
    }

    private static Map<String, Object> scope(String type, String id) {
        return Map.of("resource_type", type, "resource_id", id);
    }

    @SafeVarargs
    private static WaybillClient key(List<String> permissions, Map<String, Object>... scopes) {
        Answer key = admin.post(
                keys,
                Map.of("name", "key-" + UUID.randomUUID(), "permissions", permissions, "scopes", List.of(scopes)));
        assertThat(key.status()).as(key.text()).isEqualTo(200);
        return anonymous.withKey(key.at("/key"));
    }
}
