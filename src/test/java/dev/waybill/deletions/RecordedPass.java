package dev.waybill.deletions;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A pass that records what is reported to it. */
public final class RecordedPass implements DeletionPass {

    private final BooleanSupplier stop;
    private final List<Long> removed = new ArrayList<>();
    private boolean found;

    public RecordedPass() {
        this(() -> false);
    }

    /** @param stop the answer of {@link #stopped()} */
    public RecordedPass(BooleanSupplier stop) {
        this.stop = stop;
    }

    /** Whether anything was found, including what was removed. */
    public boolean hasFound() {
        return found;
    }

    /** The reported counts, but for 0. */
    public List<Long> told() {
        return removed;
    }

    @Override
    public void found() {
        found = true;
    }

    @Override
    public void removed(long count) {
        if (count > 0) {
            found = true;
            removed.add(count);
        }
    }

    @Override
    public boolean stopped() {
        return stop.getAsBoolean();
    }
}
