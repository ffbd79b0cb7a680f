package dev.waybill.projects;

import dev.waybill.agents.Agent;
import dev.waybill.agents.AgentId;
import dev.waybill.agents.AgentService;
import dev.waybill.auth.Caller;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.json.Change;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Use cases of an organization for its projects. */
@Component
public class ProjectService {

    static final Fields FIELDS = Fields.builder()
            .token("project_id", "status", "agent_ids", "accepted_types")
            .text("name", "prompt")
            .number("max_file_size_bytes")
            .instant("deadline", "created_at", "updated_at")
            .searching("name", "prompt")
            .build();

    private final ProjectStore store;
    private final ProjectDeletion deletion;
    private final AgentService agents;
    private final IdGenerator ids;
    private final InstantSource clock;

    ProjectService(
            ProjectStore store, ProjectDeletion deletion, AgentService agents, IdGenerator ids, InstantSource clock) {
        this.store = store;
        this.deletion = deletion;
        this.agents = agents;
        this.ids = ids;
        this.clock = clock;
    }

    ProjectResponse create(Caller caller, ProjectCreateRequest request) {
        Instant now = clock.instant();
        Instant deadline = request.deadline();
        if (deadline != null && !deadline.isAfter(now)) {
            throw InvalidRequest.field("deadline", "must lie ahead", "value_error");
        }
        ProjectId id = new ProjectId(ids.nextUuid().toString());
        ProjectEntity project = new ProjectEntity(
                caller.organization().key(id.value()),
                caller.organization(),
                id,
                request.name(),
                request.prompt(),
                request.acceptedTypesOrAny(),
                deadline,
                size(caller, request.maxFileSizeBytes()),
                existingAgents(caller.organization(), request.agentIdsOrAll()),
                ProjectStatus.OPEN.wire(),
                now,
                now);
        // It exists under this id when a request that crashed after this step is run again.
        return ProjectResponse.of(
                store.insert(project)
                        ? project
                        : store.find(caller.organization(), id).orElse(project));
    }

    ProjectResponse get(Caller caller, String id) {
        return ProjectResponse.of(require(caller, id));
    }

    /** @throws WaybillException 404 when the organization has none of this id */
    public Project project(Caller caller, String id) {
        return require(caller, id);
    }

    private ProjectEntity require(Caller caller, String id) {
        return ProjectId.parse(id)
                .flatMap(parsed -> store.find(caller.organization(), parsed))
                .orElseThrow(() -> notFound(id));
    }

    /** Empty too when no project can have this id. */
    public Optional<Project> find(OrganizationId organization, String id) {
        return ProjectId.parse(id).flatMap(parsed -> store.find(organization, parsed));
    }

    /** Those that take submissions of an agent now. */
    public Page<Project> openFor(Agent agent, ListQuery query) {
        return store.openFor(agent, clock.instant(), query, FIELDS).map(found -> found);
    }

    ProjectResponse.Listed list(Caller caller, ListQuery query) {
        return ProjectResponse.Listed.of(store.list(caller.organization(), query, FIELDS));
    }

    ProjectResponse update(Caller caller, String id, ProjectUpdateRequest request) {
        ProjectEntity project = require(caller, id);
        List<String> agentIds = request.agentIds();
        List<String> types = request.acceptedTypes();
        ProjectEntity changed = new ProjectEntity(
                project.key(),
                project.organizationId(),
                project.projectId(),
                request.name() == null ? project.name() : request.name(),
                request.prompt() == null ? project.prompt() : request.prompt(),
                types == null ? project.acceptedTypes() : types,
                Change.orNone(request.deadline()).orElse(project.deadline()),
                request.maxFileSizeBytes() == null
                        ? project.maxFileSizeBytes()
                        : size(caller, request.maxFileSizeBytes()),
                agentIds == null ? project.agentIds() : existingAgents(caller.organization(), agentIds),
                request.status() == null ? project.status() : request.status().wire(),
                project.createdAt(),
                clock.instant());
        if (!store.update(changed)) {
            throw notFound(id);
        }
        return ProjectResponse.of(changed);
    }

    void delete(Caller caller, String id) {
        deletion.begin(require(caller, id));
    }

    private static long size(Caller caller, @Nullable Long wanted) {
        long allowed = Math.min(caller.plan().maxFileBytes(), ObjectStorage.MAX_PUT_BYTES);
        if (wanted == null) {
            return allowed;
        }
        if (wanted > allowed) {
            throw new WaybillException(
                    ErrorCode.QUOTA_EXCEEDED,
                    "max_file_size_bytes is %d; the plan '%s' allows files of up to %d bytes"
                            .formatted(wanted, caller.plan().wire(), allowed),
                    Map.of("resource", "file_size_bytes", "current", wanted, "limit", allowed));
        }
        return wanted;
    }

    private List<AgentId> existingAgents(OrganizationId organization, List<String> agentIds) {
        if (agentIds.isEmpty()) {
            return List.of();
        }
        Set<AgentId> wanted = new LinkedHashSet<>();
        for (String id : agentIds) {
            if (!AgentId.isValid(id)) {
                throw noSuchAgent(id);
            }
            wanted.add(new AgentId(id));
        }
        Set<AgentId> existing = agents.existing(organization, wanted);
        wanted.stream().filter(id -> !existing.contains(id)).findFirst().ifPresent(unknown -> {
            throw noSuchAgent(unknown.value());
        });
        return List.copyOf(wanted);
    }

    private static InvalidRequest noSuchAgent(String id) {
        return InvalidRequest.field("agent_ids", "there is no agent '%s'".formatted(id), "value_error");
    }

    private static WaybillException notFound(String id) {
        return WaybillException.notFound("project", id);
    }
}
