package dev.waybill.buckets;

import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Something that lies in buckets and goes with them. Each room that keeps such things has one as a bean; deleting a
 * bucket, or a namespace with its buckets, runs them all, in a background task that may be run again after a crash.
 */
public interface BucketContents {

    /** Lower runs first: what refers to others goes before what is referred to. Uploads 100, objects 200. */
    int order();

    /**
     * Removes everything of the bucket, its bytes in storage first, page by page. Repeatable.
     *
     * @param removed told how many were removed, page by page
     * @param stop when it says true, return soon
     */
    void purge(Bucket bucket, LongConsumer removed, BooleanSupplier stop);
}
