package dev.waybill.deletions;

/**
 * One pass over the contents of something that is being deleted. The deletion completes with a pass that found nothing,
 * so everything found is reported, whether or not it counts.
 */
public interface DeletionPass {

    /** Reports that something was there, or is still there and is removed by others: another pass follows. */
    void found();

    /**
     * Reports how many were found and removed. May be called page by page.
     *
     * @param count what clients could see; 0 when none was found
     */
    void removed(long count);

    /** Whether to return soon, even halfway: the next pass continues. */
    boolean stopped();
}
