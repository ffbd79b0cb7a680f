package dev.waybill.uploads;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.tasks.TaskStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of confirming one upload, as shown in the outputs of a task.
 *
 * @param fields JSON values in the order they are shown
 * @param upload null when the confirm was refused
 */
record ConfirmResult(
        Map<String, Object> fields,
        boolean succeeded,
        @Nullable UploadEntity upload) {

    static ConfirmResult of(UploadEntity upload) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("upload_id", upload.id().value());
        fields.put("status", upload.status().name());
        UploadEntity.Outcome outcome = upload.outcome();
        put(fields, "object_id", outcome.object());
        put(fields, "batch_id", outcome.batch());
        put(fields, "etag", outcome.etag());
        boolean done = upload.status() == TaskStatus.COMPLETED;
        if (done) {
            put(fields, "file_hash", outcome.hash());
        }
        if (done && outcome.sizeBytes() != null) {
            fields.put("file_size_bytes", outcome.sizeBytes());
        }
        if (upload.isDuplicate()) {
            fields.put("is_duplicate", true);
            put(fields, "duplicate_of_upload_id", outcome.duplicateOf());
        }
        if (outcome.skippedUniqueKey()) {
            fields.put("skipped_unique_key", true);
        }
        put(fields, "message", outcome.message());
        put(fields, "error", outcome.error());
        return new ConfirmResult(fields, done, upload);
    }

    static ConfirmResult refused(String uploadId, WaybillException why, TaskStatus status) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("upload_id", uploadId);
        fields.put("status", status.name());
        fields.put("error", why.explained());
        fields.put("error_code", why.code().wire());
        if (!why.details().isEmpty()) {
            fields.put("error_details", why.details());
        }
        return new ConfirmResult(fields, false, null);
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
    }
}
