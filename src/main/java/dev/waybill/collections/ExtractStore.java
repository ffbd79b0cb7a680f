package dev.waybill.collections;

import static org.springframework.data.mongodb.core.aggregation.Aggregation.group;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.match;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.newAggregation;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.FindAndReplaceOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Documents in MongoDB. Their ids are derived, so writing one again replaces it. */
@Component
class ExtractStore {

    private final MongoOperations mongo;
    private final MongoPages pages;

    ExtractStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /** Writes them in one round trip. */
    void replaceAll(Collection<Extract> extracts) {
        if (extracts.isEmpty()) {
            return;
        }
        var bulk = mongo.bulkOps(BulkMode.UNORDERED, ExtractDocument.class);
        for (Extract extract : extracts) {
            ExtractDocument document = ExtractDocument.of(extract);
            bulk.replaceOne(
                    query(where("_id").is(document.key())),
                    document,
                    FindAndReplaceOptions.options().upsert());
        }
        bulk.execute();
    }

    Optional<Extract> find(Scope scope, CollectionId collection, DocumentId id) {
        return Optional.ofNullable(mongo.findById(scope.key(id.value()), ExtractDocument.class))
                .map(ExtractDocument::toExtract)
                .filter(extract -> collection.equals(extract.collection()));
    }

    Page<Extract> page(Scope scope, CollectionId collection, ListQuery query, Fields fields) {
        return pages.find(ExtractDocument.class, madeBy(scope, collection.value()), query, fields)
                .map(ExtractDocument::toExtract);
    }

    /** @param collections none for all of them, and those without a collection too */
    Page<Extract> page(
            Scope scope, ObjectId object, Collection<CollectionId> collections, ListQuery query, Fields fields) {
        Criteria within = ofObject(scope, object);
        if (!collections.isEmpty()) {
            within = within.and("origin")
                    .in(collections.stream().map(CollectionId::value).toList());
        }
        return pages.find(ExtractDocument.class, within, query, fields).map(ExtractDocument::toExtract);
    }

    /** How many documents each origin made of an object. */
    Map<String, Long> countByOrigin(Scope scope, ObjectId object) {
        return counts(mongo, ExtractDocument.class, ofObject(scope, object), "origin");
    }

    /** The ids of an origin's documents of an object, up to {@code max}. */
    List<String> ids(Scope scope, ObjectId object, String origin, int max) {
        Query query = query(ofObject(scope, object).and("origin").is(origin))
                .with(Sort.by("_id"))
                .limit(max);
        query.fields().include("document_id");
        return mongo.find(query, Document.class, ExtractDocument.COLLECTION).stream()
                .map(row -> row.getString("document_id"))
                .toList();
    }

    /** The next documents of an object in a collection, by their ids. */
    List<Extract> after(Scope scope, CollectionId collection, ObjectId object, @Nullable DocumentId last, int max) {
        Criteria criteria = ofObject(scope, object).and("origin").is(collection.value());
        if (last != null) {
            criteria = criteria.and("_id").gt(scope.key(last.value()));
        }
        Query next = query(criteria).with(Sort.by("_id")).limit(max);
        return mongo.find(next, ExtractDocument.class).stream()
                .map(ExtractDocument::toExtract)
                .toList();
    }

    /** Removes what an earlier run read out of a source beyond the first {@code count} documents. */
    void removeBeyond(Origin origin, ObjectId object, String source, int count) {
        mongo.remove(
                query(made(origin, object)
                        .and("source_id")
                        .is(source)
                        .and("document_index")
                        .gte(count)),
                ExtractDocument.class);
    }

    /** Removes what an earlier run read out of sources that are none any more, in a range of their ids. */
    void removeOthers(
            Origin origin, ObjectId object, Collection<String> sources, @Nullable String after, @Nullable String upTo) {
        Criteria others = made(origin, object).and("source_id").nin(sources);
        if (after != null) {
            others = others.gt(after);
        }
        if (upTo != null) {
            others = others.lte(upTo);
        }
        mongo.remove(query(others), ExtractDocument.class);
    }

    /** Removes all documents of an object. */
    void removeAll(Scope scope, ObjectId object) {
        mongo.remove(query(ofObject(scope, object)), ExtractDocument.class);
    }

    /**
     * Removes up to {@code max} documents, and says how many.
     *
     * @param bucket null for all of the namespace's
     * @param origin null for those of any
     */
    int removeSome(Scope scope, @Nullable BucketId bucket, @Nullable String origin, int max) {
        Criteria criteria = origin == null ? all(scope) : madeBy(scope, origin);
        if (bucket != null) {
            criteria = criteria.and("bucket_id").is(bucket.value());
        }
        Query some = query(criteria).limit(max);
        some.fields().include("_id");
        List<Object> keys = mongo.find(some, Document.class, ExtractDocument.COLLECTION).stream()
                .map(row -> row.get("_id"))
                .toList();
        if (!keys.isEmpty()) {
            mongo.remove(query(where("_id").in(keys)), ExtractDocument.class);
        }
        return keys.size();
    }

    /** How many there are, by the ids of the namespaces that have any. */
    Map<String, Long> count(Collection<NamespaceId> namespaces) {
        return counts(mongo, ExtractDocument.class, inAny(namespaces), "namespace_id");
    }

    static Criteria inAny(Collection<NamespaceId> namespaces) {
        return where("namespace_id")
                .in(namespaces.stream().map(NamespaceId::value).toList());
    }

    /** How many documents of a type there are for each value of a field. */
    static Map<String, Long> counts(MongoOperations mongo, Class<?> type, Criteria which, String field) {
        var counting = newAggregation(match(which), group(field).count().as("count"));
        Map<String, Long> counts = new HashMap<>();
        for (Document row : mongo.aggregate(counting, mongo.getCollectionName(type), Document.class)) {
            counts.put(row.getString("_id"), row.get("count") instanceof Number number ? number.longValue() : 0L);
        }
        return counts;
    }

    private static Criteria made(Origin origin, ObjectId object) {
        return ofObject(origin.scope(), object).and("origin").is(origin.value());
    }

    private static Criteria madeBy(Scope scope, String origin) {
        return all(scope).and("origin").is(origin);
    }

    private static Criteria ofObject(Scope scope, ObjectId object) {
        return all(scope).and("object_id").is(object.value());
    }

    private static Criteria all(Scope scope) {
        return where("namespace_id").is(scope.namespace().value());
    }
}
