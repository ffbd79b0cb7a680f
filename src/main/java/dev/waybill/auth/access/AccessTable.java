package dev.waybill.auth.access;

import static dev.waybill.auth.Permission.ADMIN;
import static dev.waybill.auth.Permission.DELETE;
import static dev.waybill.auth.Permission.READ;
import static dev.waybill.auth.Permission.WRITE;

import dev.waybill.auth.Permission;
import dev.waybill.auth.RequiredPermissions;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/**
 * The access table: every operation that needs a key, and what it needs. A handler under /v1 without a row here
 * prevents the start.
 */
public final class AccessTable implements RequiredPermissions {

    private static final String BUCKET = "/v1/buckets/{bucket_identifier}";

    private final Map<String, AccessRow> rows = new LinkedHashMap<>();
    private final Map<Method, Optional<AccessRow>> handlers = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException when an operation has two rows */
    public AccessTable(Stream<AccessRow> rows) {
        rows.forEach(row -> {
            if (this.rows.put(row.toString(), row) != null) {
                throw new IllegalArgumentException("Two rows for " + row);
            }
        });
    }

    /** The rows of Waybill's own operations. */
    public static Stream<AccessRow> waybill() {
        return Stream.of(
                        organization(),
                        users(),
                        agents(),
                        webhooks(),
                        connections("/v1/organizations/connections"),
                        connections("/v1/connections"),
                        namespaces(),
                        buckets(),
                        uploads(),
                        objects(),
                        batches(),
                        syncs(BUCKET + "/syncs"),
                        collections(),
                        tasks())
                .flatMap(List::stream);
    }

    /** In insertion order. */
    public Collection<AccessRow> rows() {
        return Collections.unmodifiableCollection(rows.values());
    }

    /** @param path with its variables in braces, as its handler declares it */
    public Optional<AccessRow> find(RequestMethod method, String path) {
        return Optional.ofNullable(rows.get(method + " " + path));
    }

    @Override
    public Optional<Permission> of(HandlerMethod handler) {
        return find(handler).map(AccessRow::permission);
    }

    /** What a handler needs; empty when it needs nothing. */
    Optional<AccessRow> find(HandlerMethod handler) {
        return find(handler.getMethod());
    }

    /** As {@link #find(HandlerMethod)}. */
    Optional<AccessRow> find(Method handler) {
        return handlers.computeIfAbsent(handler, this::resolve);
    }

