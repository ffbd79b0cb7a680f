package dev.waybill.collections;

import static org.springframework.data.mongodb.core.aggregation.Aggregation.group;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.match;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.newAggregation;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.blobs.BlobOwner;
import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.FindAndReplaceOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * Stores documents in MongoDB. Their ids are derived, so writing one again replaces it. Files are removed before the
 * documents that name them: a crash in between leaves documents by which the next run finds them.
 */
@Component
class ExtractedDocumentStore implements BlobOwner {

    private static final int PAGE = 500;

    private final MongoOperations mongo;
    private final MongoPages pages;
    private final ObjectStorage storage;

    ExtractedDocumentStore(MongoOperations mongo, MongoPages pages, ObjectStorage storage) {
        this.mongo = mongo;
        this.pages = pages;
        this.storage = storage;
    }

    /** Writes them, all of one scope, in one round trip. */
    void replaceAll(Collection<ExtractedDocument> documents) {
        if (documents.isEmpty()) {
            return;
        }
        Scope scope = documents.iterator().next().scope();
        List<String> keys =
                documents.stream().map(each -> scope.key(each.id().value())).toList();
        removeFiles(
                all(scope).and("_id").in(keys),
                documents.stream().flatMap(each -> each.files().stream()).collect(Collectors.toSet()));
        var bulk = mongo.bulkOps(BulkMode.UNORDERED, ExtractedDocumentEntity.class);
        for (ExtractedDocument extracted : documents) {
            ExtractedDocumentEntity document = ExtractedDocumentEntity.of(extracted);
            bulk.replaceOne(
                    query(where("_id").is(document.key())),
                    document,
                    FindAndReplaceOptions.options().upsert());
        }
        bulk.execute();
    }

    Optional<ExtractedDocument> find(Scope scope, CollectionId collection, DocumentId id) {
        return Optional.ofNullable(mongo.findById(scope.key(id.value()), ExtractedDocumentEntity.class))
                .map(ExtractedDocumentEntity::toDocument)
                .filter(extracted -> collection.equals(extracted.collection()));
    }

    Page<ExtractedDocument> page(Scope scope, CollectionId collection, ListQuery query, Fields fields) {
        return pages.find(ExtractedDocumentEntity.class, madeBy(scope, collection.value()), query, fields)
                .map(ExtractedDocumentEntity::toDocument);
    }

    /** @param collections none for all of them, and those without a collection too */
    Page<ExtractedDocument> page(
            Scope scope, ObjectId object, Collection<CollectionId> collections, ListQuery query, Fields fields) {
        Criteria within = ofObject(scope, object);
        if (!collections.isEmpty()) {
            within = within.and("origin")
                    .in(collections.stream().map(CollectionId::value).toList());
        }
        return pages.find(ExtractedDocumentEntity.class, within, query, fields)
                .map(ExtractedDocumentEntity::toDocument);
    }

    /** How many documents each origin made of an object. */
    Map<String, Long> countByOrigin(Scope scope, ObjectId object) {
        return counts(mongo, ExtractedDocumentEntity.class, ofObject(scope, object), "origin");
    }

    /** The ids of an origin's documents of an object, up to {@code max}. */
    List<String> ids(Scope scope, ObjectId object, String documentSource, int max) {
        Query query = query(ofObject(scope, object).and("origin").is(documentSource))
                .with(Sort.by("_id"))
                .limit(max);
        query.fields().include("document_id");
        return mongo.find(query, Document.class, ExtractedDocumentEntity.COLLECTION).stream()
                .map(row -> row.getString("document_id"))
                .toList();
    }

    /** The next page of documents of an object in a collection, by their ids. */
    List<ExtractedDocument> after(
            Scope scope, CollectionId collection, ObjectId object, @Nullable DocumentId last, int max) {
        Criteria criteria = ofObject(scope, object).and("origin").is(collection.value());
        if (last != null) {
            criteria = criteria.and("_id").gt(scope.key(last.value()));
        }
        Query next = query(criteria).with(Sort.by("_id")).limit(max);
        return mongo.find(next, ExtractedDocumentEntity.class).stream()
                .map(ExtractedDocumentEntity::toDocument)
                .toList();
    }

    /** Removes what an earlier run read out of a source beyond the first {@code count} documents. */
    void removeBeyond(DocumentSource documentSource, ObjectId object, String source, int count) {
        removeAll(made(documentSource, object)
                .and("source_id")
                .is(source)
                .and("document_index")
                .gte(count));
    }

