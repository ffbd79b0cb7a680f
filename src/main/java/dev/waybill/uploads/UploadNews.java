package dev.waybill.uploads;

import dev.waybill.platform.events.PublicEvent;
import dev.waybill.uploads.UploadStore.Settled;
import java.util.LinkedHashMap;
import java.util.Map;

/** What others are told of how uploads end. */
final class UploadNews {

    private UploadNews() {}

    /** The upload's file was verified and kept. */
    static PublicEvent completed(Settled end) {
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
    static PublicEvent failed(Settled end) {
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
