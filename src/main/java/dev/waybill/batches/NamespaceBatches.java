package dev.waybill.batches;

import dev.waybill.deletions.Pass;
import dev.waybill.namespaces.NamespaceContents;
import dev.waybill.platform.tenancy.Scope;
import org.springframework.stereotype.Component;

/** The batches of a namespace that goes: those that its buckets did not take along. */
@Component
class NamespaceBatches implements NamespaceContents {

    private static final int ORDER = 550;

    private final BatchDeletion deletion;

    NamespaceBatches(BatchDeletion deletion) {
        this.deletion = deletion;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void purge(Scope scope, Pass pass) {
        deletion.removeAll(scope, null, pass);
    }
}
