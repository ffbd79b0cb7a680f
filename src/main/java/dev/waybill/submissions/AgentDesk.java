package dev.waybill.submissions;

import dev.waybill.auth.Caller;
import dev.waybill.auth.KeySecrets;
import dev.waybill.auth.Secret;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Registers agents, changes them, gives them keys and takes these away. */
@Component
class AgentDesk {

    /** What every agent's key begins with. */
    static final String KEY_PREFIX = "io42_";

    static final Fields FIELDS = Fields.builder()
            .token("agent_id", "status", "key_prefix")
            .text("name", "description")
            .instant("created_at", "revoked_at")
            .searching("name")
            .build();

    private static final Pattern KEY = Pattern.compile("io42_[A-Za-z0-9]{43}");

    /** An agent and the secret of its key, which is known only now. */
    record Issued(Agent agent, Secret secret) {}

    private final AgentStore store;
    private final IdGenerator ids;
    private final InstantSource clock;

    AgentDesk(AgentStore store, IdGenerator ids, InstantSource clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /** The active agent whose key this is. Not cached: a key that was taken away is refused everywhere at once. */
    Optional<Agent> authenticate(String key) {
        return KEY.matcher(key).matches()
                ? store.findByHash(KeySecrets.hash(new Secret(key)))
                        .filter(agent -> agent.status() == AgentStatus.ACTIVE)
                : Optional.empty();
    }

    Issued register(Caller caller, AgentCreateRequest request) {
        Secret secret = KeySecrets.next(KEY_PREFIX, ids);
        Agent agent = new Agent(
                new AgentId(ids.next(AgentId.PREFIX)),
                caller.organization(),
                request.name(),
                request.description(),
                AgentStatus.ACTIVE,
                KeySecrets.hash(secret),
                KeySecrets.shownPrefix(secret),
                clock.instant(),
                caller.userId(),
                null);
        if (store.insert(agent)) {
            return new Issued(agent, secret);
        }
        // Of this very id, when a request is run again that died after this step; its secret is the same again.
        return new Issued(store.find(agent.organization(), agent.id()).orElse(agent), secret);
    }

    Agent get(Caller caller, String id) {
        return store.find(caller.organization(), new AgentId(id))
                .orElseThrow(() -> WaybillException.notFound("agent", id));
    }

    Page<Agent> list(Caller caller, ListQuery query) {
        return store.list(caller.organization(), query, FIELDS);
    }

    Agent update(Caller caller, String id, AgentUpdateRequest request) {
        Agent agent = changeable(caller, id);
        if (request.status() == AgentStatus.REVOKED) {
            return revoke(agent);
        }
        String description = request.description();
        return store.update(new Agent(
                        agent.id(),
                        agent.organization(),
                        request.name() == null ? agent.name() : request.name(),
                        description == null ? agent.description() : description,
                        request.status() == null ? agent.status() : request.status(),
                        agent.keyHash(),
                        agent.keyPrefix(),
                        agent.createdAt(),
                        agent.createdBy(),
                        null))
                .orElseThrow(() -> revoked(agent));
    }

    /** Another key for the same agent; the former one is refused at once. */
    Issued rotate(Caller caller, String id) {
        Agent agent = changeable(caller, id);
        Secret secret = KeySecrets.next(KEY_PREFIX, ids);
        return store.rotate(agent, KeySecrets.hash(secret), KeySecrets.shownPrefix(secret))
                .map(rotated -> new Issued(rotated, secret))
                .orElseThrow(() -> revoked(agent));
    }

    Agent revoke(Caller caller, String id) {
        return revoke(changeable(caller, id));
    }

    private Agent revoke(Agent agent) {
        return store.revoke(agent, clock.instant()).orElseThrow(() -> revoked(agent));
    }

    private Agent changeable(Caller caller, String id) {
        Agent agent = get(caller, id);
        if (agent.status() == AgentStatus.REVOKED) {
            throw revoked(agent);
        }
        return agent;
    }

    private static WaybillException revoked(Agent agent) {
        return new WaybillException(
                ErrorCode.CONFLICT,
                "The agent '%s' is revoked and stays so. Register a new one.".formatted(agent.name()),
                Map.of("resource", "agent", "id", agent.id().value()));
    }
}
