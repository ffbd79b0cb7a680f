package dev.waybill.tasks;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.waybill.auth.Caller;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Lists of tasks, which the database alone answers. */
@Component
class TaskLists {

    private final MongoPages pages;
    private final MongoOperations mongo;
    private final TaskVisibility visibility;

    TaskLists(MongoPages pages, MongoOperations mongo, TaskVisibility visibility) {
        this.pages = pages;
        this.mongo = mongo;
        this.visibility = visibility;
    }

    /** @param namespace the only one to look at; empty for all that the key sees */
    Page<Task> page(Caller caller, Optional<NamespaceId> namespace, ListQuery query) {
        return pages.find(TaskDocument.class, within(caller, namespace), query, ListTasksRequest.FIELDS)
                .map(TaskDocument::toTask);
    }

    private Criteria within(Caller caller, Optional<NamespaceId> namespace) {
        Criteria own = where("organization_id").is(caller.organization().value());
        if (namespace.isPresent()) {
            return own.and("namespace_id").is(namespace.get().value());
        }
        if (visibility.isNarrowed(caller)) {
            // Scopes may be names and prefixes, so they are held against the namespaces that have tasks at all.
            List<String> reached = visibility.reached(caller, namespacesWithTasks(caller.organization())).stream()
                    .map(NamespaceId::value)
                    .toList();
            return own.and("namespace_id").in(reached);
        }
        return own;
    }

    private List<NamespaceId> namespacesWithTasks(OrganizationId organization) {
        Query own = new Query(where("organization_id").is(organization.value()));
        return mongo.findDistinct(own, "namespace_id", TaskDocument.class, String.class).stream()
                .filter(Objects::nonNull)
                .map(NamespaceId::new)
                .toList();
    }
}
