package dev.waybill.uploads;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.events.EventIds;
import dev.waybill.platform.events.NamespacedEvent;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An upload's file was verified and kept. */
public record UploadCompleted(
        Scope scope,
        BucketId bucket,
        UploadId id,
        @Nullable ObjectId object,
        boolean duplicate,
        @Nullable UploadId duplicateOf,
        String filename,
        @Nullable Long sizeBytes,
        boolean skippedUniqueKey,
        Instant occurredAt)
        implements NamespacedEvent {

    public static final String TYPE = "upload.completed";

    static UploadCompleted of(UploadStore.Settled end) {
        Upload upload = end.upload();
        Upload.Outcome outcome = end.outcome();
        return new UploadCompleted(
                upload.scope(),
                upload.bucket(),
                upload.id(),
                outcome.object(),
                outcome.duplicate(),
                outcome.duplicateOf(),
                upload.file().filename(),
                outcome.sizeBytes(),
                outcome.skippedUniqueKey(),
                end.at());
    }

    private Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bucket_id", bucket.value());
        facts.put("filename", filename);
        if (sizeBytes != null) {
            facts.put("size_bytes", sizeBytes);
        }
        if (object != null) {
            facts.put("object_id", object.value());
        }
        facts.put("is_duplicate", duplicate);
        if (duplicateOf != null) {
            facts.put("duplicate_of", duplicateOf.value());
        }
        if (skippedUniqueKey) {
            facts.put("skipped_unique_key", true);
        }
        return facts;
    }

    @Override
    public String eventId() {
        return EventIds.of(TYPE, scope.key(id.value()));
    }

    @Override
    public String eventType() {
        return TYPE;
    }

    @Override
    public Subject subject() {
        return new Subject("upload", id.value());
    }

    @Override
    public Map<String, Object> metadata() {
        return facts();
    }
}
