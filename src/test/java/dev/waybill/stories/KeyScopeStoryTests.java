package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.ApiOperation;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a key may do inside its organization: its permissions, and the scopes that narrow it. */
class KeyScopeStoryTests {

    private static List<ApiOperation> operations;
    private static Tenant tenant;
    private static WaybillClient anonymous;
    private static Map<String, String> own;

    /** A second namespace with a bucket, and one more bucket in the first. */
    private static String otherSpace;

    private static String otherBucket;
    private static String siblingBucket;
    private static int keys;

    @BeforeAll
    static void foundAnOrganization() {
        ServiceUnderTest service = ServiceUnderTest.shared();
        anonymous = service.anonymous();
        operations = ApiOperation.all(anonymous);
        tenant = Tenant.found(service.client());
        own = new LinkedHashMap<>();
        tenant.identifiers().forEach((name, values) -> own.put(name, values.getFirst()));
        otherSpace = Tenant.namespace(tenant.client(), "other-" + tenant.mark());
        otherBucket = Tenant.bucket(tenant.client().withNamespace(otherSpace), "other-" + tenant.mark());
        siblingBucket = Tenant.bucket(tenant.client().withNamespace(tenant.namespace()), "sibling-" + tenant.mark());
    }

    @Test
    void aReadOnlyKeyWritesNothingAnywhere() {
        WaybillClient reader = key(List.of("read")).withNamespace(tenant.namespace());
        String before = tenant.everything();
        for (ApiOperation operation : operations) {
            Answer answer = send(reader, operation, own);
            if (operation.reads() && !operation.administers()) {
                assertThat(answer.status())
                        .as("%s: %s", operation, answer.text())
                        .isEqualTo(200);
            } else {
                assertForbidden(operation, answer);
                assertForbidden(operation, reader.send(operation.method(), operation.path(own), "{\"broken"));
            }
        }
        assertThat(tenant.everything()).isEqualTo(before);
    }

    @Test
    void aKeyThatMayNotDeleteDeletesNothing() {
        WaybillClient writer = key(List.of("read", "write")).withNamespace(tenant.namespace());
        for (ApiOperation operation : operations) {
            if (operation.method().equals("DELETE")) {
                assertForbidden(operation, send(writer, operation, own));
            }
        }
    }

    @Test
    void aKeyWithoutReadReadsNothing() {
        WaybillClient writer = key(List.of("write", "delete")).withNamespace(tenant.namespace());
        for (ApiOperation operation : operations) {
            if (operation.needsKey() && operation.reads()) {
                assertForbidden(operation, send(writer, operation, own));
            }
        }
    }

