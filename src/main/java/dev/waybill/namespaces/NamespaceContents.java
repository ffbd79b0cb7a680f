package dev.waybill.namespaces;

import dev.waybill.platform.tenancy.Scope;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Something that lies in namespaces and goes with them. Each room that keeps such things has one as a bean; deleting a
 * namespace runs them all, in a background task that may be run again after a crash. The bytes under the namespace's
 * prefix in storage are swept afterwards, whatever they belonged to.
 */
public interface NamespaceContents {

    /** Lower runs first: what refers to others goes before what is referred to. Buckets 500. */
    int order();

    /**
     * Removes everything of the namespace, page by page. Repeatable.
     *
     * @param removed told how many were removed, page by page
     * @param stop when it says true, return soon
     */
    void purge(Scope scope, LongConsumer removed, BooleanSupplier stop);
}
