package dev.waybill.collections;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.Deletable;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

/** Stores collections in MongoDB. One that is being deleted is found by the deletion only. */
@Component
class CollectionStore {

    private final MongoOperations mongo;
    private final MongoPages pages;

    CollectionStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /** @return false when the namespace has a collection of that name */
    boolean insert(DocumentCollection collection) {
        return MongoWrites.insert(mongo, CollectionEntity.of(collection));
    }

    Optional<DocumentCollection> find(Scope scope, String identifier) {
        Criteria which = identifier.startsWith(CollectionId.PREFIX)
                ? living(scope).and("_id").is(scope.key(identifier))
                : living(scope).and("collection_name").is(identifier);
        return Optional.ofNullable(mongo.findOne(query(which), CollectionEntity.class))
                .map(CollectionEntity::toCollection);
    }

    /** Those that read the bucket, or read what reads it, the lowest tiers first. */
    List<DocumentCollection> over(Scope scope, BucketId bucket) {
        return read(
                living(scope).and("bucket_id").is(bucket.value()),
                Sort.by("depth").and(Sort.by("_id")));
    }

    /** Those that read another one's documents. */
    List<DocumentCollection> readersOf(Scope scope, CollectionId parent) {
        return read(living(scope).and("parent_id").is(parent.value()), Sort.by("_id"));
    }

    /** Which of these exist. */
    Set<CollectionId> living(Scope scope, Collection<CollectionId> ids) {
        List<String> keys = ids.stream().map(id -> scope.key(id.value())).toList();
        return read(living(scope).and("_id").in(keys), Sort.unsorted()).stream()
                .map(DocumentCollection::id)
                .collect(Collectors.toSet());
    }

    Page<DocumentCollection> page(Scope scope, ListQuery query, Fields fields) {
        return pages.find(CollectionEntity.class, living(scope), query, fields).map(CollectionEntity::toCollection);
    }

    /** The buckets that collections of the namespace read. */
    List<BucketId> buckets(Scope scope) {
        return mongo.findDistinct(query(living(scope)), "bucket_id", CollectionEntity.class, String.class).stream()
                .map(BucketId::new)
                .toList();
    }

    /** @param bucket null for all of the namespace's */
    long removeAll(Scope scope, @Nullable BucketId bucket) {
        Criteria which =
                bucket == null ? all(scope) : all(scope).and("bucket_id").is(bucket.value());
        return mongo.remove(query(which), CollectionEntity.class).getDeletedCount();
    }

    /** How many there are, by the ids of the namespaces that have any. */
    Map<String, Long> count(Collection<NamespaceId> namespaces) {
        Criteria living =
                ExtractedDocumentStore.inAny(namespaces).and(Deletable.MARK).is(null);
        return ExtractedDocumentStore.counts(mongo, CollectionEntity.class, living, "namespace_id");
    }

    private List<DocumentCollection> read(Criteria criteria, Sort sort) {
        return mongo.find(query(criteria).with(sort), CollectionEntity.class).stream()
                .map(CollectionEntity::toCollection)
                .toList();
    }

    private static Criteria all(Scope scope) {
        return where("namespace_id").is(scope.namespace().value());
    }

    private static Criteria living(Scope scope) {
        return all(scope).and(Deletable.MARK).is(null);
    }
}