    @Test
    void aKeyForOneNamespaceDoesNotReachAnother() {
        WaybillClient narrowed = key(
                List.of("read", "write", "delete", "admin"), scope("namespace", "space-" + tenant.mark(), List.of()));
        Map<String, String> elsewhere = new LinkedHashMap<>(own);
        elsewhere.put("namespace_identifier", otherSpace);
        elsewhere.put("bucket_identifier", otherBucket);
        for (ApiOperation operation : operations) {
            boolean namesIt = operation.pathParameters().contains("namespace_identifier");
            if (operation.administers()) {
                assertForbidden(operation, send(narrowed, operation, own));
            } else if (namesIt || operation.template().startsWith("/v1/buckets")) {
                assertForbidden(operation, send(narrowed.withNamespace(otherSpace), operation, elsewhere));
                assertForbidden(
                        operation, send(narrowed.withNamespace("other-" + tenant.mark()), operation, elsewhere));
            }
        }
        assertThat(narrowed.withNamespace(tenant.namespace())
                        .get("/v1/buckets/" + tenant.bucket())
                        .status())
                .isEqualTo(200);
        Answer namespaces = narrowed.post("/v1/namespaces/list");
        assertThat(namespaces.text()).contains(tenant.namespace()).doesNotContain(otherSpace);
        assertThat(narrowed.get("/v1/tasks/" + tenant.task()).status()).isEqualTo(200);
        WaybillClient other = key(List.of("read", "delete"), scope("namespace", "other-*", List.of()));
        assertThat(other.get("/v1/tasks/" + tenant.task()).status()).isEqualTo(404);
        assertThat(other.post("/v1/tasks/list").text()).doesNotContain(tenant.task());
        assertThat(other.withNamespace("other-" + tenant.mark())
                        .get("/v1/buckets/" + otherBucket)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aKeyForBucketsOfAPrefixReachesOnlyThose() {
        WaybillClient narrowed = key(List.of("read", "write", "delete"), scope("bucket", "bucket-*", List.of()))
                .withNamespace(tenant.namespace());
        Map<String, String> elsewhere = new LinkedHashMap<>(own);
        for (String identifier : List.of(siblingBucket, "sibling-" + tenant.mark())) {
            elsewhere.put("bucket_identifier", identifier);
            for (ApiOperation operation : operations) {
                if (operation.pathParameters().contains("bucket_identifier")) {
                    assertForbidden(operation, send(narrowed, operation, elsewhere));
                }
            }
        }
        assertThat(narrowed.get("/v1/buckets/" + tenant.bucket()).status()).isEqualTo(200);
        assertThat(narrowed.post("/v1/buckets/list").text())
                .contains(tenant.bucket())
                .doesNotContain(siblingBucket);
        assertThat(narrowed.post("/v1/buckets", bucket("sibling-2")).status()).isEqualTo(403);
        Answer made = narrowed.post("/v1/buckets", bucket("bucket-2"));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        String path = "/v1/buckets/" + made.at("/bucket_id");
        assertThat(narrowed.patch(path, Map.of("bucket_name", "sibling-3")).status())
                .isEqualTo(403);
        Answer deleted = narrowed.delete(path);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(narrowed.get("/v1/tasks/" + deleted.at("/task_id")).status()).isEqualTo(200);
    }

    @Test
    void whatAKeyMayDoInABucketHoldsForTheCollectionsOverItToo() {
        WaybillClient reader = key(
                        List.of("read", "write", "delete"), scope("bucket", tenant.bucket(), List.of("read_data")))
                .withNamespace(tenant.namespace());
        String collection = "/v1/collections/" + tenant.collection();

        assertThat(reader.get(collection).status()).isEqualTo(200);
        assertThat(reader.delete(collection).status()).isEqualTo(403);
        assertThat(reader.post("/v1/collections", collection("more-" + tenant.mark()))
                        .status())
                .isEqualTo(403);
        assertThat(tenant.client()
                        .withNamespace(tenant.namespace())
                        .get(collection)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aKeyForSomeCollectionsSeesAndMakesNoOthers() {
        WaybillClient narrowed = key(List.of("read", "write"), scope("collection", "public-*", List.of()))
                .withNamespace(tenant.namespace());
        String object = "/v1/objects/" + tenant.object();

        assertThat(narrowed.get("/v1/collections/" + tenant.collection()).status())
                .isEqualTo(403);
        assertThat(narrowed.get(object + "/documents").json().at("/results")).isEmpty();
        Answer tree = narrowed.get(object + "/decomposition-tree?include_document_ids=true");
        assertThat(tree.status()).as(tree.text()).isEqualTo(200);
        assertThat(tree.text()).doesNotContain(tenant.collection()).doesNotContain(tenant.document());
        assertThat(narrowed.post("/v1/collections", collection("private-" + tenant.mark()))
                        .status())
                .isEqualTo(403);
        Answer made = narrowed.post("/v1/collections", collection("public-" + tenant.mark()));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
    }

    private static Map<String, Object> collection(String name) {
        return Map.of(
                "collection_name",
                name,
                "source",
                Map.of("type", "bucket", "bucket_id", tenant.bucket()),
                "feature_extractor",
                Map.of("feature_extractor_name", "multimodal_extractor", "version", "v1"));
    }

    /** That would delete what is outside the key's scope, too. */
    @Test
    void aKeyForSomeBucketsCannotDeleteTheirNamespace() {
        WaybillClient narrowed = key(List.of("read", "write", "delete"), scope("bucket", "other-*", List.of()));
        Answer answer = narrowed.delete("/v1/namespaces/" + otherSpace);
        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        assertThat(tenant.client().get("/v1/namespaces/" + otherSpace).status()).isEqualTo(200);
    }

    @Test
    void aKeyForSomeBucketsSeesNoTasksOfTheOthers() {
        WaybillClient narrowed = key(List.of("read", "write", "delete"), scope("bucket", "sibling-*", List.of()));
        assertThat(narrowed.get("/v1/tasks/" + tenant.task()).status()).isEqualTo(404);
        assertThat(narrowed.post("/v1/tasks/list").text()).doesNotContain(tenant.task());
        WaybillClient theirs = key(List.of("read"), scope("bucket", "bucket-*", List.of()));
        assertThat(theirs.get("/v1/tasks/" + tenant.task()).status()).isEqualTo(200);
        assertThat(theirs.post("/v1/tasks/list").text()).contains(tenant.task());
    }

    @Test
    void theOperationsOfAScopeNarrowWhatThePermissionsAllow() {
        for (String type : List.of("namespace", "bucket")) {
            String all = type.equals("namespace") ? "space-*" : "*";
            WaybillClient narrowed = key(List.of("read", "write", "delete"), scope(type, all, List.of("read_data")))
                    .withNamespace(tenant.namespace());
            for (ApiOperation operation : operations) {
                boolean inside = type.equals("namespace")
                        ? operation.template().startsWith("/v1/buckets")
                                || operation.pathParameters().contains("namespace_identifier")
                        : operation.pathParameters().contains("bucket_identifier");
                if (inside && operation.reads()) {
                    Answer answer = send(narrowed, operation, own);
                    assertThat(answer.status())
                            .as("%s: %s", operation, answer.text())
                            .isEqualTo(200);
                } else if (inside) {
                    assertForbidden(operation, send(narrowed, operation, own));
                }
            }
            assertThat(narrowed.post("/v1/buckets", bucket("bucket-3")).status())
                    .isEqualTo(403);
        }
        WaybillClient narrowed = key(List.of("read", "write", "delete"), scope("namespace", "*", List.of("read_data")));
        Answer made = narrowed.post(
                "/v1/namespaces",
                Map.of(
                        "namespace_name",
                        "made-" + tenant.mark(),
                        "feature_extractors",
                        List.of(Map.of("feature_extractor_name", "multimodal_extractor", "version", "v1"))));
        assertThat(made.status()).as(made.text()).isEqualTo(403);
        Answer canceled = narrowed.delete("/v1/tasks/" + tenant.task());
        assertThat(canceled.status()).as(canceled.text()).isEqualTo(403);
    }

    private static Answer send(WaybillClient client, ApiOperation operation, Map<String, String> path) {
        return client.send(
                operation.method(),
                operation.target(path),
                operation.reads() && !operation.bodyRequired() ? null : operation.body(Map.of()));
    }

    private static void assertForbidden(ApiOperation operation, Answer answer) {
        assertThat(answer.status()).as("%s: %s", operation, answer.text()).isEqualTo(403);
        assertThat(answer.at("/error/type")).as(operation.toString()).isEqualTo("ForbiddenError");
    }

    private static Map<String, Object> bucket(String name) {
        return Map.of(
                "bucket_name", name, "bucket_schema", Map.of("properties", Map.of("paper", Map.of("type", "pdf"))));
    }

    private static Map<String, Object> scope(String type, String id, List<String> operations) {
        return Map.of("resource_type", type, "resource_id", id, "operations", operations);
    }

    @SafeVarargs
    private static WaybillClient key(List<String> permissions, Map<String, Object>... scopes) {
        Answer key = tenant.client()
                .post(
                        "/v1/organizations/users/member-%s@example.com/api-keys".formatted(tenant.mark()),
                        Map.of("name", "narrow-" + keys++, "permissions", permissions, "scopes", List.of(scopes)));
        assertThat(key.status()).as(key.text()).isEqualTo(200);
        return anonymous.withKey(key.at("/key"));
    }
}
