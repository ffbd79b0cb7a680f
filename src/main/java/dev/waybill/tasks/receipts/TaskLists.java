package dev.waybill.tasks.receipts;

import dev.waybill.auth.Caller;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskPages;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lists tasks as far as a key may see them, from the database alone. */
@Component
class TaskLists {

    private final TaskPages tasks;
    private final TaskVisibility visibility;

    TaskLists(TaskPages tasks, TaskVisibility visibility) {
        this.tasks = tasks;
        this.visibility = visibility;
    }

    /** @param namespace the only one to list; empty for all that the key sees */
    Page<Task> page(Caller caller, Optional<NamespaceId> namespace, ListQuery query) {
        OrganizationId organization = caller.organization();
        boolean byBucket = caller.isNarrowed(TaskVisibility.BUCKET);
        if (namespace.isEmpty() && !byBucket && !caller.isNarrowed(TaskVisibility.NAMESPACE)) {
            return tasks.page(organization, null, null, query);
        }
        // Scopes may be names and prefixes, so they are matched against what has tasks at all.
        List<NamespaceId> within =
                namespace.map(List::of).orElseGet(() -> visibility.reached(caller, tasks.namespaces(organization)));
        return tasks.page(organization, within, byBucket ? buckets(caller, within) : null, query);
    }

    private List<String> buckets(Caller caller, List<NamespaceId> namespaces) {
        return namespaces.stream()
                .flatMap(one -> visibility.reached(caller, one, tasks.buckets(caller.organization(), one)).stream())
                .toList();
    }
}
