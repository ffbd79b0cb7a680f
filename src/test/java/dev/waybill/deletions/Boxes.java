package dev.waybill.deletions;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.storage.StorageException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A kind of container for tests, purged in two pages. */
final class Boxes implements Deletable {

    private final DeletionTarget.Kind kind;
    private final FaultPoints faults;

    long contents = 5;
    int counted;
    boolean othersRemove;

    @Nullable
    StorageException failure;

    final List<String> ended = new ArrayList<>();

    /** @param faults reached between the pages */
    Boxes(DeletionTarget.Kind kind, FaultPoints faults) {
        this.kind = kind;
        this.faults = faults;
    }

    @Override
    public DeletionTarget.Kind kind() {
        return kind;
    }

    @Override
    public long count(DeletionTarget deletionTarget) {
        counted++;
        return contents;
    }

    @Override
    public void purge(DeletionTarget deletionTarget, DeletionPass deletionPass) {
        if (deletionPass.stopped()) {
            return;
        }
        long page = Math.min(3, contents);
        contents -= page;
        deletionPass.removed(page);
        faults.reach("box-delete.page-removed");
        if (failure != null) {
            throw failure;
        }
        deletionPass.removed(contents);
        contents = 0;
        if (othersRemove) {
            deletionPass.found();
        }
    }

    @Override
    public void ended(DeletionTarget deletionTarget, Instant markedAt, long count) {
        ended.add(count + " since " + markedAt);
    }
}
