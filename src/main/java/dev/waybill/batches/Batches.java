package dev.waybill.batches;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectProcessing;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import java.util.List;
import org.springframework.stereotype.Component;

/** The door to batches for the rooms above, and for the one of objects below. */
@Component
public class Batches implements ObjectProcessing {

    private final Drafts drafts;
    private final Submissions submissions;
    private final IdGenerator ids;

    Batches(Drafts drafts, Submissions submissions, IdGenerator ids) {
        this.drafts = drafts;
        this.submissions = submissions;
        this.ids = ids;
    }

    @Override
    public Started process(Scope scope, BucketId bucket, List<ObjectId> objects) {
        BatchId id = new BatchId(ids.next(BatchId.PREFIX));
        Task task = process(scope, bucket, id, objects);
        return new Started(id.value(), task.id().toString());
    }

    /**
     * Makes a batch of that id and submits it. Repeatable: with an id that is derived from what the objects came from,
     * doing it again after a crash makes no second batch and no second task, also when the batch was deleted since.
     *
     * @param objects of that bucket; at least one
     * @return the batch's task as it stands
     */
    public Task process(Scope scope, BucketId bucket, BatchId id, List<ObjectId> objects) {
        return submissions.first(scope, id).orElseGet(() -> {
            Batch batch = drafts.make(
                    scope, bucket, id, objects.stream().map(ObjectId::value).toList());
            return submissions.submit(batch);
        });
    }
}
