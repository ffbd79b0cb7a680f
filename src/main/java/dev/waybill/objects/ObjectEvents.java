package dev.waybill.objects;

import static java.util.Objects.requireNonNull;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Public events of objects and uploads. They are derived from a row alone, under derived ids, so they never contradict
 * it, and the {@link ObjectWalk} publishes what the writer of a row did not come to publish.
 */
@Component
public class ObjectEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectEvents.class);

    private final EventOutbox outbox;

    ObjectEvents(EventOutbox outbox) {
        this.outbox = outbox;
    }

    /** Publishes events of committed rows. A failure is logged only, as the walk publishes them again. */
    public void publish(List<PublicEvent> events) {
        try {
            outbox.publish(events);
        } catch (RuntimeException notNow) {
            LOG.warn("{} events are published later: {}", events.size(), notNow.toString());
        }
    }

    /**
     * The event of several objects created by one request or task, in addition to the event of each.
     *
     * @param key identifies the request or task, and is the same when the event is published again
     */
    public static PublicEvent createdTogether(
            Scope scope, BucketId bucket, String key, List<ObjectId> ids, Instant occurredAt) {
        return PublicEvent.in(
                scope,
                "objects.created.batch",
                new PublicEvent.Subject("bucket", bucket.value()),
                occurredAt,
                Map.of(
                        "bucket_id", bucket.value(),
                        "object_ids", ids.stream().map(ObjectId::value).toList(),
                        "object_count", ids.size()),
                key);
    }

    /** All events of a row, in the order of their causes; of changes, the latest. */
    static List<PublicEvent> of(ObjectRow row) {
        List<PublicEvent> events = new ArrayList<>(beginning(row));
        latest(row).ifPresent(events::add);
        return events;
    }

    /** The events of the creation of a row, and of the outcome of its upload. */
    static List<PublicEvent> beginning(ObjectRow row) {
        return switch (row.kind()) {
            case OBJECT -> withUpload(created(row), row);
            case FILE, DUPLICATE, KEPT, INTO -> withUpload(null, row);
            case TOMBSTONE ->
                switch (requireNonNull(row.ending()).cause()) {
                    case DELETED -> withUpload(created(row), row);
                    case FAILED -> List.of(failed(row, row.ending()));
                    case CANCELED -> List.of();
                };
        };
    }

    /** The event of the latest change of an object, its deletion included; empty when it was never changed. */
    static Optional<PublicEvent> latest(ObjectRow row) {
        UploadOutcome uploadOutcome = row.ending();
        if (row.kind() == ObjectRow.Kind.OBJECT && row.object().version() > 1) {
            return Optional.of(
                    changed("object.updated", row, String.valueOf(row.object().version())));
        }
        return uploadOutcome != null && uploadOutcome.cause() == UploadOutcome.Cause.DELETED
                ? Optional.of(changed("object.deleted", row))
                : Optional.empty();
    }

    private static List<PublicEvent> withUpload(@Nullable PublicEvent created, ObjectRow row) {
        List<PublicEvent> events = new ArrayList<>();
        if (created != null) {
            events.add(created);
        }
        UploadReceipt receipt = row.receipt();
        if (receipt != null) {
            events.add(completed(row, receipt));
        }
        return events;
    }

    private static PublicEvent created(ObjectRow row) {
        return ofObject("object.created", row, row.object().createdAt());
    }

    private static PublicEvent changed(String type, ObjectRow row, String... version) {
        return ofObject(type, row, row.object().updatedAt(), version);
    }

    private static PublicEvent ofObject(String type, ObjectRow row, Instant at, String... version) {
        BucketObject object = row.object();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bucket_id", object.bucket().value());
        if (object.keyPrefix() != null) {
            facts.put("key_prefix", object.keyPrefix());
        }
        var subject = new PublicEvent.Subject("object", object.id().value());
        return PublicEvent.in(object.scope(), type, subject, at, facts, version);
    }

    /** The upload's file was verified and stored, or is a duplicate. */
    private static PublicEvent completed(ObjectRow row, UploadReceipt receipt) {
        Map<String, Object> facts = facts(row, receipt);
        if (receipt.sizeBytes() != null) {
            facts.put("size_bytes", receipt.sizeBytes());
        }
        ObjectRow.Existing existing = row.existing();
        if (receipt.makesObject()) {
            facts.put(
                    "object_id",
                    existing == null ? row.id().value() : existing.objectId().value());
        }
        facts.put("is_duplicate", row.kind() == ObjectRow.Kind.DUPLICATE);
        if (row.kind() == ObjectRow.Kind.DUPLICATE && existing != null && existing.uploadId() != null) {
            facts.put("duplicate_of", existing.uploadId());
        }
        if (row.kind() == ObjectRow.Kind.KEPT) {
            facts.put("skipped_unique_key", true);
        }
        return ofUpload("upload.completed", row, receipt, facts);
    }

    /** The upload can never be confirmed any more; the error is the reason, as a sentence. */
    private static PublicEvent failed(ObjectRow row, UploadOutcome uploadOutcome) {
        UploadReceipt receipt = requireNonNull(row.receipt());
        Map<String, Object> facts = facts(row, receipt);
        facts.put("error", uploadOutcome.why());
        return ofUpload("upload.failed", row, receipt, facts);
    }

    private static Map<String, Object> facts(ObjectRow row, UploadReceipt receipt) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bucket_id", row.object().bucket().value());
        facts.put("filename", receipt.filename());
        return facts;
    }

    private static PublicEvent ofUpload(String type, ObjectRow row, UploadReceipt receipt, Map<String, Object> facts) {
        BucketObject object = row.object();
        var subject = new PublicEvent.Subject("upload", receipt.uploadId());
        return PublicEvent.in(object.scope(), type, subject, object.createdAt(), facts);
    }
}
