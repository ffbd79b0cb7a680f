package dev.waybill.submissions;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

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

/** Projects in the collection {@code projects}. One that is being deleted is there for nobody but its deletion. */
@Component
class ProjectStore {

    private final MongoOperations mongo;
    private final MongoPages pages;

    ProjectStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    boolean insert(Project project) {
        return MongoWrites.insert(mongo, ProjectDocument.of(project));
    }

    Optional<Project> find(OrganizationId organization, ProjectId id) {
        return Optional.ofNullable(mongo.findOne(query(living(organization, id)), ProjectDocument.class))
                .map(ProjectDocument::toProject);
    }

    Page<Project> list(OrganizationId organization, ListQuery query, Fields fields) {
        return pages.find(ProjectDocument.class, within(organization), query, fields)
                .map(ProjectDocument::toProject);
    }

    /** Those that take submissions of an agent now. */
    Page<Project> openFor(Agent agent, Instant now, ListQuery query, Fields fields) {
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
        return pages.find(ProjectDocument.class, open, query, fields).map(ProjectDocument::toProject);
    }

    /** Sets what callers may change of a project. @return false when it is gone */
    boolean update(Project changed) {
        Update update = Update.update("name", changed.name())
                .set("prompt", changed.prompt())
                .set("acceptedTypes", changed.acceptedTypes())
                .set("maxFileSizeBytes", changed.maxFileSizeBytes())
                .set("agentIds", changed.agents().stream().map(AgentId::value).toList())
                .set("status", changed.status().wire())
                .set("updatedAt", changed.updatedAt());
        if (changed.deadline() == null) {
            update.unset("deadline");
        } else {
            update.set("deadline", changed.deadline());
        }
        return mongo.updateFirst(query(living(changed.organization(), changed.id())), update, ProjectDocument.class)
                        .getMatchedCount()
                == 1;
    }

    private static Criteria within(OrganizationId organization) {
        return where("organizationId")
                .is(organization.value())
                .and(Deletable.MARK)
                .is(null);
    }

    private static Criteria living(OrganizationId organization, ProjectId id) {
        return where("_id")
                .is(ProjectDocument.key(organization, id))
                .and(Deletable.MARK)
                .is(null);
    }
}
