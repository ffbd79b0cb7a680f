package dev.waybill.objects;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.events.PublicEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of writing one draft, the same for every repetition. */
public sealed interface WriteResult {

    /** The events derived from the written row; empty when nothing was decided. */
    List<PublicEvent> events();

    /**
     * The object was created under the draft's own id.
     *
     * @param object as it is stored; of a file without an object, its content
     * @param receipt of the confirm that wrote it; null without an upload
     */
    record Created(BucketObject object, @Nullable UploadReceipt receipt, List<PublicEvent> events)
            implements WriteResult {}

    /** An object with the same bytes exists, and nothing else was written. */
    record Duplicate(Existing existing, @Nullable UploadReceipt receipt, List<PublicEvent> events)
            implements WriteResult {}

    /** An object with the same unique key exists, and is left unchanged. */
    record Kept(Existing existing, @Nullable UploadReceipt receipt, List<PublicEvent> events) implements WriteResult {}

    /** An object with the same unique key exists, and the draft's blobs and metadata were applied to it. */
    record Changed(Existing existing, @Nullable UploadReceipt receipt, List<PublicEvent> events)
            implements WriteResult {}

    /** There is a tombstone: the id will never have an object again. */
    record Ended(UploadOutcome ending, @Nullable UploadReceipt receipt, List<PublicEvent> events)
            implements WriteResult {}

    /** Nothing was decided; the write may be retried with the same draft. */
    record Refused(WaybillException why) implements WriteResult {

        /** Whether it may have been written, or may still be: then the bytes that the draft references must stay. */
        public boolean isUnknown() {
            return why instanceof UnknownResultException;
        }

        @Override
        public List<PublicEvent> events() {
            return List.of();
        }
    }

    /**
     * The object that existed first.
     *
     * @param object null when it was deleted since
     * @param uploadId the upload that its bytes come from; null when they come from none
     */
    record Existing(
            ObjectId id,
            @Nullable BucketObject object,
            @Nullable String uploadId) {}
}
