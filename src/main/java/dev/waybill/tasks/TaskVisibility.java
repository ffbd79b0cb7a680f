package dev.waybill.tasks;

import dev.waybill.auth.Caller;
import dev.waybill.auth.NamespaceResolver;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.NamespaceId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which of its organization's tasks a key sees: one that is narrowed to namespaces sees those of these namespaces only,
 * and none that belong to no namespace.
 */
@Component
class TaskVisibility {

    private static final String NAMESPACE = "namespace";

    private final NamespaceResolver namespaces;

    TaskVisibility(NamespaceResolver namespaces) {
        this.namespaces = namespaces;
    }

    boolean sees(Caller caller, Task task) {
        return !isNarrowed(caller) || (task.namespace() != null && reaches(caller, task.namespace()));
    }

    boolean isNarrowed(Caller caller) {
        return caller.scopes().stream().anyMatch(scope -> scope.resourceType().equals(NAMESPACE));
    }

    /** Those of the given namespaces that the key reaches. */
    List<NamespaceId> reached(Caller caller, Collection<NamespaceId> given) {
        return given.stream().filter(namespace -> reaches(caller, namespace)).toList();
    }

    /**
     * The namespace that a request names, which a task list need not.
     *
     * @throws WaybillException 404 when the organization has none of that name, or the key does not reach it
     */
    Optional<NamespaceId> named(Caller caller, @Nullable String identifier) {
        if (identifier == null || identifier.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(namespaces
                .resolve(caller.organization(), identifier.strip())
                .filter(found -> caller.reaches(NAMESPACE, found.id().value(), found.name()))
                .orElseThrow(() -> WaybillException.notFound(NAMESPACE, identifier))
                .id());
    }

    /** By id, and by name as long as the namespace exists: its delete is a task too, and outlives the name. */
    private boolean reaches(Caller caller, NamespaceId namespace) {
        String id = namespace.value();
        String name = namespaces
                .resolve(caller.organization(), id)
                .map(NamespaceResolver.Found::name)
                .orElse(id);
        return caller.reaches(NAMESPACE, id, name);
    }
}
