package dev.waybill.buckets;

import dev.waybill.deletions.DeletionPass;
import dev.waybill.platform.tenancy.Scope;

/**
 * Contents of buckets that are deleted together with them. Each module that stores such contents has one as a bean;
 * deleting a bucket runs them all, pass by pass until none finds anything, and so does deleting a namespace, after its
 * buckets.
 */
public interface BucketContents {

    /** Lower runs first: what refers to others goes before what is referred to. Uploads 100, objects 200. */
    int order();

    /** The number of the bucket's objects stored by this module: 0 for every module but that of objects. */
    default long countObjects(Scope scope, BucketId bucket) {
        return 0;
    }

    /** Removes everything of the bucket, its bytes in storage first, page by page. Idempotent. */
    void purge(Scope scope, BucketId bucket, DeletionPass deletionPass);

    /** Removes what is left of a whole namespace after its buckets were purged. Idempotent. */
    default void purgeAll(Scope scope, DeletionPass deletionPass) {}
}
