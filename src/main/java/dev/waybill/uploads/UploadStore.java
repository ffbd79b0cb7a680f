package dev.waybill.uploads;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps uploads. Changes of status are conditional on the upload still being open, and tell whether they happened: of
 * any number of instances that try at once, one wins.
 */
interface UploadStore {

    /** Keeps a new upload; one of that id that is there already stays as it is. */
    void insert(Upload upload);

    /** Keeps new uploads, in one round trip, each as {@link #insert} does. */
    void insertAll(List<Upload> uploads);

    Optional<Upload> find(Scope scope, UploadId id);

    /** Those that exist, in any order. */
    List<Upload> findAll(Scope scope, Collection<UploadId> ids);

    /** From open to COMPLETED; what is a duplicate does so only without a mark. */
    boolean complete(Completion completion);

    /** The same for many, in one round trip; tells nothing of each: read those that matter again. */
    void completeAll(List<Completion> completions);

    /** From PENDING to PROCESSING, by the task of that id. */
    boolean startTask(Scope scope, UploadId id, TaskId task);

    /** From PROCESSING by that task back to PENDING, with a word on why. */
    boolean endTask(Scope scope, UploadId id, TaskId task, String error);

    /**
     * Lets one confirm at a time look for the place of an open upload's object.
     *
     * @param by who it is; one's own mark is renewed
     * @param staleBefore older marks of others count no more
     */
    boolean startPlacing(Scope scope, UploadId id, String by, Instant now, Instant staleBefore);

    /** Whether it is open, and the mark is theirs. */
    boolean isPlacing(Scope scope, UploadId id, String by);

    /** Takes their mark off: nothing was placed. */
    void stopPlacing(Scope scope, UploadId id, String by);

    /** From open, without a mark, to FAILED; the bytes are removed from {@code sweepAt} on. */
    boolean fail(Scope scope, UploadId id, String error, Instant at, Instant sweepAt);

    /** From open, with a mark from before then, to FAILED; bytes that no object has are removed from {@code sweepAt} on. */
    boolean failPlaced(Scope scope, UploadId id, String error, Instant at, Instant staleBefore, Instant sweepAt);

    /** From open, without a mark, to CANCELED; {@code sweepAt} is null when the bytes are to stay. */
    boolean cancel(Scope scope, UploadId id, Instant at, @Nullable Instant sweepAt);

    Page<Upload> list(Scope scope, BucketId bucket, ListQuery query);

    /** Sums over everything that the query matches, not over one page. */
    UploadListStats stats(Scope scope, BucketId bucket, ListQuery query);

    /** Open uploads that expired before then, the longest expired first; of all tenants, for the periodic job. */
    List<Upload> expired(Instant before, int max);

    /** Settled uploads whose bytes are due to be removed; of all tenants, for the periodic job. */
    List<Upload> dueForSweep(Instant now, int max);

    /** The bytes of these are gone. */
    void swept(Collection<Upload> uploads);

    /** Some uploads of a bucket, for purging. */
    List<Upload> page(Scope scope, BucketId bucket, int max);

    /** Removes the documents themselves. */
    void removeAll(Scope scope, Collection<UploadId> ids);

    /** What becomes true of an upload when it completes. */
    record Completion(
            Upload upload, Upload.Outcome outcome, @Nullable Instant sweepAt) {}
}
