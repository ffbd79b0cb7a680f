package dev.waybill.tasks.receipts;

import static dev.waybill.tasks.Examples.ACME;
import static dev.waybill.tasks.Examples.OTHER;
import static dev.waybill.tasks.Examples.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.auth.Caller;
import dev.waybill.auth.NamespaceResolver;
import dev.waybill.auth.Permission;
import dev.waybill.auth.Plan;
import dev.waybill.auth.ResourceScope;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.lists.Paging;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.tasks.Examples;
import dev.waybill.tasks.StoredTasks;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.TaskType;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class TaskListsTests {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final NamespaceId STAGING = new NamespaceId("ns_staging");
    private static final ListParameters PLAIN = new ListParameters(Paging.NONE);

    private final StoredTasks stored;
    private final NamespaceResolver resolver = (organization, identifier) ->
            Optional.of(new NamespaceResolver.Found(new NamespaceId(identifier), identifier.replace("ns_", "")));
    private final List<TaskId> production = new ArrayList<>();
    private final TaskLists lists;

    TaskListsTests(Databases where) {
        stored = new StoredTasks(where);
        lists = new TaskLists(stored.pages(), new TaskVisibility(resolver, (scope, bucket) -> Optional.empty()));
    }

    private TaskId staging;
    private TaskId homeless;

    @BeforeEach
    void fill() {
        for (int i = 0; i < 25; i++) {
            production.add(insert(ACME, PRODUCTION, i, Map.of("batch", i)));
        }
        staging = insert(ACME, STAGING, 100, Map.of());
        homeless = insert(ACME, null, 101, Map.of());
        insert(OTHER, PRODUCTION, 102, Map.of());
    }

    @AfterEach
    void close() {
        stored.close();
    }

    @Test
    void withoutABodyTheNewestTwentyOfTheOrganizationAreListed() {
        Page<Task> page = list(caller(), null, null);

        assertThat(ids(page)).hasSize(20).startsWith(homeless, staging, production.getLast());
        assertThat(page.nextCursor()).isNotNull();
        assertThat(ListTasksResponse.of(page).pagination().pageSize()).isEqualTo(20);
    }

    @Test
    void theCursorGoesOnWhereThePageEnded() {
        String cursor = list(caller(), null, null).nextCursor();

        Page<Task> second = lists.page(
                caller(),
                Optional.empty(),
                ListTasksRequest.toQuery(null, new ListParameters(new Paging(null, null, null, null, cursor, true))));

        assertThat(ids(second)).hasSize(7).endsWith(production.getFirst());
        assertThat(second.nextCursor()).isNull();
        assertThat(second.total()).isEqualTo(27);
    }

    @Test
    void aNamespaceNarrowsTheList() {
        assertThat(ids(list(caller(), STAGING, null))).containsExactly(staging);
    }

    @Test
    void aNarrowedKeySeesItsNamespacesOnly() {
        assertThat(ids(list(caller("staging"), null, null))).containsExactly(staging);
        assertThat(ids(list(caller("st*"), null, null))).containsExactly(staging);
        assertThat(ids(list(caller("nowhere"), null, null))).isEmpty();
        assertThat(ids(list(caller("*"), null, null))).hasSize(20).doesNotContain(homeless);
    }

    @Test
    void statusTypeAndFiltersAreAllApplied() {
        stored.cancel(ACME, production.get(3), START);
        stored.cancel(ACME, production.get(4), START);

        assertThat(ids(list(caller(), null, request(TaskStatus.CANCELED, null, null, null))))
                .containsExactly(production.get(4), production.get(3));
        assertThat(ids(list(
                        caller(),
                        null,
                        request(
                                TaskStatus.CANCELED,
                                TaskType.API_BUCKETS_UPLOADS_BATCH_CONFIRM,
                                Map.of("additional_data.batch", 3),
                                null))))
                .containsExactly(production.get(3));
        assertThat(ids(list(caller(), null, request(null, TaskType.THUMBNAIL, null, null))))
                .isEmpty();
        assertThat(ids(list(caller(), null, request(null, null, Map.of("task_id", staging.value()), null))))
                .containsExactly(staging);
        assertThat(ids(list(
                        caller(),
                        null,
                        request(
                                null,
                                null,
                                Map.of(
                                        "created_at",
                                        START.toString(),
                                        "task_type",
                                        "api_buckets_uploads_batch_confirm"),
                                null))))
                .containsExactly(production.getFirst());
    }

    @Test
    void theOrderCanBeChosenAndWordsFound() {
        var oldestFirst = request(null, null, null, Map.of("field", "created_at", "direction", "asc"));
        assertThat(ids(list(caller(), null, oldestFirst))).startsWith(production.getFirst());

        var searching =
                new ListTasksRequest(null, null, null, null, staging.value().substring(9), null);
        assertThat(ids(list(caller(), null, searching))).containsExactly(staging);
    }

    @Test
    void fieldsForWorkersCannotBeQueried() {
        for (String field : List.of("payload.secret", "lease_token", "organization_id", "ready_at")) {
            assertThatThrownBy(() -> list(caller(), null, request(null, null, Map.of(field, "x"), null)))
                    .isInstanceOf(InvalidRequest.class);
        }
    }

    private Page<Task> list(Caller caller, @Nullable NamespaceId namespace, @Nullable ListTasksRequest request) {
        return lists.page(caller, Optional.ofNullable(namespace), ListTasksRequest.toQuery(request, PLAIN));
    }

    private TaskId insert(
            OrganizationId organization, @Nullable NamespaceId namespace, int second, Map<String, Object> data) {
        Instant at = START.plusSeconds(second);
        Task like = Examples.task(at);
        Task task = new Task(
                like.id(),
                organization,
                namespace,
                like.type(),
                like.status(),
                List.of(),
                List.of(),
                data,
                null,
                at,
                at);
        stored.insert(task, Map.of("secret", "x"));
        return task.id();
    }

    private static ListTasksRequest request(
            @Nullable TaskStatus status,
            @Nullable TaskType type,
            @Nullable Map<String, Object> filters,
            @Nullable Map<String, Object> sort) {
        return new ListTasksRequest(status, type, filters, sort, null, null);
    }

    private static List<TaskId> ids(Page<Task> page) {
        return page.items().stream().map(Task::id).toList();
    }

    private static Caller caller(String... namespaces) {
        List<ResourceScope> scopes = Arrays.stream(namespaces)
                .map(namespace -> new ResourceScope("namespace", namespace, List.of()))
                .toList();
        return new Caller(ACME, "usr_1", "key_1", Set.of(Permission.READ), scopes, Plan.FREE, null, false);
    }
}
