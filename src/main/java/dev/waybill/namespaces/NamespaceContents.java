package dev.waybill.namespaces;

import dev.waybill.deletions.DeletionPass;
import dev.waybill.platform.tenancy.Scope;

/**
 * Port for the contents of namespaces, which are deleted together with them. Implemented by the buckets module, as all
 * of them lie in buckets; the deletion of a namespace runs it again and again until it finds nothing.
 */
public interface NamespaceContents {

    /** Removes everything of the namespace, page by page, or begins its deletion. Repeatable. */
    void purge(Scope scope, DeletionPass deletionPass);
}
