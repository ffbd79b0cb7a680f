package dev.waybill.batches;

/**
 * Whether somebody who works on an object still should. Reading takes long; meanwhile the batch may have been begun anew,
 * or another worker may have taken over. Asked before anything is removed or written.
 */
@FunctionalInterface
public interface LeaseCheck {

    /** Nobody wants the work any more, so it is left where it is. */
    final class Over extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Over() {
            super("somebody else does this work now, or nobody wants it any more");
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