    private Optional<AccessRow> resolve(Method handler) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(handler, RequestMapping.class);
        return Optional.ofNullable(mapping)
                .flatMap(found -> Arrays.stream(found.method())
                        .flatMap(method -> Arrays.stream(found.path()).map(path -> find(method, path)))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static List<AccessRow> organization() {
        String storage = "/v1/organizations/storage";
        return List.of(
                get("/v1/organizations", READ, Level.ORGANIZATION),
                post("/v1/organizations", ADMIN, Level.ORGANIZATION),
                get("/v1/organizations/usage", READ, Level.ORGANIZATION),
                post(storage + "/check", ADMIN, Level.ORGANIZATION),
                post(storage + "/reconcile", ADMIN, Level.ORGANIZATION),
                post(storage + "/reconcile/{task_id}/undo", ADMIN, Level.ORGANIZATION));
    }

    private static List<AccessRow> users() {
        String all = "/v1/organizations/users";
        String one = all + "/{user_email}";
        String keys = one + "/api-keys";
        return List.of(
                get(all, ADMIN, Level.ORGANIZATION),
                post(all, ADMIN, Level.ORGANIZATION),
                get(one, ADMIN, Level.ORGANIZATION),
                patch(one, ADMIN, Level.ORGANIZATION),
                delete(one, ADMIN, Level.ORGANIZATION),
                get(keys, ADMIN, Level.ORGANIZATION),
                post(keys, ADMIN, Level.ORGANIZATION),
                patch(keys + "/{key_name}", ADMIN, Level.ORGANIZATION),
                delete(keys + "/{key_name}", ADMIN, Level.ORGANIZATION),
                post(keys + "/{key_name}/rotate", ADMIN, Level.ORGANIZATION));
    }

    private static List<AccessRow> agents() {
        String agents = "/v1/organizations/agents";
        String projects = "/v1/organizations/projects";
        String submissions = projects + "/{project_id}/submissions";
        return List.of(
                post(agents, ADMIN, Level.ORGANIZATION),
                post(agents + "/list", ADMIN, Level.ORGANIZATION),
                get(agents + "/{agent_id}", ADMIN, Level.ORGANIZATION),
                patch(agents + "/{agent_id}", ADMIN, Level.ORGANIZATION),
                delete(agents + "/{agent_id}", ADMIN, Level.ORGANIZATION),
                post(agents + "/{agent_id}/rotate", ADMIN, Level.ORGANIZATION),
                post(projects, ADMIN, Level.ORGANIZATION),
                post(projects + "/list", ADMIN, Level.ORGANIZATION),
                get(projects + "/{project_id}", ADMIN, Level.ORGANIZATION),
                patch(projects + "/{project_id}", ADMIN, Level.ORGANIZATION),
                delete(projects + "/{project_id}", ADMIN, Level.ORGANIZATION),
                post(submissions + "/list", ADMIN, Level.ORGANIZATION),
                get(submissions + "/{submission_id}", ADMIN, Level.ORGANIZATION));
    }

    private static List<AccessRow> webhooks() {
        String all = "/v1/organizations/webhooks";
        String one = all + "/{webhook_identifier}";
        String deliveries = one + "/deliveries";
        return List.of(
                get(all + "/event-types", READ, Level.ORGANIZATION),
                get(all, READ, Level.WEBHOOK),
                post(all, WRITE, Level.WEBHOOK),
                post(all + "/list", READ, Level.WEBHOOK),
                get(one, READ, Level.WEBHOOK),
                put(one, WRITE, Level.WEBHOOK),
                delete(one, DELETE, Level.WEBHOOK),
                post(one + "/pause", WRITE, Level.WEBHOOK),
                post(one + "/resume", WRITE, Level.WEBHOOK),
                post(one + "/rotate-secret", WRITE, Level.WEBHOOK),
                post(one + "/test", WRITE, Level.WEBHOOK),
                post(deliveries + "/list", READ, Level.WEBHOOK),
                get(deliveries + "/{delivery_id}", READ, Level.WEBHOOK),
                post(deliveries + "/{delivery_id}/redeliver", WRITE, Level.WEBHOOK));
    }

    private static List<AccessRow> connections(String all) {
        String one = all + "/{connection_identifier}";
        return List.of(
                get(all, READ, Level.CONNECTION),
                post(all, ADMIN, Level.CONNECTION),
                post(all + "/list", READ, Level.CONNECTION),
                post(all + "/test", ADMIN, Level.CONNECTION),
                get(one, READ, Level.CONNECTION),
                patch(one, ADMIN, Level.CONNECTION),
                delete(one, DELETE, Level.CONNECTION),
                post(one + "/test", WRITE, Level.CONNECTION),
                get(one + "/capabilities", READ, Level.CONNECTION),
                get(one + "/folders", READ, Level.CONNECTION),
                get(one + "/files", READ, Level.CONNECTION));
    }

    private static List<AccessRow> namespaces() {
        String one = "/v1/namespaces/{namespace_identifier}";
        return List.of(
                get("/v1/namespaces", READ, Level.NAMESPACE),
                post("/v1/namespaces", WRITE, Level.NAMESPACE),
                post("/v1/namespaces/list", READ, Level.NAMESPACE),
                get(one, READ, Level.NAMESPACE),
                put(one, WRITE, Level.NAMESPACE),
                patch(one, WRITE, Level.NAMESPACE),
                delete(one, DELETE, Level.NAMESPACE));
    }

    private static List<AccessRow> buckets() {
        return List.of(
                post("/v1/buckets", WRITE, Level.BUCKET),
                post("/v1/buckets/list", READ, Level.BUCKET),
                get(BUCKET, READ, Level.BUCKET),
                put(BUCKET, WRITE, Level.BUCKET),
                patch(BUCKET, WRITE, Level.BUCKET),
                delete(BUCKET, DELETE, Level.BUCKET));
    }

    private static List<AccessRow> uploads() {
        String all = BUCKET + "/uploads";
        String one = all + "/{upload_id}";
        return List.of(
                post(all, WRITE, Level.UPLOAD),
                post(all + "/batch", WRITE, Level.UPLOAD),
                post(all + "/list", READ, Level.UPLOAD),
                get(one, READ, Level.UPLOAD),
                delete(one, DELETE, Level.UPLOAD),
                post(one + "/url", WRITE, Level.UPLOAD),
                post(one + "/confirm", WRITE, Level.UPLOAD),
                post(all + "/confirm/batch", WRITE, Level.UPLOAD));
    }

    private static List<AccessRow> objects() {
        String all = BUCKET + "/objects";
        String one = all + "/{object_identifier}";
        return List.of(
                post(all, WRITE, Level.OBJECT),
                post(all + "/batch", WRITE, Level.OBJECT),
                post(all + "/list", READ, Level.OBJECT),
                post(all + "/aggregate", READ, Level.OBJECT),
                get(one, READ, Level.OBJECT),
                put(one, WRITE, Level.OBJECT),
                patch(one, WRITE, Level.OBJECT),
                delete(one, DELETE, Level.OBJECT));
    }

    private static List<AccessRow> batches() {
        String all = BUCKET + "/batches";
        String one = all + "/{batch_id}";
        return List.of(
                post(all, WRITE, Level.BATCH),
                post(all + "/list", READ, Level.BATCH),
                get(one, READ, Level.BATCH),
                patch(one, WRITE, Level.BATCH),
                delete(one, DELETE, Level.BATCH),
                post(one + "/objects", WRITE, Level.BATCH),
                post(one + "/submit", WRITE, Level.BATCH),
                post(one + "/cancel", WRITE, Level.BATCH),
                post(one + "/retry", WRITE, Level.BATCH),
                get(one + "/failed-documents", READ, Level.BATCH),
                get(one + "/logs", READ, Level.BATCH));
    }

    private static List<AccessRow> syncs(String all) {
        String one = all + "/{sync_config_id}";
        return List.of(
                post(all, WRITE, Level.SYNC),
                get(all, READ, Level.SYNC),
                post(all + "/list", READ, Level.SYNC),
                get(one, READ, Level.SYNC),
                patch(one, WRITE, Level.SYNC),
                delete(one, DELETE, Level.SYNC),
                post(one + "/pause", WRITE, Level.SYNC),
                post(one + "/resume", WRITE, Level.SYNC),
                post(one + "/trigger", WRITE, Level.SYNC),
                get(one + "/runs", READ, Level.SYNC),
                get(one + "/runs/{sync_run_id}", READ, Level.SYNC),
                post(one + "/runs/{sync_run_id}/cancel", WRITE, Level.SYNC),
                get(one + "/jobs/{sync_job_id}", READ, Level.SYNC),
                post(one + "/ledger/list", READ, Level.SYNC),
                get(one + "/explain", READ, Level.SYNC),
                post(one + "/replay", WRITE, Level.SYNC),
                post(one + "/dlq", READ, Level.SYNC),
                post(one + "/dlq/retry", WRITE, Level.SYNC));
    }

    private static List<AccessRow> collections() {
        String one = "/v1/collections/{collection_identifier}";
        String object = "/v1/objects/{object_id}";
        return List.of(
                post("/v1/collections", WRITE, Level.COLLECTION),
                post("/v1/collections/list", READ, Level.COLLECTION),
                get(one, READ, Level.COLLECTION),
                delete(one, DELETE, Level.COLLECTION),
                post(one + "/documents/list", READ, Level.DOCUMENT),
                get(one + "/documents/{document_id}", READ, Level.DOCUMENT),
                get(object + "/documents", READ, Level.DOCUMENT),
                get(object + "/decomposition-tree", READ, Level.DOCUMENT));
    }

    private static List<AccessRow> tasks() {
        return List.of(
                get("/v1/tasks", READ, Level.TASK),
                post("/v1/tasks/list", READ, Level.TASK),
                get("/v1/tasks/{task_id}", READ, Level.TASK),
                delete("/v1/tasks/{task_id}", DELETE, Level.TASK));
    }

    private static AccessRow get(String path, Permission permission, Level level) {
        return new AccessRow(RequestMethod.GET, path, permission, level);
    }

    private static AccessRow post(String path, Permission permission, Level level) {
        return new AccessRow(RequestMethod.POST, path, permission, level);
    }

    private static AccessRow put(String path, Permission permission, Level level) {
        return new AccessRow(RequestMethod.PUT, path, permission, level);
    }

    private static AccessRow patch(String path, Permission permission, Level level) {
        return new AccessRow(RequestMethod.PATCH, path, permission, level);
    }

    private static AccessRow delete(String path, Permission permission, Level level) {
        return new AccessRow(RequestMethod.DELETE, path, permission, level);
    }
}
