package dev.waybill.deletions;

import java.time.Instant;

/**
 * A kind of resource that is deleted by a background task, together with its contents. Each module that stores such
 * resources has one as a bean, and begins a deletion by {@link Deletions#begin}: first the task is submitted, then the
 * document is flagged, after which no other request finds it; its name is free at once. The task purges the contents
 * pass by pass, as a request that began before the flag was set may still add something. It completes only when a pass
 * that began {@code waybill.deletions.settle} after the flag was set finds nothing; the document itself goes last.
 */
public interface Deletable {

    /** The field of a document that holds the deletion flag: what has one is found by nothing but its deletion. */
    String MARK = "deletion";

    DeletionTarget.Kind kind();

    /**
     * The number of items in it, for {@link #ended} and the progress. Counted before anything is removed, and stored:
     * all runs of the task use the same number.
     *
     * @return 0 when the number is of no use
     */
    default long count(DeletionTarget deletionTarget) {
        return 0;
    }

    /**
     * Removes the contents, page by page; what refers to others goes before what is referred to. Idempotent.
     *
     * @throws dev.waybill.platform.storage.StorageException when storage is unavailable: the pass is repeated later
     */
    void purge(DeletionTarget deletionTarget, DeletionPass deletionPass);

    /**
     * Called when nothing is left in it, before its own document is removed: the place to publish events. Idempotent.
     *
     * @param markedAt when its deletion began; the same each time
     * @param count what {@link #count} returned
     */
    default void ended(DeletionTarget deletionTarget, Instant markedAt, long count) {}
}
