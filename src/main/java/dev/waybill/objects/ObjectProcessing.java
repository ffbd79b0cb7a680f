package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;
import java.util.List;

/** Port that submits new objects for processing, with {@code auto_process}. The batches module implements it. */
public interface ObjectProcessing {

    /**
     * The submitted batch.
     *
     * @param batchId {@code btch_...}
     * @param taskId its task, to poll its status
     */
    record Started(String batchId, String taskId) {}

    /**
     * Creates a batch of the objects and submits it.
     *
     * @param objects of that bucket; at least one
     */
    Started process(Scope scope, BucketId bucket, List<ObjectId> objects);
}