    /** Removes what an earlier run read out of sources that no longer exist, in a range of their ids. */
    void removeOthers(
            DocumentSource documentSource,
            ObjectId object,
            Collection<String> sources,
            @Nullable String after,
            @Nullable String upTo) {
        Criteria others = made(documentSource, object).and("source_id").nin(sources);
        if (after != null) {
            others = others.gt(after);
        }
        if (upTo != null) {
            others = others.lte(upTo);
        }
        removeAll(others);
    }

    /** Removes all documents of these objects. */
    void removeAll(Scope scope, Collection<ObjectId> objects) {
        removeAll(all(scope)
                .and("object_id")
                .in(objects.stream().map(ObjectId::value).toList()));
    }

    @Override
    public Set<ObjectKey> owned(String namespace, Collection<ObjectKey> keys) {
        List<String> candidates = keys.stream().map(ObjectKey::value).toList();
        Query naming = query(where("namespace_id").is(namespace).and("files").in(candidates));
        return files(naming).filter(keys::contains).collect(Collectors.toSet());
    }

    @Override
    public List<Named> page(String namespace, @Nullable String after, int max) {
        Query naming = query(where("namespace_id")
                        .is(namespace)
                        .and("_id")
                        .gt(namespace + "/" + (after == null ? "" : after))
                        // Bounded above, as the ids of the next namespace follow.
                        .lt(namespace + "0")
                        .and("files")
                        .exists(true))
                .with(Sort.by("_id"))
                .limit(max);
        naming.fields().include("document_id", "files");
        return mongo.find(naming, Document.class, ExtractedDocumentEntity.COLLECTION).stream()
                .flatMap(row -> files(row).map(key -> new Named(row.getString("document_id"), key)))
                .toList();
    }

    private void removeAll(Criteria which) {
        removeFiles(which, Set.of());
        mongo.remove(query(which), ExtractedDocumentEntity.class);
    }

    /** Each page is queried after the last one, as the documents themselves stay. */
    private void removeFiles(Criteria which, Set<ObjectKey> kept) {
        Document matched = query(which).getQueryObject();
        String last = "";
        while (true) {
            Query next = new BasicQuery(new Document(
                    "$and",
                    List.of(
                            matched,
                            new Document("files", new Document("$exists", true)),
                            new Document("_id", new Document("$gt", last)))));
            next.with(Sort.by("_id")).limit(PAGE);
            next.fields().include("files");
            List<Document> rows = mongo.find(next, Document.class, ExtractedDocumentEntity.COLLECTION);
            List<ObjectKey> keys = rows.stream()
                    .flatMap(ExtractedDocumentStore::files)
                    .filter(key -> !kept.contains(key))
                    .toList();
            if (!keys.isEmpty()) {
                storage.deleteAll(keys);
            }
            if (rows.size() < PAGE) {
                return;
            }
            last = rows.getLast().getString("_id");
        }
    }

    private Stream<ObjectKey> files(Query which) {
        which.fields().include("files");
        return mongo.find(which, Document.class, ExtractedDocumentEntity.COLLECTION).stream()
                .flatMap(ExtractedDocumentStore::files);
    }

    private static Stream<ObjectKey> files(Document row) {
        return row.getList("files", String.class, List.of()).stream().map(ObjectKey::new);
    }

    /**
     * Removes up to {@code max} documents, and returns how many.
     *
     * @param bucket null for all of the namespace's
     * @param documentSource null for those of any
     */
    int removeSome(Scope scope, @Nullable BucketId bucket, @Nullable String documentSource, int max) {
        Criteria criteria = documentSource == null ? all(scope) : madeBy(scope, documentSource);
        if (bucket != null) {
            criteria = criteria.and("bucket_id").is(bucket.value());
        }
        Query some = query(criteria).limit(max);
        some.fields().include("_id");
        List<Object> keys = mongo.find(some, Document.class, ExtractedDocumentEntity.COLLECTION).stream()
                .map(row -> row.get("_id"))
                .toList();
        if (!keys.isEmpty()) {
            removeAll(all(scope).and("_id").in(keys));
        }
        return keys.size();
    }

    /** How many there are, by the ids of the namespaces that have any. */
    Map<String, Long> count(Collection<NamespaceId> namespaces) {
        return counts(mongo, ExtractedDocumentEntity.class, inAny(namespaces), "namespace_id");
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

    private static Criteria made(DocumentSource documentSource, ObjectId object) {
        return ofObject(documentSource.scope(), object).and("origin").is(documentSource.value());
    }

    private static Criteria madeBy(Scope scope, String documentSource) {
        return all(scope).and("origin").is(documentSource);
    }

    private static Criteria ofObject(Scope scope, ObjectId object) {
        return all(scope).and("object_id").is(object.value());
    }

    private static Criteria all(Scope scope) {
        return where("namespace_id").is(scope.namespace().value());
    }
}
