package dev.waybill.submissions;

import static org.springframework.data.mongodb.core.aggregation.Aggregation.group;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.match;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.newAggregation;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.agents.AgentId;
import dev.waybill.blobs.BlobOwner;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.projects.Project;
import dev.waybill.projects.ProjectId;
import dev.waybill.quotas.StoredFiles;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * Submissions in the collection {@code submissions}. Every change is a conditional write that replaces a revision by
 * the next one, and returns whether it happened: of any number of instances that try at once, one wins.
 */
@Component
class SubmissionStore implements BlobOwner {

    private final MongoOperations mongo;
    private final MongoPages pages;

    SubmissionStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    void insert(SubmissionEntity submission) {
        mongo.insert(submission);
    }

    Optional<SubmissionEntity> find(Project project, SubmissionId id) {
        String key = project.organizationId().key(id.value());
        return Optional.ofNullable(mongo.findById(key, SubmissionEntity.class))
                .filter(found -> found.projectId().equals(project.projectId()));
    }

    /**
     * Writes a changed submission over the revision that it was made of.
     *
     * @param changed by one change
     * @return the submission as it is now; empty when another caller changed or removed it
     */
    Optional<SubmissionEntity> replace(SubmissionEntity changed) {
        Criteria unchanged = where("_id").is(changed.key()).and("revision").is(changed.revision() - 1);
        return Optional.ofNullable(mongo.findAndReplace(query(unchanged), changed))
                .map(replaced -> changed);
    }

    /** Whether it is unchanged since it was read. */
    boolean isCurrent(SubmissionEntity read) {
        Criteria same = where("_id").is(read.key()).and("revision").is(read.revision());
        return mongo.exists(query(same), SubmissionEntity.class);
    }

    @Override
    public Set<ObjectKey> owned(String organization, Collection<ObjectKey> keys) {
        Criteria naming = where("organizationId")
                .is(organization)
                .and("media.s3Key")
                .in(keys.stream().map(ObjectKey::value).toList());
        return read(query(naming)).stream()
                .flatMap(found -> found.keys().stream())
                .collect(Collectors.toSet());
    }

    /** Those whose file was verified. */
    @Override
    public List<Named> page(String organization, @Nullable String after, int max) {
        // Bounded above, as the ids of the next organization follow.
        Criteria naming = where("organizationId")
                .is(organization)
                .and("_id")
                .gt(organization + "/" + (after == null ? "" : after))
                .lt(organization + "0")
                .and("media.status")
                .is(MediaStatus.COMPLETED.wire());
        return read(query(naming).with(Sort.by("_id")).limit(max)).stream()
                .flatMap(found -> found.keys().stream()
                        .map(key -> new Named(found.submissionId().value(), key)))
                .toList();
    }

    /** @param agent null for those of all agents */
    Page<SubmissionEntity> list(Project project, @Nullable AgentId agent, ListQuery query, Fields fields) {
        Criteria within = in(project.organizationId(), project.projectId());
        if (agent != null) {
            within.and("agentId").is(agent.value());
        }
        return pages.find(SubmissionEntity.class, within, query, fields);
    }

    /** Those that are due for the periodic job; of all tenants. */
    List<SubmissionEntity> due(Instant now, int max) {
        return read(query(where("sweepAt").lte(now)).with(Sort.by("sweepAt")).limit(max));
    }

    /** What the files of an organization's submissions take: used where they were verified, else reserved. */
    StoredFiles.Sum stored(OrganizationId organization) {
        Aggregation sums = newAggregation(
                match(where("organization_id")
                        .is(organization.value())
                        .and("media.s3_key")
                        .exists(true)),
                group("media.status").sum("media.file_size_bytes").as("bytes"));
        StoredFiles.Sum sum = StoredFiles.Sum.NONE;
        for (Document row : mongo.aggregate(sums, SubmissionEntity.class, Document.class)) {
            long bytes = row.get("bytes", Number.class).longValue();
            boolean verified = MediaStatus.COMPLETED.wire().equals(row.getString("_id"));
            sum = sum.plus(verified ? new StoredFiles.Sum(bytes, 0) : new StoredFiles.Sum(0, bytes));
        }
        return sum;
    }

    /** Some submissions of a project, for purging. */
    List<SubmissionEntity> some(OrganizationId organization, ProjectId project, int max) {
        return read(query(in(organization, project)).limit(max));
    }

    /** Removes the documents themselves. */
    void removeAll(Collection<SubmissionEntity> submissions) {
        List<String> keys = submissions.stream().map(SubmissionEntity::key).toList();
        mongo.remove(query(where("_id").in(keys)), SubmissionEntity.class);
    }

    private List<SubmissionEntity> read(Query query) {
        return mongo.find(query, SubmissionEntity.class);
    }

    private static Criteria in(OrganizationId organization, ProjectId project) {
        return where("organizationId").is(organization.value()).and("projectId").is(project.value());
    }
}
