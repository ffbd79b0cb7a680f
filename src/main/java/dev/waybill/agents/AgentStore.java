package dev.waybill.agents;

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
import org.jspecify.annotations.Nullable;
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

    boolean insert(AgentEntity agent) {
        return MongoWrites.insert(mongo, agent);
    }

    /** The agent of a secret, whatever its status. The only query without an organization: it determines it. */
    Optional<AgentEntity> findByHash(String hash) {
        return Optional.ofNullable(mongo.findOne(query(where("keyHash").is(hash)), AgentEntity.class));
    }

    Optional<AgentEntity> find(OrganizationId organization, AgentId id) {
        return Optional.ofNullable(mongo.findById(organization.key(id.value()), AgentEntity.class));
    }

    /** Which of these the organization has. */
    Set<AgentId> existing(OrganizationId organization, Collection<AgentId> ids) {
        List<String> keys = ids.stream().map(id -> organization.key(id.value())).toList();
        return mongo.find(query(where("_id").in(keys)), AgentEntity.class).stream()
                .map(AgentEntity::agentId)
                .collect(Collectors.toSet());
    }

    Page<AgentEntity> list(OrganizationId organization, ListQuery query, Fields fields) {
        return pages.find(AgentEntity.class, where("organizationId").is(organization.value()), query, fields);
    }

    /** Sets what callers may change of an agent. @return empty when it was revoked in between */
    Optional<AgentEntity> update(AgentEntity agent, String name, @Nullable String description, String status) {
        Update update = Update.update("name", name).set("status", status);
        return modify(
                agent, description == null ? update.unset("description") : update.set("description", description));
    }

    /** Gives the agent another key. @return empty when it was revoked in between */
    Optional<AgentEntity> rotate(AgentEntity agent, String hash, String prefix) {
        return modify(agent, Update.update("keyHash", hash).set("keyPrefix", prefix));
    }

    /** @return empty when it was revoked before */
    Optional<AgentEntity> revoke(AgentEntity agent, Instant at) {
        return modify(agent, Update.update("status", AgentStatus.REVOKED.wire()).set("revokedAt", at));
    }

    private Optional<AgentEntity> modify(AgentEntity agent, Update update) {
        Criteria living = where("_id").is(agent.key()).and("status").ne(AgentStatus.REVOKED.wire());
        return Optional.ofNullable(mongo.findAndModify(
                query(living), update, FindAndModifyOptions.options().returnNew(true), AgentEntity.class));
    }
}
