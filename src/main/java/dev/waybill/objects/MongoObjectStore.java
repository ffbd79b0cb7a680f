package dev.waybill.objects;

import static org.springframework.data.mongodb.core.aggregation.Aggregation.group;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.match;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.newAggregation;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.blobs.BlobOwner;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.BucketUsage;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.ObjectRow.Kind;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.aggregation.ArrayOperators;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** MongoDB repository of object rows; their {@code _id} and two unique indexes decide which of two writes wins. */
@Component
class MongoObjectStore implements ObjectStore {

    private final MongoOperations mongo;
    private final MongoPages pages;
    private final MongoWrites writes;
    private final InstantSource clock;

    MongoObjectStore(MongoOperations mongo, MongoPages pages, InstantSource clock) {
        this.mongo = mongo;
        this.writes = new MongoWrites(mongo);
        this.pages = pages;
        this.clock = clock;
    }

    @Override
    public List<WriteOutcome> insertAll(List<ObjectRow> rows) {
        Instant now = clock.instant();
        return writes.insertAll(
                ObjectEntity.class,
                rows.stream().map(row -> ObjectEntity.of(row, now)).toList());
    }

    @Override
    public List<ObjectRow> findByIdsOrKeys(
            Scope scope,
            BucketId bucket,
            Collection<ObjectId> ids,
            Collection<String> dedupeKeys,
            Collection<String> uniqueKeys) {
        List<Criteria> any = new ArrayList<>();
        if (!ids.isEmpty()) {
            any.add(these(scope, ids));
        }
        if (!dedupeKeys.isEmpty()) {
            any.add(in(scope)
                    .and("bucketId")
                    .in(ObjectEntity.partitions(bucket, Kind.OBJECT, Kind.FILE))
                    .and("dedupeKeys")
                    .in(dedupeKeys));
        }
        if (!uniqueKeys.isEmpty()) {
            any.add(within(scope, bucket).and("uniqueKey").in(uniqueKeys));
        }
        return any.isEmpty() ? List.of() : rows(query(in(scope).orOperator(any)));
    }

    @Override
    public WriteOutcome change(ObjectRow before, ObjectRow after) {
        ObjectEntity document = ObjectEntity.of(after, clock.instant());
        Query unchanged = query(one(after.object().scope(), after.id())
                .and("version")
                .is(before.object().version()));
        return writes.update(ObjectEntity.class, unchanged, document.change());
    }

    @Override
    public List<Written> written(Instant from, Instant until, @Nullable Written after, int max) {
        Criteria which =
                where("writtenAt").gte(after == null ? from : after.at()).lte(until);
        if (after != null) {
            String last = after.row().object().scope().key(after.row().id().value());
            which = which.orOperator(
                    where("writtenAt").gt(after.at()), where("_id").gt(last));
        }
        Query query = query(which).with(Sort.by("writtenAt", "_id")).limit(max);
        query.fields().exclude("blobs.data");
        return mongo.find(query, ObjectEntity.class).stream()
                .map(document -> new Written(document.toRow(), document.writtenAt()))
                .toList();
    }

    @Override
    public Optional<ObjectRow> row(Scope scope, ObjectId id) {
        return rows(query(one(scope, id))).stream().findFirst();
    }

    @Override
    public void addDedupeKeys(ObjectRow row, Collection<String> dedupeKeys) {
        BucketObject object = row.object();
        Query unchanged = query(one(object.scope(), object.id()).and("version").is(object.version()));
        writes.update(
                ObjectEntity.class,
                unchanged,
                new Update().addToSet("dedupeKeys").each(dedupeKeys));
    }

    @Override
    public void processed(Scope scope, BucketId bucket, ObjectId id, TaskStatus status, @Nullable String error) {
        Update update = new Update().set("status", status.name());
        Update whole = error == null ? update.unset("error") : update.set("error", error);
        mongo.updateFirst(query(one(scope, id).and("bucketId").is(bucket.value())), whole, ObjectEntity.class);
    }

    @Override
    public Map<ObjectId, BucketId> bucketsOf(Scope scope, Collection<ObjectId> ids) {
        Map<ObjectId, BucketId> buckets = new HashMap<>();
        if (!ids.isEmpty()) {
            Query existing = query(these(scope, ids).and("kind").is(Kind.OBJECT));
            existing.fields().include("object_id", "bucket_id");
            for (Document row : mongo.find(existing, Document.class, ObjectEntity.COLLECTION)) {
                buckets.put(new ObjectId(row.getString("object_id")), new BucketId(row.getString("bucket_id")));
            }
        }
        return buckets;
    }

