package dev.waybill.buckets;

import dev.waybill.deletions.DeletionPass;
import dev.waybill.platform.tenancy.Scope;

/**
 * Something that lies in buckets and goes with them. Each room that keeps such things has one as a bean; deleting a
 * bucket runs them all, again and again until none finds anything, and so does deleting a namespace, after its buckets.
 */
public interface BucketContents {

    /** Lower runs first: what refers to others goes before what is referred to. Uploads 100, objects 200. */
    int order();

    /** How many of the bucket's objects lie here: none, unless it is objects that this is about. */
    default long countObjects(Scope scope, BucketId bucket) {
        return 0;
    }

    /** Removes everything of the bucket, its bytes in storage first, page by page. Repeatable. */
    void purge(Scope scope, BucketId bucket, DeletionPass deletionPass);

    /** The same of a whole namespace, where something may be left that its buckets did not take along. */
    default void purgeAll(Scope scope, DeletionPass deletionPass) {}
}
