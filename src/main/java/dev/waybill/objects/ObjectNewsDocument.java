package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A note that something is about to happen to an object that others are to hear of.
 *
 * @param dueAt from when on somebody else looks whether it happened
 */
@Document(ObjectNewsDocument.COLLECTION)
@CompoundIndex(def = "{due_at: 1}")
record ObjectNewsDocument(
        @Id String key,
        String namespaceId,
        String organizationId,
        String bucketId,
        String objectId,
        @Nullable String keyPrefix,
        String eventType,
        Instant occurredAt,
        Instant dueAt) {

    static final String COLLECTION = "object_news";

    static ObjectNewsDocument of(ObjectEvent event, Instant dueAt) {
        return new ObjectNewsDocument(
                event.scope().key(event.told().eventId() + "/" + UUID.randomUUID()),
                event.scope().namespace().value(),
                event.scope().organization().value(),
                event.bucket().value(),
                event.id().value(),
                event.keyPrefix(),
                event.kind().type(),
                event.occurredAt(),
                dueAt);
    }

    ObjectEvent toEvent() {
        Scope scope = new Scope(new OrganizationId(organizationId), new NamespaceId(namespaceId));
        return new ObjectEvent(
                ObjectEvent.Kind.of(eventType),
                scope,
                new BucketId(bucketId),
                new ObjectId(objectId),
                keyPrefix,
                occurredAt);
    }
}
