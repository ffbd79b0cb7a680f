package dev.waybill.platform.events;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event that clients may subscribe to, published through the {@link EventOutbox}.
 *
 * @param eventId {@code evt_...}, derived from what happened: the same again when the publisher repeats itself
 * @param eventType what clients subscribe to, such as {@code object.created}
 * @param organization whose it is
 * @param namespace where it happened; null for what stands outside of namespaces
 * @param occurredAt by the clock of the server; the same again when the publisher repeats itself, where it can be known
 * @param subject the resource that it happened to
 * @param metadata facts for the receiver, as JSON values; nothing secret
 */
public record PublicEvent(
        String eventId,
        String eventType,
        OrganizationId organization,
        @Nullable NamespaceId namespace,
        Instant occurredAt,
        Subject subject,
        Map<String, Object> metadata) {

    /**
     * The resource that an event is about.
     *
     * @param type such as {@code object}
     * @param id its public id
     */
    public record Subject(String type, String id) {}

    /**
     * An event of a resource in a namespace. Its id is derived from its type and its subject.
     *
     * @param time what distinguishes this occurrence, for what can happen to the subject more than once
     */
    public static PublicEvent in(
            Scope scope,
            String eventType,
            Subject subject,
            Instant occurredAt,
            Map<String, Object> metadata,
            String... time) {
        String[] what = Stream.concat(Stream.of(eventType, scope.key(subject.id())), Stream.of(time))
                .toArray(String[]::new);
        return new PublicEvent(
                EventIds.of(what), eventType, scope.organization(), scope.namespace(), occurredAt, subject, metadata);
    }
}
