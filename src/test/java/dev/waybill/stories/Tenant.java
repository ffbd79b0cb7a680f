package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.connectors.ScriptedSource;
import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An organization with one of everything in it, under names that nobody else has.
 *
 * @param client with the key of its administrator
 */
record Tenant(
        WaybillClient client,
        String organization,
        String mark,
        String namespace,
        String bucket,
        String pending,
        String completed,
        String object,
        String task,
        String collection,
        String batch,
        String document,
        String keyId,
        String webhook,
        String delivery,
        String connection,
        String sync,
        String run,
        String agent,
        String project,
        String submission) {

    static Tenant found(WaybillClient operator) {
        String mark = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        Answer founded = founded(operator, mark);
        WaybillClient client = operator.withKey(founded.at("/api_key/key"));
        String namespace = namespace(client, "space-" + mark);
        WaybillClient inside = client.withNamespace(namespace);
        String bucket = bucket(inside, "bucket-" + mark);
        String pending = upload(inside, bucket, mark).at("/upload_id");
        Answer asked = upload(inside, bucket, mark);
        String completed = asked.at("/upload_id");
        assertThat(Workspace.put(asked.json(), SampleFiles.jpeg()).statusCode()).isEqualTo(200);
        String path = "/v1/buckets/" + bucket + "/uploads/" + completed + "/confirm";
        Answer confirmed = inside.post(path + "?async=true");
        String task = confirmed.at("/task_id");
        await().until(() -> client.get("/v1/tasks/" + task).at("/status").equals("COMPLETED"));
        String object = inside.post(path).at("/object_id");
        assertThat(object).startsWith("obj_");
        String collection = collection(inside, "collection-" + mark, bucket);
        String batch = processed(inside, bucket, object);
        String document = inside.get("/v1/objects/" + object + "/documents").at("/results/0/document_id");
        assertThat(document).isNotEmpty();
        String member = "member-%s@example.com".formatted(mark);
        assertThat(client.post("/v1/organizations/users", Map.of("email", member, "user_name", "Member " + mark))
                        .status())
                .isEqualTo(200);
        Answer key = client.post("/v1/organizations/users/" + member + "/api-keys", Map.of("name", "key-" + mark));
        assertThat(key.status()).as(key.text()).isEqualTo(200);
        Answer agent = client.post("/v1/organizations/agents", Map.of("name", "agent-" + mark));
        assertThat(agent.status()).as(agent.text()).isEqualTo(200);
        Answer project = client.post(
                "/v1/organizations/projects", Map.of("name", "project-" + mark, "prompt", "prompt-" + mark));
        assertThat(project.status()).as(project.text()).isEqualTo(200);
        Answer submission = client.withKey(agent.at("/key"))
                .post(
                        "/api/agents/projects/" + project.at("/project_id") + "/submissions",
                        Map.of("text", "text-" + mark));
        assertThat(submission.status()).as(submission.text()).isEqualTo(200);
        Answer webhook = client.post(
                "/v1/organizations/webhooks",
                Map.of(
                        "webhook_name",
                        "hook-" + mark,
                        "event_types",
                        List.of("alert.triggered"),
                        "channels",
                        List.of(Map.of(
                                "channel", "webhook", "configs", Map.of("url", "https://hooks.example.com/waybill")))));
        assertThat(webhook.status()).as(webhook.text()).isEqualTo(201);
        Answer tested = client.post("/v1/organizations/webhooks/" + webhook.at("/webhook_id") + "/test");
        assertThat(tested.status()).as(tested.text()).isEqualTo(200);
        String connection = connected(client, "connection-" + mark);
        String syncs = "/v1/buckets/" + bucket + "/syncs";
        Answer sync = inside.post(
                syncs,
                Map.of(
                        "connection_id",
                        connection,
                        "source_path",
                        ScriptedSource.BUCKET + "/" + mark,
                        "polling_interval_seconds",
                        900));
        assertThat(sync.status()).as(sync.text()).isEqualTo(200);
        String run = ran(inside, syncs + "/" + sync.at("/sync_config_id"));
        return new Tenant(
                client,
                founded.at("/organization_id"),
                mark,
                namespace,
                bucket,
                pending,
                completed,
                object,
                task,
                collection,
                batch,
                document,
                key.at("/key_id"),
                webhook.at("/webhook_id"),
                tested.at("/delivery_ids/0"),
                connection,
                sync.at("/sync_config_id"),
                run,
                agent.at("/agent_id"),
                project.at("/project_id"),
                submission.at("/data/submissionId"));
    }

    /**
     * Founds an organization that may do everything, and expects that it is.
     *
     * @param mark in the names of the organization and of its administrator: nobody else's
     * @return with {@code organization_id}, and its administrator's key as {@code /api_key/key}
     */
    static Answer founded(WaybillClient operator, String mark) {
        Answer founded = operator.post(
                "/v1/organizations",
                Map.of(
                        "organization_name",
                        "org-" + mark,
                        "plan",
                        "enterprise",
                        "admin_email",
                        "admin-%s@example.com".formatted(mark)));
        assertThat(founded.status()).as(founded.text()).isEqualTo(200);
        return founded;
    }

    /** Creates a connection to the scripted source; the connection's id. */
    static String connected(WaybillClient client, String name) {
        Answer connection = client.post(
                "/v1/organizations/connections",
                Map.of(
                        "name",
                        name,
                        "provider_type",
                        ScriptedSource.PROVIDER,
                        "provider_config",
                        ScriptedSource.settings()));
        assertThat(connection.status()).as(connection.text()).isEqualTo(200);
        return connection.at("/connection_id");
    }

    static String namespace(WaybillClient client, String name) {
        Answer namespace = client.post(
                "/v1/namespaces",
                Map.of(
                        "namespace_name",
                        name,
                        "feature_extractors",
                        List.of(Map.of("feature_extractor_name", "multimodal_extractor", "version", "v1"))));
        assertThat(namespace.status()).as(namespace.text()).isEqualTo(200);
        return namespace.at("/namespace_id");
    }

    static String bucket(WaybillClient inside, String name) {
        Answer bucket = inside.post(
                "/v1/buckets",
                Map.of(
                        "bucket_name",
                        name,
                        "bucket_schema",
                        Map.of("properties", Map.of("hero_image", Map.of("type", "image")))));
        assertThat(bucket.status()).as(bucket.text()).isEqualTo(200);
        return bucket.at("/bucket_id");
    }

    private static String collection(WaybillClient inside, String name, String bucket) {
        Answer collection = inside.post(
                "/v1/collections",
                Map.of(
                        "collection_name",
                        name,
                        "source",
                        Map.of("type", "bucket", "bucket_id", bucket),
                        "feature_extractor",
                        Map.of("feature_extractor_name", "multimodal_extractor", "version", "v1")));
        assertThat(collection.status()).as(collection.text()).isEqualTo(200);
        return collection.at("/collection_id");
    }

    private static String processed(WaybillClient inside, String bucket, String object) {
        String path = "/v1/buckets/" + bucket + "/batches";
        Answer batch = inside.post(path, Map.of("object_ids", List.of(object)));
        assertThat(batch.status()).as(batch.text()).isEqualTo(200);
        String id = batch.at("/batch_id");
        assertThat(inside.post(path + "/" + id + "/submit").status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> inside.get(path + "/" + id).at("/status").equals("COMPLETED"));
        return id;
    }

    /** Of nothing: there are no files. */
    private static String ran(WaybillClient inside, String sync) {
        Answer begun = inside.post(sync + "/trigger");
        assertThat(begun.status()).as(begun.text()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !inside.get(sync).json().path("locked").asBoolean(true));
        return begun.at("/sync_job_id");
    }

    private static Answer upload(WaybillClient inside, String bucket, String mark) {
        Answer upload = inside.post(
                "/v1/buckets/" + bucket + "/uploads",
                Map.of("filename", "file-%s.jpg".formatted(mark), "content_type", "image/jpeg"));
        assertThat(upload.status()).as(upload.text()).isEqualTo(200);
        return upload;
    }

    /** Every value that each path parameter can take for what this tenant has: ids and names. */
    Map<String, List<String>> identifiers() {
        return Map.ofEntries(
                Map.entry("namespace_identifier", List.of(namespace, "space-" + mark)),
                Map.entry("bucket_identifier", List.of(bucket, "bucket-" + mark)),
                Map.entry("upload_id", List.of(pending, completed)),
                Map.entry("object_identifier", List.of(object)),
                Map.entry("object_id", List.of(object)),
                Map.entry("batch_id", List.of(batch)),
                Map.entry("collection_identifier", List.of(collection, "collection-" + mark)),
                Map.entry("document_id", List.of(document)),
                Map.entry("task_id", List.of(task)),
                Map.entry(
                        "user_email",
                        List.of("member-%s@example.com".formatted(mark), "admin-%s@example.com".formatted(mark))),
                Map.entry("key_name", List.of("key-" + mark, keyId)),
                Map.entry("webhook_identifier", List.of(webhook, "hook-" + mark)),
                Map.entry("delivery_id", List.of(delivery)),
                Map.entry("connection_identifier", List.of(connection, "connection-" + mark)),
                Map.entry("sync_config_id", List.of(sync)),
                Map.entry("sync_run_id", List.of(run)),
                Map.entry("sync_job_id", List.of(run)),
                Map.entry("agent_id", List.of(agent)),
                Map.entry("project_id", List.of(project)),
                Map.entry("submission_id", List.of(submission)));
    }

    /** What no other tenant may ever see. */
    Set<String> secrets() {
        Set<String> secrets = new LinkedHashSet<>(List.of(organization, mark));
        identifiers().values().forEach(secrets::addAll);
        return secrets;
    }

    /** All that this tenant can read, without what changes by itself. */
    String everything() {
        WaybillClient inside = client.withNamespace(namespace);
        String in = "/v1/buckets/" + bucket;
        // Counters follow their writes within seconds, and would change in between.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> inside.get(in).json().at("/object_count").asInt() == 1);
        StringBuilder all = new StringBuilder();
        for (String path : List.of(
                "/v1/organizations",
                "/v1/organizations/users",
                "/v1/organizations/users/member-%s@example.com/api-keys?include_revoked=true".formatted(mark),
                "/v1/organizations/users/admin-%s@example.com/api-keys?include_revoked=true".formatted(mark),
                "/v1/namespaces/" + namespace,
                in,
                in + "/objects/" + object,
                in + "/batches/" + batch,
                in + "/syncs/" + sync,
                in + "/syncs/" + sync + "/runs/" + run,
                "/v1/objects/" + object + "/documents",
                "/v1/collections/" + collection,
                "/v1/organizations/connections/" + connection,
                "/v1/organizations/agents/" + agent,
                "/v1/organizations/projects/" + project,
                "/v1/organizations/projects/" + project + "/submissions/" + submission,
                "/v1/tasks/" + task)) {
            all.append(seen(inside.get(path)));
        }
        for (String list : List.of(
                "/v1/namespaces",
                "/v1/buckets",
                in + "/uploads",
                in + "/objects",
                in + "/batches",
                in + "/syncs",
                "/v1/collections",
                "/v1/tasks")) {
            all.append(seen(inside.post(list + "/list?limit=100")));
        }
        return all.toString();
    }

    /** Waits until the bucket's counters have settled. */
    void settle() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> client.withNamespace(namespace)
                                .get("/v1/buckets/" + bucket)
                                .json()
                                .path("object_count")
                                .asInt()
                        == 1);
    }

    private static String seen(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text()
                .replaceAll("\"last_used_at\":\"[^\"]*\",?", "")
                .replaceAll("\"from_mongodb\":true,?", "")
                .replaceAll("\"note\":\"Read from the database[^\"]*\",?", "")
                .replaceAll("\"stats_updated_at\":\"[^\"]*\",?", "");
    }
}
