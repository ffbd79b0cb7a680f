package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.blobs.Blob;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.FieldType;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectWriter;
import dev.waybill.objects.UniqueKeyPolicy;
import dev.waybill.objects.WriteDraft;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A namespace that may use the {@link TestExtractors}, with a bucket of texts, and a client's requests there. */
public final class Texts {

    private static final Set<String> OPEN = Set.of("DRAFT", "QUEUED", "PROCESSING");

    private final ServiceUnderTest service;
    private final WaybillClient client;
    private final String namespace;
    private final String bucket;

    private Texts(ServiceUnderTest service, WaybillClient client, String namespace, String bucket) {
        this.service = service;
        this.client = client;
        this.namespace = namespace;
        this.bucket = bucket;
    }

    public static Texts create(ServiceUnderTest service, String... extractors) {
        String name = "texts-" + UUID.randomUUID().toString().substring(0, 18);
        List<Map<String, String>> listed = new ArrayList<>();
        for (String extractor : extractors) {
            listed.add(Map.of("feature_extractor_name", extractor, "version", "v1"));
        }
        Answer namespace =
                service.client().post("/v1/namespaces", Map.of("namespace_name", name, "feature_extractors", listed));
        assertThat(namespace.status()).as(namespace.text()).isEqualTo(200);
        WaybillClient inside = service.client().withNamespace(name);
        Answer bucket = inside.post(
                "/v1/buckets",
                Map.of(
                        "bucket_name",
                        "texts",
                        "bucket_schema",
                        Map.of(
                                "properties",
                                Map.of("body", Map.of("type", "text"), "photo", Map.of("type", "image")))));
        assertThat(bucket.status()).as(bucket.text()).isEqualTo(200);
        return new Texts(service, inside, namespace.at("/namespace_id"), bucket.at("/bucket_id"));
    }

    public WaybillClient client() {
        return client;
    }

    public String bucket() {
        return bucket;
    }

    public String path(String below) {
        return "/v1/buckets/" + bucket + below;
    }

    public Scope scope() {
        return new Scope(new OrganizationId("org_bootstrap"), new NamespaceId(namespace));
    }

    /** Creates objects with these texts; their ids. */
    public List<String> objects(String... texts) {
        List<String> ids = new ArrayList<>();
        List<BucketObject> all = new ArrayList<>();
        Scope scope = scope();
        for (String text : texts) {
            String id = UUID.randomUUID().toString().replace("-", "");
            ids.add("obj_" + id);
            all.add(object(scope, id, text));
        }
        service.bean(ObjectWriter.class)
                .write(all.stream()
                        .map(object -> WriteDraft.object(object, null, UniqueKeyPolicy.INSERT, false, null))
                        .toList());
        return ids;
    }

    private BucketObject object(Scope scope, String id, String text) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        Blob blob = new Blob(
                "blob_" + id,
                "body",
                FieldType.TEXT,
                null,
                null,
                text,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                null);
        return BucketObject.draft(
                new ObjectId("obj_" + id), scope, new BucketId(bucket), null, List.of(blob), Map.of(), now);
    }

    public String collection(String name, String parent, String extractor) {
        Answer answer = client.post("/v1/collections", collectionBody(name, parent, extractor));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.at("/collection_id");
    }

    /** @param parent a collection; empty for the bucket */
    public Map<String, Object> collectionBody(String name, String parent, String extractor) {
        return Map.of(
                "collection_name",
                name,
                "source",
                parent.isEmpty()
                        ? Map.of("type", "bucket", "bucket_id", "texts")
                        : Map.of("type", "collection", "collection_id", parent),
                "feature_extractor",
                Map.of("feature_extractor_name", extractor, "version", "v1"));
    }

    public String draft(List<String> objects) {
        Answer answer = client.post(path("/batches"), Map.of("object_ids", objects));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.at("/status")).isEqualTo("DRAFT");
        return answer.at("/batch_id");
    }

    public Answer submit(String batch) {
        Answer answer = client.post(path("/batches/" + batch + "/submit"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    public Answer batch(String batch) {
        return client.get(path("/batches/" + batch));
    }

    /** Waits until the batch has ended, and reads it. */
    public Answer over(String batch) {
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !OPEN.contains(batch(batch).at("/status")));
        return batch(batch);
    }

    /** Creates a batch, submits it, and waits until it has ended. */
    public Answer process(List<String> objects) {
        String batch = draft(objects);
        submit(batch);
        return over(batch);
    }

    /** How many documents a collection has. */
    public int documents(String collection) {
        Answer answer = client.post("/v1/collections/" + collection + "/documents/list?limit=1&include_total=true");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().at("/total_count").asInt();
    }

    public Answer documentsOf(String object) {
        return client.get("/v1/objects/" + object + "/documents");
    }
}
