package dev.waybill.syncs;

import dev.waybill.deletions.Pass;
import dev.waybill.namespaces.NamespaceContents;
import dev.waybill.platform.tenancy.Scope;
import org.springframework.stereotype.Component;

/** The syncs of a namespace that goes: those that its buckets did not take along. */
@Component
class NamespaceSyncs implements NamespaceContents {

    private static final int ORDER = 520;

    private final SyncRemoval removal;

    NamespaceSyncs(SyncRemoval removal) {
        this.removal = removal;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void purge(Scope scope, Pass pass) {
        removal.removeAll(scope, null, pass);
    }
}
