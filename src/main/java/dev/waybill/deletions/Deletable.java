package dev.waybill.deletions;

import java.time.Instant;

/**
 * A kind of thing whose deletion takes a while. Each room that keeps such things has one as a bean, and begins a deletion
 * by {@link Deletions#begin}: the task comes first, then the mark, by which the thing is there for nobody any more; its
 * name is free at once. The task goes through the contents again and again, as a request that began before the mark may
 * still bring something. It ends only when a pass that was begun {@code waybill.deletions.settle} after the mark finds
 * nothing; the thing's own document goes last.
 */
public interface Deletable {

    /** The field of a document that holds the mark: what has one is there for nobody but its deletion. */
    String MARK = "deletion";

    DeletionTarget.Kind kind();

    /**
     * How much lies in it, for {@link #ended} and for the progress. Asked before anything is removed, and kept: however
     * often the task is run, it is the same number.
     *
     * @return 0 when nobody wants to know
     */
    default long count(DeletionTarget deletionTarget) {
        return 0;
    }

    /**
     * Removes what lies in it, page by page; what refers to others goes before what is referred to. Repeatable.
     *
     * @throws dev.waybill.platform.storage.StorageException when storage is away: the pass is begun anew later
     */
    void purge(DeletionTarget deletionTarget, DeletionPass deletionPass);

    /**
     * Nothing lies in it any more, and its own document goes next: the moment to tell others. Repeatable.
     *
     * @param markedAt when its deletion began; the same each time
     * @param count what {@link #count} said
     */
    default void ended(DeletionTarget deletionTarget, Instant markedAt, long count) {}
}
