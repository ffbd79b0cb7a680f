package dev.waybill.namespaces;

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

/** Namespaces in MongoDB. Those that are being deleted are not there for anybody but the deletion itself. */
@Component
class NamespaceStore {

    /** Sums over a list. */
    record Summary(List<NamespaceId> namespaces, long extractors, long indexes) {}

    /** A namespace that is being deleted. */
    record Marked(Namespace namespace, Deletion deletion) {}

    private final MongoOperations mongo;
    private final MongoPages pages;

    NamespaceStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /** @return false when the organization has a namespace of that name */
    boolean insert(Namespace namespace) {
        try {
            mongo.insert(NamespaceDocument.of(namespace));
            return true;
        } catch (DuplicateKeyException taken) {
            return false;
        }
    }

    Optional<Namespace> find(OrganizationId organization, String identifier) {
        String field = identifier.startsWith("ns_") ? "_id" : "namespace_name";
        Query query = Query.query(living(organization).and(field).is(identifier));
        return Optional.ofNullable(mongo.findOne(query, NamespaceDocument.class))
                .map(NamespaceDocument::toNamespace);
    }

    /** All of an organization's, in the order of their ids. */
    List<NamespaceId> ids(OrganizationId organization) {
        Query query = Query.query(living(organization)).with(Sort.by("_id"));
        query.fields().include("_id");
        return mongo.find(query, Document.class, "namespaces").stream()
                .map(row -> new NamespaceId(row.getString("_id")))
                .toList();
    }

    Page<Namespace> page(OrganizationId organization, ListQuery query) {
        return pages.find(NamespaceDocument.class, living(organization), query, NamespaceFields.ALL)
                .map(NamespaceDocument::toNamespace);
    }

    /** Sums over all rows of a list, whatever its page. */
    Summary summary(OrganizationId organization, ListQuery query) {
        Document sizes = new Document("extractors", new Document("$size", "$feature_extractors"))
                .append(
                        "indexes",
                        new Document("$size", new Document("$ifNull", List.of("$payload_indexes", List.of()))));
        Aggregation aggregation = Aggregation.newAggregation(
                Aggregation.match(pages.criteria(living(organization), query, NamespaceFields.ALL)),
                context -> new Document("$project", sizes));
        List<NamespaceId> ids = new ArrayList<>();
        long extractors = 0;
        long indexes = 0;
        for (Document row : mongo.aggregate(aggregation, "namespaces", Document.class)) {
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
    Optional<Namespace> change(Scope scope, NamespaceChange change, Instant now) {
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
                        NamespaceDocument.class))
                .map(NamespaceDocument::toNamespace);
    }

    /**
     * Marks a namespace as being deleted, and frees its name.
     *
     * @return false when another call did so before
     */
    boolean mark(Scope scope, Deletion deletion) {
        Update update = new Update()
                .set("deletion", deletion)
                .set("namespace_name", "~" + scope.namespace().value());
        return mongo.updateFirst(Query.query(living(scope)), update, NamespaceDocument.class)
                        .getModifiedCount()
                > 0;
    }

    /** A namespace that is being deleted. */
    Optional<Marked> findMarked(Scope scope) {
        Query query = Query.query(any(scope).and("deletion").ne(null));
        return Optional.ofNullable(mongo.findOne(query, NamespaceDocument.class))
                .flatMap(NamespaceStore::marked);
    }

    /** Deletions of all organizations that somebody should look after; only the periodic job asks. */
    List<Marked> due(Instant now, int max) {
        Query query = Query.query(Criteria.where("deletion.check_at").lte(now))
                .with(Sort.by("deletion.check_at"))
                .limit(max);
        return mongo.find(query, NamespaceDocument.class).stream()
                .flatMap(document -> marked(document).stream())
                .toList();
    }

    /** @return false when somebody else wrote to the mark in between */
    boolean advance(Scope scope, Deletion from, Deletion to) {
        Query query = Query.query(any(scope)
                .and("deletion.task_id")
                .is(from.taskId())
                .and("deletion.check_at")
                .is(from.checkAt()));
        return mongo.updateFirst(query, new Update().set("deletion", to), NamespaceDocument.class)
                        .getMatchedCount()
                > 0;
    }

    /** Turns the mark into a tombstone, whatever the mark says by now. */
    void bury(Scope scope, Deletion tombstone) {
        mongo.updateFirst(
                Query.query(any(scope).and("deletion").ne(null)),
                new Update().set("deletion", tombstone),
                NamespaceDocument.class);
    }

    /** Removes the document of a namespace that is being deleted. */
    void remove(Scope scope) {
        mongo.remove(Query.query(any(scope).and("deletion").ne(null)), NamespaceDocument.class);
    }

    private static Optional<Marked> marked(NamespaceDocument document) {
        return Optional.ofNullable(document.deletion()).map(deletion -> new Marked(document.toNamespace(), deletion));
    }

    private static Criteria living(OrganizationId organization) {
        return Criteria.where("organization_id")
                .is(organization.value())
                .and("deletion")
                .is(null);
    }

    private static Criteria living(Scope scope) {
        return living(scope.organization()).and("_id").is(scope.namespace().value());
    }

    private static Criteria any(Scope scope) {
        return Criteria.where("_id")
                .is(scope.namespace().value())
                .and("organization_id")
                .is(scope.organization().value());
    }
}
