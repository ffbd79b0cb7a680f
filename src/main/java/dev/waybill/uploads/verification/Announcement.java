package dev.waybill.uploads.verification;

import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.PropertyChoice;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What a client declared of the file of an upload; the bytes in storage are verified against it.
 *
 * @param upload the upload's id
 * @param key of the bytes in storage
 * @param sizeBytes null when not declared
 * @param maxBytes the most that the organization's plan allows
 * @param sha256 lower-case hexadecimal; null when not declared
 * @param type of the property that the file is for; null when it is for none
 * @param movable whether the bytes may go to another property
 * @param reservedBytes how many bytes of its organization's quota it reserves
 */
public record Announcement(
        String upload,
        Scope scope,
        BucketId bucket,
        ObjectKey key,
        String filename,
        String contentType,
        @Nullable Long sizeBytes,
        long maxBytes,
        @Nullable String sha256,
        @Nullable FieldType type,
        boolean movable,
        long reservedBytes) {

    /** A copy with its bytes in that property; null leaves them where they are. */
    Announcement movedTo(@Nullable PropertyChoice other) {
        return other == null
                ? this
                : new Announcement(
                        upload,
                        scope,
                        bucket,
                        key,
                        filename,
                        contentType,
                        sizeBytes,
                        maxBytes,
                        sha256,
                        other.type(),
                        movable,
                        reservedBytes);
    }
}
