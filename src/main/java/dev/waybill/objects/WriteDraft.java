package dev.waybill.objects;

import dev.waybill.objects.ObjectRow.Kind;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row to write under an object's id if absent: an object, a file or a tombstone. */
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
     * The draft of an object.
     *
     * @param uniqueKey of its metadata, see {@link ContentHashes#uniqueKey}; null when the bucket has none. With one,
     *     equal bytes are no duplicates
     * @param policy for the case that another object has the unique key
     * @param skipsDuplicates whether it is not written when another object has its bytes
     * @param receipt null when it comes from no upload
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

    /** The policy allows only an update, and there is no object to update. */
    public static WaybillException nothingToUpdate() {
        return new WaybillException(
                ErrorCode.NOT_FOUND,
                "No object of this bucket has this unique key; use policy=upsert to make it",
                Map.of("resource", "object", "id", "unique_key"));
    }

    /** The file of an upload that creates no object; it may duplicate a file, or an object from an upload. */
    public static WriteDraft file(BucketObject content, boolean skipsDuplicates, UploadReceipt receipt) {
        WriteDraft draft = object(content, null, UniqueKeyPolicy.INSERT, skipsDuplicates, receipt);
        ObjectRow row = ObjectRow.content(Kind.FILE, content, draft.row.dedupeKeys(), draft.row.uniqueKey(), receipt);
        return new WriteDraft(row, skipsDuplicates, UniqueKeyPolicy.INSERT, null);
    }

    /** The tombstone of a canceled, failed or expired upload. */
    public static WriteDraft tombstone(
            BucketObject empty, UploadOutcome uploadOutcome, UploadReceipt receipt, Instant now) {
        ObjectRow row =
                ObjectRow.content(Kind.OBJECT, empty, List.of(), "", receipt).toTombstone(uploadOutcome, now);
        return new WriteDraft(row, false, UniqueKeyPolicy.INSERT, null);
    }

    /** The same, not promoted as another row has its bytes: it can only become a duplicate of that. */
    public WriteDraft onlyDuplicate() {
        return onlyChanging(WaybillException.tryAgain("The object that had these bytes is gone. Confirm again."));
    }

    /** The same, which can only update the object of its unique key: without one it is refused with this error. */
    public WriteDraft onlyChanging(WaybillException otherwise) {
        return new WriteDraft(row, skipsDuplicates, policy, otherwise, reservedBytes);
    }

    /** The same, with bytes that are reserved in the quota until there is a row under its id. */
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

    /** How many of its bytes are reserved in the quota already. */
    long reservedBytes() {
        return reservedBytes;
    }

    /** The error when it cannot be inserted as a row of its own; null when it can. */
    @Nullable
    WaybillException unwritable() {
        return unwritable;
    }
}
