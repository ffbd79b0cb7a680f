package dev.waybill.projects;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.agents.Agent;
import dev.waybill.agents.AgentId;
import dev.waybill.deletions.Deletable;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Optional;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Projects in the collection {@code projects}. One that is being deleted is found only by its deletion. */
@Component
class ProjectStore {

    private final MongoOperations mongo;
    private final MongoPages pages;

    ProjectStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    boolean insert(ProjectEntity project) {
        return MongoWrites.insert(mongo, project);
    }

    Optional<ProjectEntity> find(OrganizationId organization, ProjectId id) {
        return Optional.ofNullable(mongo.findOne(query(living(organization.key(id.value()))), ProjectEntity.class));
    }

    Page<ProjectEntity> list(OrganizationId organization, ListQuery query, Fields fields) {
        return pages.find(ProjectEntity.class, within(organization), query, fields);
    }

    /** Those that take submissions of an agent now. */
    Page<ProjectEntity> openFor(Agent agent, Instant now, ListQuery query, Fields fields) {
        Criteria invited = new Criteria()
                .orOperator(
                        where("agentIds").size(0),
                        where("agentIds").is(agent.id().value()));
        Criteria inTime = new Criteria()
                .orOperator(where("deadline").is(null), where("deadline").gt(now));
        Criteria open = within(agent.organization())
                .and("status")
                .is(ProjectStatus.OPEN.wire())
                .andOperator(invited, inTime);
        return pages.find(ProjectEntity.class, open, query, fields);
    }

    /** Sets what callers may change of a project. @return false when it is gone */
    boolean update(ProjectEntity changed) {
        Update update = Update.update("name", changed.name())
                .set("prompt", changed.prompt())
                .set("acceptedTypes", changed.acceptedTypes())
                .set("maxFileSizeBytes", changed.maxFileSizeBytes())
                .set("agentIds", changed.agentIds().stream().map(AgentId::value).toList())
                .set("status", changed.status())
                .set("updatedAt", changed.updatedAt());
        if (changed.deadline() == null) {
            update.unset("deadline");
        } else {
            update.set("deadline", changed.deadline());
        }
        return mongo.updateFirst(query(living(changed.key())), update, ProjectEntity.class)
                        .getMatchedCount()
                == 1;
    }

    private static Criteria within(OrganizationId organization) {
        return where("organizationId")
                .is(organization.value())
                .and(Deletable.MARK)
                .is(null);
    }

    private static Criteria living(String key) {
        return where("_id").is(key).and(Deletable.MARK).is(null);
    }
}
