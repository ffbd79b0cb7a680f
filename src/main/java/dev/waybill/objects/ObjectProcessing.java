package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;
import java.util.List;

/** Has objects processed as soon as they are made, for callers who ask for it. The room of batches has one as a bean. */
public interface ObjectProcessing {

    /**
     * What was set to work.
     *
     * @param batchId {@code btch_...}
     * @param taskId its task, by which it can be followed
     */
    record Started(String batchId, String taskId) {}

    /**
     * Makes a batch of the objects and submits it.
     *
     * @param objects of that bucket; at least one
     */
    Started process(Scope scope, BucketId bucket, List<ObjectId> objects);
}
