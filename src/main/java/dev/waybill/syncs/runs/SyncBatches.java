package dev.waybill.syncs.runs;

import dev.waybill.batches.BatchId;
import dev.waybill.batches.Batches;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.events.EventIds;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Submits the objects that a run created and updated for processing, in batches with derived ids, so that a repeat
 * creates no second ones.
 */
@Component
class SyncBatches {

    private final Batches batches;
    private final LedgerStore ledger;
    private final FaultPoints faults;

    SyncBatches(Batches batches, LedgerStore ledger, FaultPoints faults) {
        this.batches = batches;
        this.ledger = ledger;
        this.faults = faults;
    }

    /**
     * Submits them, if anything would process them. All files of the run are finished by now, so their order, and with
     * it each batch, is the same in a repeat.
     *
     * @return the number of batches
     */
    long submit(SyncEntity sync, SyncRunEntity run) {
        if (sync.settings().skipBatchSubmission() || !batches.haveWork(sync.scope(), sync.bucket())) {
            return 0;
        }
        int size = sync.settings().batchChunkSize();
        long count = 0;
        @Nullable LedgerEntity last = null;
        List<LedgerEntity> some;
        do {
            some = ledger.createdOrUpdated(sync.key(), run.runId(), last, size);
            if (!some.isEmpty()) {
                last = some.getLast();
                batches.process(sync.scope(), sync.bucket(), id(run, count), objects(some));
                faults.reach("sync.batch-submitted");
                count++;
            }
        } while (some.size() == size);
        return count;
    }

    private static List<ObjectId> objects(List<LedgerEntity> rows) {
        return rows.stream()
                .flatMap(row -> Stream.ofNullable(row.objectId()))
                .map(ObjectId::new)
                .toList();
    }

    private static BatchId id(SyncRunEntity run, long index) {
        return new BatchId(BatchId.PREFIX + EventIds.digest("sync", run.key(), String.valueOf(index)));
    }

    /** The ids of a run's latest batches. */
    static List<String> latest(SyncRunEntity run) {
        return LongStream.range(Math.max(0, run.batches() - SyncEntity.REMEMBERED), run.batches())
                .mapToObj(index -> id(run, index).value())
                .toList();
    }
}
