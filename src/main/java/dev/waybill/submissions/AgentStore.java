package dev.waybill.submissions;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Agents in the collection {@code agents}. No change takes an agent that is revoked. */
@Component
class AgentStore {

    private final MongoOperations mongo;
    private final MongoPages pages;

    AgentStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    boolean insert(Agent agent) {
        return MongoWrites.insert(mongo, AgentDocument.of(agent));
    }

    /** The agent of a secret, whatever its status. The only way in that knows no organization yet: it finds it out. */
    Optional<Agent> findByHash(String hash) {
        return Optional.ofNullable(mongo.findOne(query(where("keyHash").is(hash)), AgentDocument.class))
                .map(AgentDocument::toAgent);
    }

    Optional<Agent> find(OrganizationId organization, AgentId id) {
        return Optional.ofNullable(mongo.findById(AgentDocument.key(organization, id), AgentDocument.class))
                .map(AgentDocument::toAgent);
    }

    /** Which of these the organization has. */
    Set<AgentId> known(OrganizationId organization, Collection<AgentId> ids) {
        List<String> keys =
                ids.stream().map(id -> AgentDocument.key(organization, id)).toList();
        return mongo.find(query(where("_id").in(keys)), AgentDocument.class).stream()
                .map(found -> new AgentId(found.agentId()))
                .collect(Collectors.toSet());
    }

    Page<Agent> list(OrganizationId organization, ListQuery query, Fields fields) {
        Criteria within = where("organizationId").is(organization.value());
        return pages.find(AgentDocument.class, within, query, fields).map(AgentDocument::toAgent);
    }

    /** Sets what callers may change of an agent. @return empty when it was revoked in between */
    Optional<Agent> update(Agent changed) {
        Update update = Update.update("name", changed.name())
                .set("status", changed.status().wire());
        return modify(
                changed,
                changed.description() == null
                        ? update.unset("description")
                        : update.set("description", changed.description()));
    }

    /** Gives the agent another key. @return empty when it was revoked in between */
    Optional<Agent> rotate(Agent agent, String hash, String prefix) {
        return modify(agent, Update.update("keyHash", hash).set("keyPrefix", prefix));
    }

    /** @return empty when it was revoked before */
    Optional<Agent> revoke(Agent agent, Instant at) {
        return modify(agent, Update.update("status", AgentStatus.REVOKED.wire()).set("revokedAt", at));
    }

    private Optional<Agent> modify(Agent agent, Update update) {
        Criteria living = where("_id")
                .is(AgentDocument.key(agent.organization(), agent.id()))
                .and("status")
                .ne(AgentStatus.REVOKED.wire());
        AgentDocument changed = mongo.findAndModify(
                query(living), update, FindAndModifyOptions.options().returnNew(true), AgentDocument.class);
        return Optional.ofNullable(changed).map(AgentDocument::toAgent);
    }
}
