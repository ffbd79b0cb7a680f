package dev.waybill.uploads;

import static java.util.stream.Collectors.groupingBy;

import dev.waybill.buckets.Buckets;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.Objects;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.quotas.StoredFiles;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Counts the bytes that an organization's open uploads reserve of its quota. Their bytes become objects', which are
 * counted later.
 */
@Component
class PendingUploadBytes implements StoredFiles {

    private static final int BEFORE_OBJECTS = 100;

    private final UploadStore uploads;
    private final Objects objects;

    PendingUploadBytes(UploadStore uploads, Objects objects) {
        this.uploads = uploads;
        this.objects = objects;
    }

    @Override
    public int order() {
        return BEFORE_OBJECTS;
    }

    @Override
    public Sum of(OrganizationId organization) {
        Map<Buckets.BucketRef, List<UploadEntity>> open = uploads.reserving(organization).stream()
                .collect(groupingBy(upload -> new Buckets.BucketRef(upload.scope(), upload.bucket())));
        long reserved = open.entrySet().stream()
                .mapToLong(one -> reserved(one.getKey(), one.getValue()))
                .sum();
        return new Sum(0, reserved);
    }

    /** Where a row exists under the object's id, it decides, though the upload does not show it yet. */
    private long reserved(Buckets.BucketRef bucket, List<UploadEntity> open) {
        Map<ObjectId, Long> decided = objects.pendingBytes(
                bucket.scope(),
                bucket.bucket(),
                open.stream().map(upload -> upload.id().objectId()).toList());
        return open.stream()
                .mapToLong(upload -> decided.getOrDefault(upload.id().objectId(), upload.reservedBytes()))
                .sum();
    }
}