    @Override
    public Map<ObjectId, Set<String>> hashesOf(Scope scope, Collection<ObjectId> ids) {
        Map<ObjectId, Set<String>> hashes = new HashMap<>();
        if (!ids.isEmpty()) {
            Query blobs = query(these(scope, ids).and("kind").is(Kind.OBJECT));
            blobs.fields().include("object_id", "blobs.sha256");
            for (Document row : mongo.find(blobs, Document.class, ObjectEntity.COLLECTION)) {
                hashes.put(
                        new ObjectId(row.getString("object_id")),
                        row.getList("blobs", Document.class, List.of()).stream()
                                .map(blob -> blob.getString("sha256"))
                                .filter(Objects::nonNull)
                                .collect(Collectors.toSet()));
            }
        }
        return hashes;
    }

    @Override
    public void processingStopped(Scope scope, BucketId bucket, Collection<ObjectId> ids) {
        if (!ids.isEmpty()) {
            mongo.updateMulti(
                    query(these(scope, ids)
                            .and("bucketId")
                            .is(bucket.value())
                            .and("status")
                            .is(TaskStatus.PROCESSING.name())),
                    new Update().set("status", TaskStatus.CANCELED.name()),
                    ObjectEntity.class);
        }
    }

    @Override
    public Set<ObjectKey> owned(String namespace, Collection<ObjectKey> keys) {
        Set<String> wanted = keys.stream().map(ObjectKey::value).collect(Collectors.toSet());
        Query owners = query(where("namespace_id")
                .is(namespace)
                .and("blobs.storage_key")
                .in(wanted)
                .and("kind")
                .in(Kind.OBJECT, Kind.FILE, Kind.INTO));
        owners.fields().include("blobs.storage_key");
        Set<ObjectKey> found = new HashSet<>();
        for (Document row : mongo.find(owners, Document.class, ObjectEntity.COLLECTION)) {
            for (Document blob : row.getList("blobs", Document.class)) {
                String key = blob.getString("storage_key");
                if (key != null && wanted.contains(key)) {
                    found.add(new ObjectKey(key));
                }
            }
        }
        return found;
    }

    @Override
    public List<BlobOwner.Named> page(String namespace, @Nullable String after, int max) {
        // Bounded above, as the ids of the next namespace follow.
        Query owners = query(where("namespace_id")
                        .is(namespace)
                        .and("_id")
                        .gt(namespace + "/" + (after == null ? "" : after))
                        .lt(namespace + "0")
                        .and("kind")
                        .in(Kind.OBJECT, Kind.FILE)
                        .and("blobs.storage_key")
                        .exists(true))
                .with(Sort.by("_id"))
                .limit(max);
        owners.fields().include("object_id", "blobs.storage_key");
        return mongo.find(owners, Document.class, ObjectEntity.COLLECTION).stream()
                .flatMap(row -> row.getList("blobs", Document.class).stream()
                        .map(blob -> blob.getString("storage_key"))
                        .filter(Objects::nonNull)
                        .map(key -> new BlobOwner.Named(row.getString("object_id"), new ObjectKey(key))))
                .toList();
    }

    @Override
    public List<ObjectRow> withGarbage(int max) {
        return rows(query(where("garbage").exists(true)).limit(max));
    }

    @Override
    public void clearGarbage(Collection<ObjectRow> rows) {
        Map<Query, Update> updates = new LinkedHashMap<>();
        for (ObjectRow row : rows) {
            Query unchanged = query(one(row.object().scope(), row.id())
                    .and("garbage")
                    .is(row.garbage().stream().map(ObjectKey::value).toList()));
            updates.put(unchanged, new Update().unset("garbage"));
        }
        if (!updates.isEmpty()) {
            writes.updateAll(ObjectEntity.class, updates);
        }
    }

    @Override
    public Optional<BucketObject> find(Scope scope, ObjectId id) {
        Query whole = query(these(scope, List.of(id)).and("kind").is(Kind.OBJECT));
        return mongo.find(whole, ObjectEntity.class).stream()
                .map(ObjectEntity::toObject)
                .findFirst();
    }

    @Override
    public Page<BucketObject> list(Scope scope, BucketId bucket, ListQuery query, Fields fields) {
        return pages.find(ObjectEntity.class, within(scope, bucket), query, fields)
                .map(ObjectEntity::toObject);
    }

