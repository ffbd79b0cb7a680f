package dev.waybill.platform.events;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened and that clients may hear of. Each room has its own records of this kind and publishes them
 * with Spring's {@code ApplicationEventPublisher}; listeners run in the publisher's thread, before it goes on. So a room
 * publishes before the durable step that reports the change as done: when keeping the event fails, or the process dies,
 * the change is repeated and the event with it.
 */
public interface PublicEvent {

    /** {@code evt_...}, derived from what happened: the same again when the publisher repeats itself. */
    String eventId();

    /** What clients subscribe to, such as {@code object.created}. */
    String eventType();

    /** Whose it is. */
    OrganizationId organization();

    /** Where it happened; null for what stands outside of namespaces. */
    @Nullable
    NamespaceId namespace();

    /** By the clock of the server; the same again when the publisher repeats itself, where it can be known. */
    Instant occurredAt();

    /** The thing that it happened to. */
    Subject subject();

    /** Facts for the receiver, as JSON values; nothing secret. */
    Map<String, Object> metadata();

    /**
     * The thing that an event tells of.
     *
     * @param type such as {@code object}
     * @param id its public id
     */
    record Subject(String type, String id) {}
}
