package dev.waybill.objects;

import dev.waybill.platform.storage.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands under an object's id. Inserting it is the commit point: who comes second meets the id and reads what was
 * decided.
 *
 * @param object its content; empty of content for tombstones, and for markers that leave another object as it is
 * @param dedupeKeys what its content is known by, each unique within bucket and kind; never empty: its own id stands in
 *     where nothing is claimed
 * @param uniqueKey what the bucket's unique key is known by, or the own id
 * @param applied the tokens of the latest {@value #REMEMBERED} changes, the oldest first
 * @param receipt what confirm found; null when no upload made it
 * @param ending why nothing is there; of tombstones only
 * @param existing the object that was there first; of markers only
 * @param garbage bytes that the row named once and that are to be removed; nobody else ever names them
 * @param purgeAt from when on it is removed for good; of tombstones and markers only
 */
record ObjectRow(
        Kind kind,
        BucketObject object,
        List<String> dedupeKeys,
        String uniqueKey,
        List<String> applied,
        @Nullable UploadReceipt receipt,
        @Nullable UploadOutcome ending,
        @Nullable Existing existing,
        List<ObjectKey> garbage,
        @Nullable Instant purgeAt) {

    /** How many changes an object remembers. */
    static final int REMEMBERED = 100;

    /** How long a tombstone or marker stays after its upload can no longer be confirmed. */
    static final Duration KEPT = Duration.ofHours(48);

    /** What a row is. */
    enum Kind {
        /** An object, in lists and counters. */
        OBJECT,
        /** The file of an upload that makes no object. */
        FILE,
        /** Nothing is there, for good: it was deleted, or its upload was canceled or failed. */
        TOMBSTONE,
        /** The upload brought bytes that an object had already. */
        DUPLICATE,
        /** The upload brought a unique key that an object had already, which stays as it is. */
        KEPT,
        /** The upload becomes a part of the object that has its unique key. */
        INTO;

        /** Whether it is a word about an upload's end, rather than content. */
        boolean isEnded() {
            return this != OBJECT && this != FILE;
        }
    }

    /**
     * Where a marker leads.
     *
     * @param uploadId the upload that brought the bytes first; null when none did
     * @param version the object's, when the marker was made
     */
    record Existing(ObjectId objectId, @Nullable String uploadId, long version) {}

    ObjectId id() {
        return object.id();
    }

    /** Content that claims what it is known by. */
    static ObjectRow content(
            Kind kind,
            BucketObject object,
            List<String> dedupeKeys,
            String uniqueKey,
            @Nullable UploadReceipt receipt) {
        return new ObjectRow(kind, object, dedupeKeys, uniqueKey, List.of(), receipt, null, null, List.of(), null);
    }

    /** The same content, known by its own id alone. */
    ObjectRow claiming(List<String> keys) {
        return new ObjectRow(kind, object, keys, uniqueKey, applied, receipt, ending, existing, garbage, purgeAt);
    }

    /** Nothing is here any more, or will ever be; its bytes go. */
    ObjectRow buried(UploadOutcome why, Instant now) {
        return ended(Kind.TOMBSTONE, List.of(), Map.of(), why, null, now).discarding(keys());
    }

    /** The same row, which wants these bytes removed. */
    ObjectRow discarding(Collection<ObjectKey> keys) {
        List<ObjectKey> all = Stream.concat(garbage.stream(), keys.stream())
                .distinct()
                .filter(key -> !keys().contains(key))
                .toList();
        return new ObjectRow(kind, object, dedupeKeys, uniqueKey, applied, receipt, ending, existing, all, purgeAt);
    }

    /** The same row, whose garbage another row has. */
    ObjectRow keepingBytes() {
        return new ObjectRow(
                kind, object, dedupeKeys, uniqueKey, applied, receipt, ending, existing, List.of(), purgeAt);
    }

    /** The same marker without its content, whose bytes go. */
    ObjectRow empty() {
        BucketObject left = object.changed(object.keyPrefix(), List.of(), Map.of(), object.updatedAt());
        return changed(left, dedupeKeys, uniqueKey);
    }

    /** Where the bytes of its content lie. */
    List<ObjectKey> keys() {
        return Blob.keys(object.blobs());
    }

    /** What this content comes to, as the other object was first. */
    ObjectRow pointing(Kind marker, Existing first, Instant now) {
        boolean applies = marker == Kind.INTO;
        return ended(
                marker, applies ? object.blobs() : List.of(), applies ? object.metadata() : Map.of(), null, first, now);
    }

    /** The same row, which remembers a change of that token. */
    ObjectRow applying(String token) {
        List<String> tokens = new ArrayList<>(applied);
        tokens.add(token);
        List<String> latest = tokens.subList(Math.max(0, tokens.size() - REMEMBERED), tokens.size());
        return new ObjectRow(kind, object, dedupeKeys, uniqueKey, latest, receipt, ending, existing, garbage, purgeAt);
    }

    /** The same row with other content; bytes that it has no more go. */
    ObjectRow changed(BucketObject after, List<String> keys, String unique) {
        return new ObjectRow(kind, after, keys, unique, applied, receipt, ending, existing, garbage, purgeAt)
                .discarding(keys());
    }

    private ObjectRow ended(
            Kind as,
            List<Blob> blobs,
            Map<String, Object> metadata,
            @Nullable UploadOutcome why,
            @Nullable Existing first,
            Instant now) {
        BucketObject left = new BucketObject(
                object.id(),
                object.scope(),
                object.bucket(),
                object.keyPrefix(),
                blobs,
                metadata,
                object.status(),
                null,
                object.createdAt(),
                now,
                object.version());
        Instant end = receipt == null || receipt.uploadEndsAt().isBefore(now) ? now : receipt.uploadEndsAt();
        String own = object.id().value();
        return new ObjectRow(as, left, List.of(own), own, applied, receipt, why, first, garbage, end.plus(KEPT));
    }
}
