package dev.waybill.uploads;

import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.PropertyChoice;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What a client said of a file, which the bytes in storage are held against.
 *
 * @param upload its id
 * @param key where the bytes lie
 * @param sizeBytes null when the client did not say
 * @param maxBytes the most that the organization's plan allows
 * @param sha256 lower-case hexadecimal; null when the client did not say
 * @param type of the property that the file fills; null when it fills none
 * @param movable whether the bytes may go to another property
 * @param reservedBytes how many it holds of its organization's quota
 */
record Announcement(
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

    /** The same with its bytes in that property; null leaves them where they are. */
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
