package dev.waybill.deletions;

/**
 * One look through all that goes with something that is being deleted. The deletion ends with a pass that found nothing,
 * so whoever finds anything says so, whether or not it counts.
 */
public interface DeletionPass {

    /** Something was there, or is there still and others remove it: another pass follows. */
    void found();

    /**
     * So many were found, and are removed now. May be told page by page.
     *
     * @param count what clients could see; 0 when none was found
     */
    void removed(long count);

    /** Whether to return soon, wherever one is: the next pass goes on. */
    boolean stopped();
}
