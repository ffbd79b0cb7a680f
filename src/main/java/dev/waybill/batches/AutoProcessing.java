package dev.waybill.batches;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectProcessing;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import java.util.List;
import org.springframework.stereotype.Component;

/** Batches of objects that were just made. */
@Component
class AutoProcessing implements ObjectProcessing {

    private final Batches batches;
    private final IdGenerator ids;

    AutoProcessing(Batches batches, IdGenerator ids) {
        this.batches = batches;
        this.ids = ids;
    }

    @Override
    public Started process(Scope scope, BucketId bucket, List<ObjectId> objects) {
        BatchId id = new BatchId(ids.next(BatchId.PREFIX));
        Task task = batches.process(scope, bucket, id, objects);
        return new Started(id.value(), task.id().toString());
    }
}
