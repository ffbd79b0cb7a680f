package dev.waybill.deletions;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resource that a deletion removes.
 *
 * @param key the {@code _id} of its document
 * @param organization the tenant that owns it
 * @param namespace null for what belongs to none, such as a namespace
 * @param id its public id
 * @param name its name until it is flagged
 * @param createdAt distinguishes it from what a repeated request creates later under the same id
 * @param revision of its document when the deletion was decided: with another revision by now it is not deleted; null
 *     where nothing can come in between
 */
public record DeletionTarget(
        Kind kind,
        String key,
        OrganizationId organization,
        @Nullable NamespaceId namespace,
        String id,
        String name,
        Instant createdAt,
        @Nullable Integer revision) {

    /**
     * A kind of resource: what it is called and where it is stored.
     *
     * @param resource what clients call one, such as {@code bucket}; stored with each task; prefix of its fault points
     * @param collection of their documents, each with {@code organization_id} and {@code created_at}
     * @param nameField the field of the name; once flagged it holds a tilde and the id, which no name can be. Null if
     *     they have none
     * @param revisionField the field of the revision; null where they have none
     */
    public record Kind(
            String resource,
            String collection,
            @Nullable String nameField,
            @Nullable String revisionField) {

        /** A kind without revisions: deleted unconditionally. */
        public Kind(String resource, String collection, String nameField) {
            this(resource, collection, nameField, null);
        }
    }

    /** A resource of a namespace. */
    public static DeletionTarget in(Scope scope, Kind kind, String id, String name, Instant createdAt) {
        return new DeletionTarget(
                kind, scope.key(id), scope.organization(), scope.namespace(), id, name, createdAt, null);
    }

    /** The same, on condition that it has this revision when it is flagged. */
    public DeletionTarget asOf(int seen) {
        return new DeletionTarget(kind, key, organization, namespace, id, name, createdAt, seen);
    }

    /**
     * The namespace that it belongs to.
     *
     * @throws IllegalStateException when it belongs to none
     */
    public Scope scope() {
        if (namespace == null) {
            throw new IllegalStateException("%s %s belongs to no namespace".formatted(kind.resource(), id));
        }
        return new Scope(organization, namespace);
    }

    /** The derived id of the one task that deletes it; where there are revisions, it deletes none but its own. */
    TaskId task() {
        String seed = "delete %s %s %d".formatted(kind.resource(), key, createdAt.toEpochMilli());
        return TaskId.derivedFrom(revision == null ? seed : seed + " " + revision);
    }

    Map<String, Object> payload() {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("resource", kind.resource());
        payload.put("key", key);
        payload.put("organization_id", organization.value());
        if (namespace != null) {
            payload.put("namespace_id", namespace.value());
        }
        payload.put("id", id);
        payload.put("name", name);
        payload.put("created_at", createdAt.toString());
        if (revision != null) {
            payload.put("revision", revision);
        }
        return payload;
    }

    static String resource(Map<String, Object> payload) {
        return text(payload, "resource");
    }

    static DeletionTarget of(Kind kind, Map<String, Object> payload) {
        Object namespace = payload.get("namespace_id");
        return new DeletionTarget(
                kind,
                text(payload, "key"),
                new OrganizationId(text(payload, "organization_id")),
                namespace == null ? null : new NamespaceId(namespace.toString()),
                text(payload, "id"),
                text(payload, "name"),
                Instant.parse(text(payload, "created_at")),
                payload.get("revision") instanceof Number revision ? (Integer) revision.intValue() : null);
    }

    private static String text(Map<String, Object> payload, String name) {
        return String.valueOf(payload.get(name));
    }
}
