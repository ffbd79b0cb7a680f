package dev.waybill.buckets;

import dev.waybill.platform.query.Fields;

/** What callers may filter, sort and search buckets by. */
final class BucketFields {

    static final Fields ALL = Fields.builder()
            .token("bucket_id", "status")
            .text("bucket_name", "description")
            .bool("is_locked")
            .number("object_count", "total_size_bytes")
            .instant("created_at", "updated_at", "last_upload_at")
            .any("metadata.*")
            .searching("bucket_name", "description")
            .build();

    private BucketFields() {}
}
