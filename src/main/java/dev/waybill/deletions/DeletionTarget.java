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
 * What is to be deleted.
 *
 * @param kind what it is one of
 * @param key the {@code _id} of its document
 * @param organization whose it is
 * @param namespace where it lies; null for what lies in none, such as a namespace
 * @param id its public id
 * @param name what it is called until it is marked
 * @param createdAt tells it from what a repeated request makes later under the same id
 * @param revision what its document said when it was decided that it may go: one that says something else since stays;
 *     null where nothing can come in between
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
     * What the things are called and where they are stored.
     *
     * @param resource what clients call one, such as {@code bucket}; stored with each task, and fault points begin with it
     * @param collection of their documents, each with {@code organization_id} and {@code created_at}
     * @param nameField what holds the name; a marked thing's is a tilde and its id, which no name can be. Null where they
     *     have none
     * @param revisionField what holds the revision; null where they have none
     */
    public record Kind(
            String resource,
            String collection,
            @Nullable String nameField,
            @Nullable String revisionField) {

        /** A kind that may be deleted whatever it does. */
        public Kind(String resource, String collection, String nameField) {
            this(resource, collection, nameField, null);
        }
    }

    /** Something that lies in a namespace. */
    public static DeletionTarget in(Scope scope, Kind kind, String id, String name, Instant createdAt) {
        return new DeletionTarget(
                kind, scope.key(id), scope.organization(), scope.namespace(), id, name, createdAt, null);
    }

    /** The same, unless it has another revision when it is to be marked. */
    public DeletionTarget asOf(int seen) {
        return new DeletionTarget(kind, key, organization, namespace, id, name, createdAt, seen);
    }

    /**
     * Where it lies.
     *
     * @throws IllegalStateException when it lies in no namespace
     */
    public Scope scope() {
        if (namespace == null) {
            throw new IllegalStateException("%s %s lies in no namespace".formatted(kind.resource(), id));
        }
        return new Scope(organization, namespace);
    }

    /** Of the one task that deletes it; where there are revisions, it marks none but its own. */
    TaskId task() {
        String words = "delete %s %s %d".formatted(kind.resource(), key, createdAt.toEpochMilli());
        return TaskId.derivedFrom(revision == null ? words : words + " " + revision);
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
