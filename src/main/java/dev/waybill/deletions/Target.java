package dev.waybill.deletions;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be deleted.
 *
 * @param resource the {@link Deletable#resource} that it is one of
 * @param key the {@code _id} of its document
 * @param organization whose it is
 * @param namespace where it lies; null for what lies in none, such as a namespace
 * @param id its public id
 * @param name what it is called until it is marked
 * @param createdAt tells it from what a repeated request makes later under the same id
 */
public record Target(
        String resource,
        String key,
        OrganizationId organization,
        @Nullable NamespaceId namespace,
        String id,
        String name,
        Instant createdAt) {

    /** Something that lies in a namespace. */
    public static Target in(Scope scope, String resource, String id, String name, Instant createdAt) {
        return new Target(resource, scope.key(id), scope.organization(), scope.namespace(), id, name, createdAt);
    }

    /**
     * Where it lies.
     *
     * @throws IllegalStateException when it lies in no namespace
     */
    public Scope scope() {
        if (namespace == null) {
            throw new IllegalStateException("%s %s lies in no namespace".formatted(resource, id));
        }
        return new Scope(organization, namespace);
    }

    /** Of the one task that deletes it. */
    TaskId task() {
        String seed = "delete %s %s %d".formatted(resource, key, createdAt.toEpochMilli());
        return new TaskId(
                UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString());
    }

    Map<String, Object> payload() {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("resource", resource);
        payload.put("key", key);
        payload.put("organization_id", organization.value());
        if (namespace != null) {
            payload.put("namespace_id", namespace.value());
        }
        payload.put("id", id);
        payload.put("name", name);
        payload.put("created_at", createdAt.toString());
        return payload;
    }

    static Target of(Map<String, Object> payload) {
        Object namespace = payload.get("namespace_id");
        return new Target(
                text(payload, "resource"),
                text(payload, "key"),
                new OrganizationId(text(payload, "organization_id")),
                namespace == null ? null : new NamespaceId(namespace.toString()),
                text(payload, "id"),
                text(payload, "name"),
                Instant.parse(text(payload, "created_at")));
    }

    private static String text(Map<String, Object> payload, String name) {
        return String.valueOf(payload.get(name));
    }
}
