package dev.waybill.objects;

import dev.waybill.blobs.Blob;
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
 * The row under an object's id: an object, a file, a tombstone or a marker. Its insert is the commit point: of two
 * concurrent writers the second gets a duplicate key, and reads what was decided.
 *
 * @param object its content; without content for tombstones, and for markers that leave another object unchanged
 * @param dedupeKeys of its content, each unique within bucket and kind; never empty: the own id where nothing is
 *     claimed
 * @param uniqueKey the hash of the bucket's unique key, or the own id
 * @param applied the tokens of the latest {@value #REMEMBERED} changes, the oldest first
 * @param receipt the result of confirm; null when it comes from no upload
 * @param ending the reason of a tombstone; null for other kinds
 * @param existing the object that a marker refers to; null for other kinds
 * @param garbage storage keys that the row no longer references and that are to be deleted; no other row ever has them
 * @param purgeAt when the row is removed for good; of tombstones and markers only
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

    /** How many tokens of changes are stored with an object. */
    static final int REMEMBERED = 100;

    /** How long a tombstone or marker stays after its upload can no longer be confirmed. */
    static final Duration KEPT = Duration.ofHours(48);

    /** The kind of a row. */
    enum Kind {
        /** An object, in lists and counters. */
        OBJECT,
        /** The file of an upload that creates no object. */
        FILE,
        /** Deleted for good, or its upload was canceled or failed. */
        TOMBSTONE,
        /** Marker: the upload has the bytes of an existing object. */
        DUPLICATE,
        /** Marker: the upload has the unique key of an existing object, which is left unchanged. */
        KEPT,
        /** Marker: the upload is applied to the existing object of its unique key. */
        INTO;

        /** Whether it is a tombstone or a marker, rather than content. */
        boolean isEnded() {
            return this != OBJECT && this != FILE;
        }
    }

    /**
     * The object that a marker refers to.
     *
     * @param uploadId the upload that its bytes come from; null when they come from none
     * @param version of the object when the marker was created
     */
    record Existing(ObjectId objectId, @Nullable String uploadId, long version) {}

    ObjectId id() {
        return object.id();
    }

    /** An object or a file, which claims its keys. */
    static ObjectRow content(
            Kind kind,
            BucketObject object,
            List<String> dedupeKeys,
            String uniqueKey,
            @Nullable UploadReceipt receipt) {
        return new ObjectRow(kind, object, dedupeKeys, uniqueKey, List.of(), receipt, null, null, List.of(), null);
    }

    /** The same content with other dedupe keys. */
    ObjectRow claiming(List<String> keys) {
        return new ObjectRow(kind, object, keys, uniqueKey, applied, receipt, ending, existing, garbage, purgeAt);
    }

    /** The tombstone of this row; its keys become garbage. */
    ObjectRow toTombstone(UploadOutcome why, Instant now) {
        return ended(Kind.TOMBSTONE, List.of(), Map.of(), why, null, now).discarding(keys());
    }

    /** The same row with these keys as garbage too. */
    ObjectRow discarding(Collection<ObjectKey> keys) {
        List<ObjectKey> all = Stream.concat(garbage.stream(), keys.stream())
                .distinct()
                .filter(key -> !keys().contains(key))
                .toList();
        return new ObjectRow(kind, object, dedupeKeys, uniqueKey, applied, receipt, ending, existing, all, purgeAt);
    }

    /** The same row without garbage, as another row has its keys. */
    ObjectRow keepingBytes() {
        return new ObjectRow(
                kind, object, dedupeKeys, uniqueKey, applied, receipt, ending, existing, List.of(), purgeAt);
    }

    /** The same marker without its content, whose keys become garbage. */
    ObjectRow empty() {
        BucketObject left = object.changed(object.keyPrefix(), List.of(), Map.of(), object.updatedAt());
        return changed(left, dedupeKeys, uniqueKey);
    }

    /** The storage keys of its content. */
    List<ObjectKey> keys() {
        return Blob.keys(object.blobs());
    }

    /** The marker of this content, as another object existed first. */
    ObjectRow toMarker(Kind marker, Existing first, Instant now) {
        boolean applies = marker == Kind.INTO;
        return ended(
                marker, applies ? object.blobs() : List.of(), applies ? object.metadata() : Map.of(), null, first, now);
    }

    /** The same row with the token of a change added. */
    ObjectRow applying(String token) {
        List<String> tokens = new ArrayList<>(applied);
        tokens.add(token);
        List<String> latest = tokens.subList(Math.max(0, tokens.size() - REMEMBERED), tokens.size());
        return new ObjectRow(kind, object, dedupeKeys, uniqueKey, latest, receipt, ending, existing, garbage, purgeAt);
    }

    /** The same row with other content; keys that it no longer has become garbage. */
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
