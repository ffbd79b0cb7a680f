package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A namespace of its own with one bucket of the quickstart's schema, and a client's requests there. */
public final class Workspace {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Set<String> SET_BY_THE_CLIENT = Set.of("content-length", "host");

    private final WaybillClient client;
    private final String namespace;
    private final String bucket;

    private Workspace(WaybillClient client, String namespace, String bucket) {
        this.client = client;
        this.namespace = namespace;
        this.bucket = bucket;
    }

    /** @param client with a key, without a namespace */
    public static Workspace create(WaybillClient client) {
        return create(
                client,
                Map.of(
                        "product_text", Map.of("type", "text"),
                        "hero_image", Map.of("type", "image"),
                        "sku", Map.of("type", "string"),
                        "price", Map.of("type", "number")));
    }

    public static Workspace create(WaybillClient client, Map<String, ?> properties) {
        return create(client, properties, "multimodal_extractor");
    }

    /** @param extractors what the namespace lists, in version v1 */
    public static Workspace create(WaybillClient client, Map<String, ?> properties, String... extractors) {
        String name = "story-" + UUID.randomUUID().toString().substring(0, 18);
        Answer namespace = client.post(
                "/v1/namespaces",
                Map.of(
                        "namespace_name",
                        name,
                        "feature_extractors",
                        Arrays.stream(extractors)
                                .map(one -> Map.of("feature_extractor_name", one, "version", "v1"))
                                .toList()));
        assertThat(namespace.status()).as(namespace.text()).isEqualTo(200);
        WaybillClient inside = client.withNamespace(name);
        Answer bucket = inside.post(
                "/v1/buckets",
                Map.of("bucket_name", "product-catalog", "bucket_schema", Map.of("properties", properties)));
        assertThat(bucket.status()).as(bucket.text()).isEqualTo(200);
        Partners.made(client.base(), namespace.at("/namespace_id"));
        return new Workspace(inside, namespace.at("/namespace_id"), bucket.at("/bucket_id"));
    }

    /** An existing namespace and bucket. */
    public static Workspace of(WaybillClient inside, String namespace, String bucket) {
        return new Workspace(inside, namespace, bucket);
    }

    /** The same workspace, through another instance or with another key. */
    public Workspace through(WaybillClient other) {
        return new Workspace(other.withNamespace(namespace), namespace, bucket);
    }

    /** The same namespace, with another bucket. */
    public Workspace in(String otherBucket) {
        return new Workspace(client, namespace, otherBucket);
    }

    public WaybillClient client() {
        return client;
    }

    public String namespace() {
        return namespace;
    }

    public String bucket() {
        return bucket;
    }

    public String path(String below) {
        return "/v1/buckets/" + bucket + below;
    }

    public Answer ask(Map<String, ?> request) {
        return client.post(path("/uploads"), request);
    }

    /** Requests an upload of a JPEG, and expects success. */
    public Answer askForJpeg() {
        Answer answer = ask(Map.of("filename", "photo.jpg", "content_type", "image/jpeg"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    /** Requests an upload of a JPEG and puts one; the upload's id. */
    public String putJpeg() {
        Answer upload = askForJpeg();
        assertThat(put(upload.json(), SampleFiles.jpeg()).statusCode()).isEqualTo(200);
        return upload.at("/upload_id");
    }

    /** Puts so many JPEGs; their uploads' ids. */
    public List<String> putJpegs(int count) {
        return Stream.generate(this::putJpeg).limit(count).toList();
    }

    /** Has a task confirm them. */
    public Answer confirmAll(List<String> uploadIds) {
        return client.post(
                path("/uploads/confirm/batch"),
                Map.of(
                        "confirmations",
                        uploadIds.stream().map(id -> Map.of("upload_id", id)).toList()));
    }

    public Answer confirm(String uploadId) {
        return client.post(path("/uploads/" + uploadId + "/confirm"));
    }

    public Answer confirm(String uploadId, Map<String, ?> body) {
        return client.post(path("/uploads/" + uploadId + "/confirm"), body);
    }

    public Answer upload(String uploadId) {
        return client.get(path("/uploads/" + uploadId));
    }

    public Answer object(String objectId) {
        return client.get(path("/objects/" + objectId));
    }

    /** How many objects the bucket's list shows. */
    public int objects() {
        Answer list = client.post(path("/objects/list?limit=1000"));
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        return list.json().at("/results").size();
    }

    /** Waits until the task has ended, and reads it. */
    public Answer settled(String taskId) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !Set.of("PENDING", "QUEUED", "PROCESSING", "IN_PROGRESS")
                        .contains(client.get("/v1/tasks/" + taskId).at("/status")));
        return client.get("/v1/tasks/" + taskId);
    }

    /** PUTs bytes as an upload's answer requires. */
    public static HttpResponse<byte[]> put(JsonNode upload, byte[] bytes) {
        Map<String, String> headers = new LinkedHashMap<>();
        upload.at("/required_headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        return put(upload.at("/presigned_url").asString(), headers, bytes);
    }

    public static HttpResponse<byte[]> put(String url, Map<String, String> headers, byte[] bytes) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
        headers.forEach((name, value) -> {
            if (!SET_BY_THE_CLIENT.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                request.header(name, value);
            }
        });
        return send(request.build());
    }

    public static HttpResponse<byte[]> get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private static HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
