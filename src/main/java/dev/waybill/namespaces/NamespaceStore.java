package dev.waybill.namespaces;

import dev.waybill.deletions.Deletable;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Repository of namespaces in MongoDB. Namespaces that are being deleted are found by the deletion itself only. */
@Component
class NamespaceStore {

    /** Sums over a list. */
    record Summary(List<NamespaceId> namespaces, long extractors, long indexes) {}

    private final MongoOperations mongo;
    private final MongoPages pages;

    NamespaceStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /** @return false when the organization has a namespace of that name */
    boolean insert(NamespaceEntity namespace) {
        try {
            mongo.insert(namespace);
            return true;
        } catch (DuplicateKeyException taken) {
            return false;
        }
    }

    Optional<NamespaceEntity> find(OrganizationId organization, String identifier) {
        String field = identifier.startsWith("ns_") ? "_id" : "namespace_name";
        Query query = Query.query(living(organization).and(field).is(identifier));
        return Optional.ofNullable(mongo.findOne(query, NamespaceEntity.class));
    }

    /** All namespaces of an organization, in the order of their ids. */
    List<NamespaceId> ids(OrganizationId organization) {
        return ids(Query.query(living(organization)).with(Sort.by("_id")));
    }

    /** As {@link #ids}, in no order, with those that are being deleted. */
    List<NamespaceId> allIds(OrganizationId organization) {
        return ids(Query.query(Criteria.where("organization_id").is(organization.value())));
    }

    private List<NamespaceId> ids(Query query) {
        query.fields().include("_id");
        return mongo.find(query, Document.class, NamespaceEntity.COLLECTION).stream()
                .map(row -> new NamespaceId(row.getString("_id")))
                .toList();
    }

    Page<NamespaceEntity> page(OrganizationId organization, ListQuery query) {
        return pages.find(NamespaceEntity.class, living(organization), query, ListNamespacesRequest.FIELDS);
    }

    /** Sums over all matches of a list, whatever its page. */
    Summary summary(OrganizationId organization, ListQuery query) {
        Document sizes = new Document("extractors", new Document("$size", "$feature_extractors"))
                .append(
                        "indexes",
                        new Document("$size", new Document("$ifNull", List.of("$payload_indexes", List.of()))));
        Aggregation aggregation = Aggregation.newAggregation(
                Aggregation.match(pages.criteria(living(organization), query, ListNamespacesRequest.FIELDS)),
                context -> new Document("$project", sizes));
        List<NamespaceId> ids = new ArrayList<>();
        long extractors = 0;
        long indexes = 0;
        for (Document row : mongo.aggregate(aggregation, NamespaceEntity.COLLECTION, Document.class)) {
            ids.add(new NamespaceId(row.getString("_id")));
            extractors += row.getInteger("extractors");
            indexes += row.getInteger("indexes");
        }
        return new Summary(ids, extractors, indexes);
    }

    /**
     * @return the namespace as it is now; empty when it is gone
     * @throws DuplicateKeyException when the new name is taken
     */
    Optional<NamespaceEntity> change(Scope scope, NamespaceChange change, Instant now) {
        Update update = new Update().set("updated_at", now);
        if (change.name() != null) {
            update.set("namespace_name", change.name());
        }
        if (change.description().given()) {
            update.set("description", change.description().value());
        }
        if (change.payloadIndexes().given()) {
            update.set("payload_indexes", change.payloadIndexes().value());
        }
        if (change.autoCreateIndexes() != null) {
            update.set("auto_create_indexes", change.autoCreateIndexes());
        }
        if (change.infrastructure().given()) {
            update.set("infrastructure", change.infrastructure().value());
        }
        return Optional.ofNullable(mongo.findAndModify(
                Query.query(living(scope)),
                update,
                FindAndModifyOptions.options().returnNew(true),
                NamespaceEntity.class));
    }

    private static Criteria living(OrganizationId organization) {
        return Criteria.where("organization_id")
                .is(organization.value())
                .and(Deletable.MARK)
                .is(null);
    }

    private static Criteria living(Scope scope) {
        return living(scope.organization()).and("_id").is(scope.namespace().value());
    }
}
