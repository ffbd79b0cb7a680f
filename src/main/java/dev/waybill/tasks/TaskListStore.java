package dev.waybill.tasks;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Pages of tasks out of MongoDB. */
@Component
class TaskListStore implements TaskPages {

    private static final String BUCKET_ID = "additional_data.bucket_id";

    private final MongoPages pages;
    private final MongoOperations mongo;

    TaskListStore(MongoPages pages, MongoOperations mongo) {
        this.pages = pages;
        this.mongo = mongo;
    }

    @Override
    public Page<Task> page(
            OrganizationId organization,
            @Nullable Collection<NamespaceId> namespaces,
            @Nullable Collection<String> buckets,
            ListQuery query) {
        Criteria within = where("organization_id").is(organization.value());
        if (namespaces != null) {
            within = within.and("namespace_id")
                    .in(namespaces.stream().map(NamespaceId::value).toList());
        }
        if (buckets != null) {
            within = within.and(BUCKET_ID).in(buckets);
        }
        return pages.find(TaskEntity.class, within, query, FIELDS).map(TaskEntity::toTask);
    }

    @Override
    public List<NamespaceId> namespaces(OrganizationId organization) {
        return distinct("namespace_id", where("organization_id").is(organization.value()))
                .map(NamespaceId::new)
                .toList();
    }

    @Override
    public List<String> buckets(OrganizationId organization, NamespaceId namespace) {
        Criteria own = where("organization_id")
                .is(organization.value())
                .and("namespace_id")
                .is(namespace.value());
        return distinct(BUCKET_ID, own).toList();
    }

    private Stream<String> distinct(String field, Criteria which) {
        return mongo.findDistinct(new Query(which), field, TaskEntity.class, String.class).stream()
                .filter(Objects::nonNull);
    }
}
