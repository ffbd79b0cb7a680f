package dev.waybill.deletions;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A pass that remembers what it was told. */
public final class RecordedPass implements DeletionPass {

    private final BooleanSupplier stop;
    private final List<Long> removed = new ArrayList<>();
    private boolean found;

    public RecordedPass() {
        this(() -> false);
    }

    /** @param stop asked whenever somebody asks whether to stop */
    public RecordedPass(BooleanSupplier stop) {
        this.stop = stop;
    }

    /** Whether anything was found, what was removed among it. */
    public boolean hasFound() {
        return found;
    }

    /** How many each time, but for none. */
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
