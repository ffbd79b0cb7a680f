package dev.waybill.batches;

import dev.waybill.namespaces.NamespaceContents;
import dev.waybill.platform.tenancy.Scope;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/** The batches of a namespace that goes: those that its buckets did not take along. */
@Component
class NamespaceBatches implements NamespaceContents {

    private static final int ORDER = 550;

    private final BatchStore store;
    private final BatchItemStore items;
    private final BatchResultStore results;

    NamespaceBatches(BatchStore store, BatchItemStore items, BatchResultStore results) {
        this.store = store;
        this.items = items;
        this.results = results;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void purge(Scope scope, LongConsumer removed, BooleanSupplier stop) {
        if (!stop.getAsBoolean()) {
            removed.accept(store.removeAll(scope));
            items.removeAll(scope, stop);
            results.removeAll(scope, stop);
        }
    }
}
