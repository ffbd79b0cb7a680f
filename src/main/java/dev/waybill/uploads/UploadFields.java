package dev.waybill.uploads;

import dev.waybill.platform.query.Fields;

/** What callers may filter and sort uploads by. */
final class UploadFields {

    static final Fields FIELDS = Fields.builder()
            .token(
                    "upload_id",
                    "bucket_id",
                    "status",
                    "file_hash",
                    "etag",
                    "object_id",
                    "task_id",
                    "duplicate_of_upload_id",
                    "s3_key")
            .text("filename", "content_type", "blob_property", "blob_type", "message", "error")
            .number("file_size_bytes", "presigned_url_expiration")
            .bool("create_object_on_confirm", "skip_duplicates", "sealed")
            .instant("created_at", "expires_at", "verified_at", "completed_at")
            .any("metadata.*", "object_metadata.*")
            .searching("filename")
            .build();

    private UploadFields() {}
}
