package dev.waybill.namespaces;

import dev.waybill.deletions.Pass;
import dev.waybill.platform.tenancy.Scope;

/**
 * Something that lies in namespaces and goes with them. Each room that keeps such things has one as a bean; deleting a
 * namespace runs them all, again and again until none finds anything.
 */
public interface NamespaceContents {

    /** Lower runs first: what refers to others goes before what is referred to. Buckets 500. */
    int order();

    /** Removes everything of the namespace, page by page, or sees to it that it goes. Repeatable. */
    void purge(Scope scope, Pass pass);
}
