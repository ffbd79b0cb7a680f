package dev.waybill.tasks;

import dev.waybill.auth.Caller;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lists of tasks, which the database alone answers. */
@Component
class TaskLists {

    private final TaskListStore store;
    private final TaskVisibility visibility;

    TaskLists(TaskListStore store, TaskVisibility visibility) {
        this.store = store;
        this.visibility = visibility;
    }

    /** @param namespace the only one to look at; empty for all that the key sees */
    Page<Task> page(Caller caller, Optional<NamespaceId> namespace, ListQuery query) {
        OrganizationId organization = caller.organization();
        if (namespace.isPresent()) {
            return store.page(organization, List.of(namespace.get()), query);
        }
        if (visibility.isNarrowed(caller)) {
            // Scopes may be names and prefixes, so they are held against the namespaces that have tasks at all.
            return store.page(organization, visibility.reached(caller, store.namespaces(organization)), query);
        }
        return store.page(organization, null, query);
    }
}
