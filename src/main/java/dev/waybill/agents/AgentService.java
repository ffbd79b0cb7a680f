package dev.waybill.agents;

import dev.waybill.auth.Caller;
import dev.waybill.auth.KeySecrets;
import dev.waybill.auth.Secret;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.json.Change;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Use cases for agents: registers and updates them, issues, rotates and revokes their keys. */
@Component
public class AgentService {

    /** What every agent's key begins with. */
    static final String KEY_PREFIX = "io42_";

    static final Fields FIELDS = Fields.builder()
            .token("agent_id", "status", "key_prefix")
            .text("name", "description")
            .instant("created_at", "revoked_at")
            .searching("name")
            .build();

    private static final Pattern KEY = Pattern.compile("io42_[A-Za-z0-9]{43}");

    private final AgentStore store;
    private final IdGenerator ids;
    private final InstantSource clock;

    AgentService(AgentStore store, IdGenerator ids, InstantSource clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /** The active agent whose key this is. Not cached: a revoked key is refused everywhere at once. */
    public Optional<Agent> authenticate(String key) {
        return KEY.matcher(key).matches()
                ? store.findByHash(KeySecrets.hash(new Secret(key)))
                        .filter(agent -> agent.is(AgentStatus.ACTIVE))
                        .map(agent -> new Agent(agent.agentId(), agent.organizationId()))
                : Optional.empty();
    }

    /** Which of these the organization has. */
    public Set<AgentId> existing(OrganizationId organization, Collection<AgentId> wanted) {
        return store.existing(organization, wanted);
    }

    AgentResponse.WithKey register(Caller caller, AgentCreateRequest request) {
        Secret secret = KeySecrets.next(KEY_PREFIX, ids);
        AgentId id = new AgentId(ids.next(AgentId.PREFIX));
        AgentEntity agent = new AgentEntity(
                caller.organization().key(id.value()),
                caller.organization(),
                id,
                request.name(),
                request.description(),
                AgentStatus.ACTIVE.wire(),
                KeySecrets.hash(secret),
                KeySecrets.shownPrefix(secret),
                clock.instant(),
                caller.userId(),
                null);
        if (store.insert(agent)) {
            return AgentResponse.WithKey.of(agent, secret);
        }
        // It exists under this id when a request that crashed after this step is run again; its secret is the same
        // again.
        return AgentResponse.WithKey.of(store.find(caller.organization(), id).orElse(agent), secret);
    }

    AgentResponse get(Caller caller, String id) {
        return AgentResponse.of(require(caller, id));
    }

    AgentResponse.Listed list(Caller caller, ListQuery query) {
        return AgentResponse.Listed.of(store.list(caller.organization(), query, FIELDS));
    }

    AgentResponse update(Caller caller, String id, AgentUpdateRequest request) {
        AgentEntity agent = changeable(caller, id);
        if (request.status() == AgentStatus.REVOKED) {
            return revoke(agent);
        }
        return store.update(
                        agent,
                        request.name() == null ? agent.name() : request.name(),
                        Change.orNone(request.description()).orElse(agent.description()),
                        request.status() == null
                                ? agent.status()
                                : request.status().wire())
                .map(AgentResponse::of)
                .orElseThrow(() -> revoked(agent));
    }

    /** Another key for the same agent; the former one is refused at once. */
    AgentResponse.WithKey rotate(Caller caller, String id) {
        AgentEntity agent = changeable(caller, id);
        Secret secret = KeySecrets.next(KEY_PREFIX, ids);
        return store.rotate(agent, KeySecrets.hash(secret), KeySecrets.shownPrefix(secret))
                .map(rotated -> AgentResponse.WithKey.of(rotated, secret))
                .orElseThrow(() -> revoked(agent));
    }

    AgentResponse revoke(Caller caller, String id) {
        return revoke(changeable(caller, id));
    }

    private AgentResponse revoke(AgentEntity agent) {
        return store.revoke(agent, clock.instant()).map(AgentResponse::of).orElseThrow(() -> revoked(agent));
    }

    private AgentEntity require(Caller caller, String id) {
        return store.find(caller.organization(), new AgentId(id))
                .orElseThrow(() -> WaybillException.notFound("agent", id));
    }

    private AgentEntity changeable(Caller caller, String id) {
        AgentEntity agent = require(caller, id);
        if (agent.is(AgentStatus.REVOKED)) {
            throw revoked(agent);
        }
        return agent;
    }

    private static WaybillException revoked(AgentEntity agent) {
        return new WaybillException(
                ErrorCode.CONFLICT,
                "The agent '%s' is revoked and stays so. Register a new one.".formatted(agent.name()),
                Map.of("resource", "agent", "id", agent.agentId().value()));
    }
}
