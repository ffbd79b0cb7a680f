package dev.waybill.objects;

import dev.waybill.objects.ObjectRow.Kind;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to stand under an object's id, if nothing does yet. */
public final class WriteDraft {

    private final ObjectRow row;
    private final boolean skipsDuplicates;
    private final UniqueKeyPolicy policy;
    private final @Nullable WaybillException unwritable;
    private final long reservedBytes;

    private WriteDraft(
            ObjectRow row, boolean skipsDuplicates, UniqueKeyPolicy policy, @Nullable WaybillException unwritable) {
        this(row, skipsDuplicates, policy, unwritable, 0);
    }

    private WriteDraft(
            ObjectRow row,
            boolean skipsDuplicates,
            UniqueKeyPolicy policy,
            @Nullable WaybillException unwritable,
            long reservedBytes) {
        this.row = row;
        this.skipsDuplicates = skipsDuplicates;
        this.policy = policy;
        this.unwritable = unwritable;
        this.reservedBytes = reservedBytes;
    }

    /**
     * An object.
     *
     * @param uniqueKey what the bucket's unique key of its metadata is known by; null when the bucket has none. Where
     *     there is one, equal bytes make no duplicates
     * @param policy what happens when another object has the unique key
     * @param skipsDuplicates whether the object is not wanted when another one has its bytes
     * @param receipt null when no upload makes it
     */
    public static WriteDraft object(
            BucketObject object,
            @Nullable String uniqueKey,
            UniqueKeyPolicy policy,
            boolean skipsDuplicates,
            @Nullable UploadReceipt receipt) {
        String own = object.id().value();
        List<String> keys = uniqueKey == null ? ContentHashes.keys(object.blobs()) : List.of();
        ObjectRow row = ObjectRow.content(
                Kind.OBJECT,
                object,
                keys.isEmpty() ? List.of(own) : keys,
                uniqueKey == null ? own : uniqueKey,
                receipt);
        boolean onlyChanges = uniqueKey != null && policy == UniqueKeyPolicy.UPDATE;
        return new WriteDraft(row, skipsDuplicates, policy, onlyChanges ? nothingToUpdate() : null);
    }

    /** By its policy a draft could only have changed an object, and there is none. */
    public static WaybillException nothingToUpdate() {
        return new WaybillException(
                ErrorCode.NOT_FOUND,
                "No object of this bucket has this unique key; use policy=upsert to make it",
                Map.of("resource", "object", "id", "unique_key"));
    }

    /** The file of an upload that makes no object; it may be a duplicate of a file, or of an object that an upload made. */
    public static WriteDraft file(BucketObject content, boolean skipsDuplicates, UploadReceipt receipt) {
        WriteDraft draft = object(content, null, UniqueKeyPolicy.INSERT, skipsDuplicates, receipt);
        ObjectRow row = ObjectRow.content(Kind.FILE, content, draft.row.dedupeKeys(), draft.row.uniqueKey(), receipt);
        return new WriteDraft(row, skipsDuplicates, UniqueKeyPolicy.INSERT, null);
    }

    /** The end of an upload that becomes nothing. */
    public static WriteDraft tombstone(
            BucketObject empty, UploadOutcome uploadOutcome, UploadReceipt receipt, Instant now) {
        ObjectRow row =
                ObjectRow.content(Kind.OBJECT, empty, List.of(), "", receipt).buried(uploadOutcome, now);
        return new WriteDraft(row, false, UniqueKeyPolicy.INSERT, null);
    }

    /** The same, whose bytes were not promoted as somebody has them: it can only become that one's duplicate. */
    public WriteDraft onlyDuplicate() {
        return onlyChanging(WaybillException.tryAgain("The object that had these bytes is gone. Confirm again."));
    }

    /** The same, which can only change the object of its unique key: where there is none, it is refused so. */
    public WriteDraft onlyChanging(WaybillException otherwise) {
        return new WriteDraft(row, skipsDuplicates, policy, otherwise, reservedBytes);
    }

    /** The same, for which so many bytes are held against the quota for as long as nothing stands under its id. */
    public WriteDraft reserving(long bytes) {
        return new WriteDraft(row, skipsDuplicates, policy, unwritable, bytes);
    }

    ObjectRow row() {
        return row;
    }

    boolean skipsDuplicates() {
        return skipsDuplicates;
    }

    UniqueKeyPolicy policy() {
        return policy;
    }

    /** How many of its bytes are held against the quota already. */
    long reservedBytes() {
        return reservedBytes;
    }

    /** Why it cannot stand by itself; null when it can. */
    @Nullable
    WaybillException unwritable() {
        return unwritable;
    }
}
