package dev.waybill.uploads;

import dev.waybill.objects.ObjectEvent;
import dev.waybill.objects.WriteResult;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.UploadStore.Settled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The public events of how uploads end. */
final class UploadEvents {

    private UploadEvents() {}

    /** Those of one end, in the order in which they are published; a canceled upload has none. */
    static List<PublicEvent> of(Settled end, WriteResult result) {
        if (end.status() == TaskStatus.FAILED) {
            return List.of(failed(end));
        }
        if (end.status() != TaskStatus.COMPLETED) {
            return List.of();
        }
        return result instanceof WriteResult.Created made
                        && end.upload().target().createObject()
                ? List.of(ObjectEvent.created(made.object()).told(), completed(end))
                : List.of(completed(end));
    }

    /** The upload's file was verified and kept. */
    private static PublicEvent completed(Settled end) {
        Upload.Outcome outcome = end.outcome();
        Map<String, Object> facts = facts(end);
        if (outcome.sizeBytes() != null) {
            facts.put("size_bytes", outcome.sizeBytes());
        }
        if (outcome.object() != null) {
            facts.put("object_id", outcome.object().value());
        }
        facts.put("is_duplicate", outcome.duplicate());
        if (outcome.duplicateOf() != null) {
            facts.put("duplicate_of", outcome.duplicateOf().value());
        }
        if (outcome.skippedUniqueKey()) {
            facts.put("skipped_unique_key", true);
        }
        return event("upload.completed", end, facts);
    }

    /** The upload can never be confirmed any more; the error says why, as a sentence. */
    private static PublicEvent failed(Settled end) {
        Map<String, Object> facts = facts(end);
        facts.put("error", String.valueOf(end.outcome().error()));
        return event("upload.failed", end, facts);
    }

    private static Map<String, Object> facts(Settled end) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bucket_id", end.upload().bucket().value());
        facts.put("filename", end.upload().file().filename());
        return facts;
    }

    private static PublicEvent event(String type, Settled end, Map<String, Object> facts) {
        Upload upload = end.upload();
        var subject = new PublicEvent.Subject("upload", upload.id().value());
        return PublicEvent.in(upload.scope(), type, subject, end.at(), facts);
    }
}
