package dev.waybill.submissions;

import dev.waybill.platform.storage.ObjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The file of a submission: what its agent announced, and where it lies.
 *
 * @param type the media type as the agent told it; the PUT carries it
 * @param size in bytes, 1 to 5 GiB
 * @param key where the bytes lie now: staged until they are verified
 * @param urlEndsAt when the last URL that was given out for the key ends
 * @param etag of the bytes that were verified; null before
 * @param detectedType what those bytes show; null before
 */
record MediaFile(
        String name,
        String type,
        long size,
        ObjectKey key,
        MediaStatus status,
        Instant urlEndsAt,
        @Nullable String etag,
        @Nullable String detectedType) {

    /** Whether an agent announces the very same file again. */
    boolean isAnnouncedAs(String otherName, String otherType, long otherSize) {
        return name.equals(otherName) && type.equals(otherType) && size == otherSize;
    }

    MediaFile withUrlUntil(Instant end) {
        return new MediaFile(
                name, type, size, key, status, end.isAfter(urlEndsAt) ? end : urlEndsAt, etag, detectedType);
    }

    /** @param at the final key of the bytes that were verified */
    MediaFile verified(ObjectKey at, String foundEtag, String foundType) {
        return new MediaFile(name, type, size, at, MediaStatus.COMPLETED, urlEndsAt, foundEtag, foundType);
    }
}
