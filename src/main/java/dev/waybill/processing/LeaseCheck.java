package dev.waybill.processing;

/**
 * Checks that the worker of an object still holds its lease on it. Reading takes long; meanwhile the batch may have
 * been begun anew, or another worker may have taken over. Required before anything is removed or written.
 */
@FunctionalInterface
public interface LeaseCheck {

    /** The lease was lost or the work is not wanted any more, so it is left where it is. */
    final class Over extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Over() {
            super("the lease was lost, or the batch is not in this run any more");
        }
    }

    boolean holds();

    /** @throws Over when it does not hold */
    default void require() {
        if (!holds()) {
            throw new Over();
        }
    }
}
