package dev.waybill.objects;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.events.PublicEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one draft, by whoever wrote it first. */
public sealed interface WriteResult {

    /** What others are told of it, by what is written alone; nothing of what was not decided. */
    List<PublicEvent> events();

    /**
     * The object stands under the draft's own id.
     *
     * @param object as it stands there; of a file without an object, its content
     * @param receipt of the confirm that wrote it; null when no upload did
     */
    record Created(BucketObject object, @Nullable UploadReceipt receipt, List<PublicEvent> events)
            implements WriteResult {}

    /** An object with the same bytes was there, and is all there is. */
    record Duplicate(Existing existing, @Nullable UploadReceipt receipt, List<PublicEvent> events)
            implements WriteResult {}

    /** An object with the same unique key was there, and stays as it is. */
    record Kept(Existing existing, @Nullable UploadReceipt receipt, List<PublicEvent> events) implements WriteResult {}

    /** An object with the same unique key was there, and was given the draft's blobs and metadata. */
    record Changed(Existing existing, @Nullable UploadReceipt receipt, List<PublicEvent> events)
            implements WriteResult {}

    /** Nothing is there, and nothing will be. */
    record Ended(UploadOutcome ending, @Nullable UploadReceipt receipt, List<PublicEvent> events)
            implements WriteResult {}

    /** Nothing was decided; the same draft may be written again. */
    record Refused(WaybillException why) implements WriteResult {

        /** Whether it may have been written all the same, or may be still: the bytes that the draft names stay then. */
        public boolean isUnknown() {
            return why instanceof UnknownResultException;
        }

        @Override
        public List<PublicEvent> events() {
            return List.of();
        }
    }

    /**
     * Who was first.
     *
     * @param object null when it was deleted since
     * @param uploadId the upload that brought its bytes; null when none did
     */
    record Existing(
            ObjectId id,
            @Nullable BucketObject object,
            @Nullable String uploadId) {}
}