    @Override
    public ObjectCounts count(Scope scope, BucketId bucket, ListQuery query, Fields fields) {
        Aggregation counting = newAggregation(
                match(pages.criteria(within(scope, bucket), query, fields)),
                group("status")
                        .count()
                        .as("objects")
                        .sum(ArrayOperators.arrayOf("blobs").length())
                        .as("blobs"));
        long objects = 0;
        long blobs = 0;
        Map<TaskStatus, Long> byStatus = new EnumMap<>(TaskStatus.class);
        for (Document row : rows(counting)) {
            objects += number(row, "objects");
            blobs += number(row, "blobs");
            byStatus.put(TaskStatus.valueOf(row.getString("_id")), number(row, "objects"));
        }
        return new ObjectCounts(objects, blobs, byStatus);
    }

    @Override
    public List<ObjectRow> some(Scope scope, BucketId bucket, int max) {
        return rows(query(in(scope).and("bucketId").in(ObjectEntity.partitions(bucket, Kind.values())))
                .limit(max));
    }

    @Override
    public void purgeEnded(Instant now) {
        mongo.remove(query(where("purgeAt").lte(now).and("garbage").exists(false)), ObjectEntity.class);
    }

    @Override
    public void removeAll(Scope scope, Collection<ObjectId> ids) {
        if (!ids.isEmpty()) {
            mongo.remove(query(these(scope, ids)), ObjectEntity.class);
        }
    }

    @Override
    public BucketUsage usage(Scope scope, BucketId bucket, Instant computedAt) {
        Aggregation counting = newAggregation(
                match(within(scope, bucket)),
                group("bucket_id")
                        .count()
                        .as("objects")
                        .sum("size_bytes")
                        .as("total")
                        .max("size_bytes")
                        .as("largest")
                        .min("size_bytes")
                        .as("smallest")
                        .max("created_at")
                        .as("newest"));
        return rows(counting).stream()
                .findFirst()
                .map(row -> new BucketUsage(
                        number(row, "objects"),
                        number(row, "total"),
                        number(row, "largest"),
                        number(row, "smallest"),
                        row.getDate("newest").toInstant(),
                        computedAt))
                .orElse(new BucketUsage(0, 0, 0, 0, null, computedAt));
    }

    /** Covered by the index for lists by age. */
    @Override
    public long storedBytes(Collection<NamespaceId> namespaces) {
        Aggregation counting = newAggregation(
                match(where("namespace_id")
                        .in(namespaces.stream().map(NamespaceId::value).toList())),
                group("bucket_id").sum("size_bytes").as("total"));
        return rows(counting).stream()
                .filter(row -> !ObjectEntity.isOfEnded(row.getString("_id")))
                .mapToLong(row -> number(row, "total"))
                .sum();
    }

    @Override
    public List<Buckets.BucketRef> changedSince(Instant from) {
        Aggregation changes = newAggregation(
                match(where("written_at").gte(from)), group("namespace_id", "organization_id", "bucket_id"));
        return rows(changes).stream()
                .map(row -> bucketRef(row.get("_id", Document.class)))
                .distinct()
                .toList();
    }

    private List<ObjectRow> rows(Query query) {
        return mongo.find(query, ObjectEntity.class).stream()
                .map(ObjectEntity::toRow)
                .toList();
    }

    private List<Document> rows(Aggregation aggregation) {
        return mongo.aggregate(aggregation, ObjectEntity.COLLECTION, Document.class)
                .getMappedResults();
    }

    private static Criteria within(Scope scope, BucketId bucket) {
        return where("namespace_id")
                .is(scope.namespace().value())
                .and("bucket_id")
                .is(bucket.value());
    }

    private static Criteria in(Scope scope) {
        return where("namespace_id").is(scope.namespace().value());
    }

    private static Criteria one(Scope scope, ObjectId id) {
        return in(scope).and("_id").is(scope.key(id.value()));
    }

    private static Criteria these(Scope scope, Collection<ObjectId> ids) {
        return in(scope)
                .and("_id")
                .in(ids.stream().map(id -> scope.key(id.value())).toList());
    }

    private static Buckets.BucketRef bucketRef(Document row) {
        return new Buckets.BucketRef(
                new Scope(
                        new OrganizationId(row.getString("organization_id")),
                        new NamespaceId(row.getString("namespace_id"))),
                ObjectEntity.bucketOf(row.getString("bucket_id")));
    }

    private static long number(Document row, String field) {
        return row.get(field, Number.class).longValue();
    }
}
