package dev.waybill.namespaces;

import dev.waybill.deletions.DeletionPass;
import dev.waybill.platform.tenancy.Scope;

/**
 * What lies in namespaces and goes with them. The room of buckets, in which all of it lies, has one as a bean; deleting a
 * namespace runs it again and again until it finds nothing.
 */
public interface NamespaceContents {

    /** Removes everything of the namespace, page by page, or sees to it that it goes. Repeatable. */
    void purge(Scope scope, DeletionPass deletionPass);
}
