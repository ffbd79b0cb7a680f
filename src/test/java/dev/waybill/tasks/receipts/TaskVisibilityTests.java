package dev.waybill.tasks.receipts;

import static dev.waybill.tasks.Examples.ACME;
import static dev.waybill.tasks.Examples.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.auth.Caller;
import dev.waybill.auth.NamespaceResolver;
import dev.waybill.auth.Permission;
import dev.waybill.auth.Plan;
import dev.waybill.auth.ResourceScope;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.tasks.Examples;
import dev.waybill.tasks.Task;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskVisibilityTests {

    private final NamespaceResolver resolver = (organization, identifier) -> organization.equals(ACME)
                    && List.of(PRODUCTION.value(), "production").contains(identifier)
            ? Optional.of(new NamespaceResolver.Found(PRODUCTION, "production"))
            : Optional.empty();
    private final TaskVisibility visibility = new TaskVisibility(resolver, (scope, identifier) -> Optional.empty());
    private final Task task = Examples.task(Instant.EPOCH);
    private final Task withoutNamespace = new Task(
            task.id(),
            ACME,
            null,
            task.type(),
            task.status(),
            List.of(),
            List.of(),
            task.additionalData(),
            null,
            task.createdAt(),
            task.updatedAt());

    @Test
    void aKeyWithoutScopesSeesAll() {
        assertThat(visibility.sees(caller(), task)).isTrue();
        assertThat(visibility.sees(caller(), withoutNamespace)).isTrue();
    }

    @Test
    void aNarrowedKeySeesItsNamespacesByIdNameOrPrefix() {
        assertThat(visibility.sees(caller("ns_production"), task)).isTrue();
        assertThat(visibility.sees(caller("production"), task)).isTrue();
        assertThat(visibility.sees(caller("prod*"), task)).isTrue();
        assertThat(visibility.sees(caller("staging", "*"), task)).isTrue();
        assertThat(visibility.sees(caller("staging"), task)).isFalse();
        assertThat(visibility.sees(caller("*"), withoutNamespace)).isFalse();
        assertThat(visibility.reached(caller("prod*"), List.of(PRODUCTION, new NamespaceId("ns_gone"))))
                .containsExactly(PRODUCTION);
    }

    @Test
    void aNamedNamespaceMustExistAndBeReached() {
        assertThat(visibility.named(caller(), null)).isEmpty();
        assertThat(visibility.named(caller(), " ")).isEmpty();
        assertThat(visibility.named(caller(), "production")).contains(PRODUCTION);
        assertThatThrownBy(() -> visibility.named(caller(), "nowhere")).isInstanceOf(WaybillException.class);
        assertThatThrownBy(() -> visibility.named(caller("staging"), "production"))
                .isInstanceOf(WaybillException.class);
    }

    private static Caller caller(String... namespaces) {
        List<ResourceScope> scopes = Arrays.stream(namespaces)
                .map(namespace -> new ResourceScope("namespace", namespace, List.of()))
                .toList();
        return new Caller(ACME, "usr_1", "key_1", Set.of(Permission.READ), scopes, Plan.FREE, null, false);
    }
}
