package dev.waybill.buckets;

import dev.waybill.deletions.Deletable;
import dev.waybill.namespaces.NamespaceUsage;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** MongoDB repository of buckets. Those that are being deleted are found by the deletion itself only. */
@Component
class BucketStore {

    private final MongoOperations mongo;
    private final MongoPages pages;

    BucketStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /** @return false when the namespace has a bucket of that name */
    boolean insertIfAbsent(Bucket bucket) {
        try {
            mongo.insert(BucketEntity.of(bucket));
            return true;
        } catch (DuplicateKeyException taken) {
            return false;
        }
    }

    Optional<Bucket> find(Scope scope, String identifier) {
        Criteria criteria = identifier.startsWith("bkt_")
                ? living(scope).and("_id").is(scope.key(identifier))
                : living(scope).and("bucket_name").is(identifier);
        return Optional.ofNullable(mongo.findOne(Query.query(criteria), BucketEntity.class))
                .map(BucketEntity::toBucket);
    }

    Page<Bucket> page(Scope scope, ListQuery query) {
        return pages.find(BucketEntity.class, living(scope), query, ListBucketsRequest.FIELDS)
                .map(BucketEntity::toBucket);
    }

    /** Sums over all buckets that match, not only those of the page. */
    BucketListStats stats(Scope scope, ListQuery query) {
        Document sums = new Document("_id", null)
                .append("buckets", new Document("$sum", 1))
                .append("objects", new Document("$sum", "$object_count"))
                .append("bytes", new Document("$sum", "$total_size_bytes"));
        return grouped(pages.criteria(living(scope), query, ListBucketsRequest.FIELDS), sums).stream()
                .findFirst()
                .map(row -> BucketListStats.of(number(row, "buckets"), number(row, "objects"), number(row, "bytes")))
                .orElseGet(() -> BucketListStats.of(0, 0, 0));
    }

    /** The number of buckets and of objects per namespace. */
    Map<NamespaceId, NamespaceUsage.Counts> count(OrganizationId organization, Collection<NamespaceId> namespaces) {
        Criteria criteria = living(organization)
                .and("namespace_id")
                .in(namespaces.stream().map(NamespaceId::value).toList());
        Document sums = new Document("_id", "$namespace_id")
                .append("buckets", new Document("$sum", 1))
                .append("objects", new Document("$sum", "$object_count"));
        Map<NamespaceId, NamespaceUsage.Counts> counts = new HashMap<>();
        for (Document row : grouped(criteria, sums)) {
            counts.put(
                    new NamespaceId(row.getString("_id")),
                    new NamespaceUsage.Counts(number(row, "buckets"), number(row, "objects"), 0, 0));
        }
        return counts;
    }

    /**
     * @return the bucket as it is now; empty when it is gone
     * @throws DuplicateKeyException when the new name is taken
     */
    Optional<Bucket> update(Scope scope, BucketId id, BucketChange change, Instant now) {
        Update update = new Update().set("updated_at", now);
        if (change.name() != null) {
            update.set("bucket_name", change.name());
        }
        if (change.description().given()) {
            update.set("description", change.description().value());
        }
        if (change.metadata().given()) {
            Map<String, Object> metadata = change.metadata().value();
            update.set("metadata", metadata == null ? Map.of() : metadata);
        }
        return Optional.ofNullable(mongo.findAndModify(
                        Query.query(living(scope).and("_id").is(scope.key(id.value()))),
                        update,
                        FindAndModifyOptions.options().returnNew(true),
                        BucketEntity.class))
                .map(BucketEntity::toBucket);
    }

    /** Stores counters unless newer ones are stored. */
    void recordUsage(Scope scope, BucketId id, BucketUsage usage, Instant computedAt) {
        Query query = Query.query(any(scope, id)
                .orOperator(
                        Criteria.where("stats_updated_at").is(null),
                        Criteria.where("stats_updated_at").lte(computedAt)));
        Update update = new Update()
                .set("object_count", usage.objectCount())
                .set("total_size_bytes", usage.totalSizeBytes())
                .set("max_size_bytes", usage.maxSizeBytes())
                .set("min_size_bytes", usage.minSizeBytes())
                .set("last_upload_at", usage.lastUploadAt())
                .set("stats_updated_at", computedAt);
        mongo.updateFirst(query, update, BucketEntity.class);
    }

    /** Those without a document, not even a flagged one; across all tenants, for the periodic job. */
    Set<Buckets.BucketRef> absent(Collection<Buckets.BucketRef> buckets) {
        Map<String, Buckets.BucketRef> byKey = new HashMap<>();
        buckets.forEach(ref -> byKey.put(ref.scope().key(ref.bucket().value()), ref));
        Query existing = Query.query(Criteria.where("namespace_id")
                .in(buckets.stream()
                        .map(ref -> ref.scope().namespace().value())
                        .distinct()
                        .toList())
                .and("_id")
                .in(byKey.keySet()));
        existing.fields().include("_id");
        mongo.find(existing, Document.class, BucketEntity.COLLECTION)
                .forEach(found -> byKey.remove(found.getString("_id")));
        return Set.copyOf(byKey.values());
    }

    /** A page of the buckets of a namespace, in the order of their ids. */
    List<Bucket> pageById(Scope scope, @Nullable BucketId after, int max) {
        Criteria criteria = living(scope);
        if (after != null) {
            criteria = criteria.and("_id").gt(scope.key(after.value()));
        }
        return mongo.find(Query.query(criteria).with(Sort.by("_id")).limit(max), BucketEntity.class).stream()
                .map(BucketEntity::toBucket)
                .toList();
    }

    /** Whether the namespace has any bucket, those being deleted included. */
    boolean existsAny(Scope scope) {
        return mongo.exists(
                Query.query(Criteria.where("namespace_id").is(scope.namespace().value())), BucketEntity.class);
    }

    private List<Document> grouped(Criteria which, Document group) {
        Aggregation aggregation =
                Aggregation.newAggregation(Aggregation.match(which), context -> new Document("$group", group));
        return mongo.aggregate(aggregation, BucketEntity.COLLECTION, Document.class)
                .getMappedResults();
    }

    private static Criteria living(Scope scope) {
        return living(scope.organization())
                .and("namespace_id")
                .is(scope.namespace().value());
    }

    private static Criteria living(OrganizationId organization) {
        return Criteria.where("organization_id")
                .is(organization.value())
                .and(Deletable.MARK)
                .is(null);
    }

    private static Criteria any(Scope scope, BucketId id) {
        return Criteria.where("_id")
                .is(scope.key(id.value()))
                .and("organization_id")
                .is(scope.organization().value());
    }

    private static long number(Document row, String field) {
        return row.get(field) instanceof Number number ? number.longValue() : 0;
    }
}
