package dev.waybill.uploads;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.events.EventIds;
import dev.waybill.platform.events.NamespacedEvent;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.Map;

/**
 * An upload can never be confirmed any more.
 *
 * @param error why, as a sentence
 */
public record UploadFailed(Scope scope, BucketId bucket, UploadId id, String filename, String error, Instant occurredAt)
        implements NamespacedEvent {

    static UploadFailed of(UploadStore.Settled end) {
        Upload upload = end.upload();
        return new UploadFailed(
                upload.scope(),
                upload.bucket(),
                upload.id(),
                upload.file().filename(),
                String.valueOf(end.outcome().error()),
                end.at());
    }

    public static final String TYPE = "upload.failed";

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
        return Map.of("bucket_id", bucket.value(), "filename", filename, "error", error);
    }
}
